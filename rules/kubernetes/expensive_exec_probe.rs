//! `expensive-exec-probe`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a probe that starts a heavy program each time.
    ///
    /// ## Why
    /// The kubelet starts it every few seconds in every pod. A `jcmd` or a `ps` costs more than the question is worth, and a
    /// slow one counts as a fault.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         livenessProbe:
    ///           exec:
    ///             command: [sh, -c, "jcmd 1 VM.version"]
    ///                               ^^^^^^^^^^^^^^^^^^^ the liveness probe of container `web` starts `jcmd` each time
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         livenessProbe: {exec: {command: [cat, /tmp/healthy]}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         command: [ps]
    ///         livenessProbe: {httpGet: {port: 80, path: /ps}}
    /// ```
    pub RULE {
        name: "expensive-exec-probe",
        aliases: &[
            "kyverno:deny-commands-in-exec-probe",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("programs", &["jcmd", "jps", "jstack", "ps", "ls"], "Programs that count as heavy.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let programs: Vec<String> = sink.list("programs").into_iter().map(str::to_owned).collect();
    let command = container.node.get("livenessProbe").and_then(|probe| probe.get("exec")?.get("command"));
    for word in command.into_iter().flat_map(Node::items) {
        let text = word.text().unwrap_or_default();
        let mut parts = text.split(|c: char| c.is_whitespace() || ";&|()".contains(c));
        let heavy = parts.find_map(|part| programs.iter().find(|program| part.rsplit('/').next() == Some(program)));
        if let Some(program) = heavy {
            let message = format!("the liveness probe of {} starts `{program}` each time", container.title());
            sink.report_value(word, message).caption("heavy").help("ask the program itself, over HTTP or a socket");
            return;
        }
    }
}
