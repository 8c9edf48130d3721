//! `expensive-exec-probe`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a probe that runs a command known to be expensive.
    ///
    /// ## Why
    /// The probe runs every few seconds in every pod: a Java diagnostic tool costs more than the work that it watches.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     livenessProbe:
    ///       exec: {command: [jcmd, '1', VM.uptime]}
    ///                        ^^^^ the liveness probe of container `web` runs `jcmd`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     livenessProbe: {exec: {command: [cat, /tmp/healthy]}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     livenessProbe: {httpGet: {path: /ps, port: 80}}
    /// ```
    pub RULE {
        name: "expensive-exec-probe",
        aliases: &[
            "kyverno:deny-commands-in-exec-probe",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("commands", &["jcmd", "jstack", "jmap", "ps", "ls"], "Programs that probes are not to run.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for (key, what) in [("livenessProbe", "liveness"), ("readinessProbe", "readiness"), ("startupProbe", "startup")] {
        let command = container.probe(key).and_then(|probe| probe.get("exec")?.get("command"));
        for word in command.into_iter().flat_map(Node::items) {
            let program = word.text().map(|text| text.rsplit('/').next().unwrap_or(text).to_owned());
            let Some(program) = program.filter(|program| sink.list("commands").contains(&program.as_str())) else {
                continue;
            };
            sink.report_value(
                word,
                format!("the {what} probe of {} runs `{program}`, every few seconds", container.title()),
            )
            .caption("every few seconds")
            .help("ask the program over HTTP, or look at a file that it keeps");
            break;
        }
    }
}
