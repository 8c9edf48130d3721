//! `priority-class-not-allowed`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod of a priority class that is not allowed here.
    ///
    /// ## Why
    /// A high priority pushes other pods off their nodes. Which classes are allowed is the option `allow`; with
    /// `required` every pod must name one.
    ///
    /// ```yaml bad option.allow=["normal"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: urgent
    ///                      ^^^^^^ Pod `web` has the priority class `urgent`, which is not allowed
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml bad option.required=true
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` names no priority class
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good option.allow=["normal"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: normal
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "priority-class-not-allowed",
        aliases: &[
            "kube-linter:priority-class-name", "polaris:priorityClassNotSet",
            "kyverno:require-pod-priorityclassname", "kyverno:allowed-podpriorities",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &[], "Priority classes that pods may have."), OptionSpec::bool("required", false, "Whether every pod must name one.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let class = pod.node.get("priorityClassName").and_then(|node| Some((node, node.text().filter(|text| !text.is_empty())?)));
    let allowed = sink.list("allow");
    match class {
        Some((node, text)) if !allowed.is_empty() && !allowed.contains(&text) => {
            let message = format!("{} has the priority class `{text}`, which is not allowed", pod.title());
            sink.report_value(node, message).caption("not allowed").help("use a class that is allowed");
        }
        None if sink.switch("required") => {
            sink.report(pod.span(), format!("{} names no priority class", pod.title()))
                .caption("no `priorityClassName`")
                .help("set `priorityClassName`");
        }
        _ => {}
    }
}
