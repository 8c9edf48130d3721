//! `priority-class-not-allowed`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a `priorityClassName` that is not among the configured ones.
    ///
    /// ## Why
    /// A pod of a higher class pushes others off their node. Which ones are fit is for the cluster to say, so that this rule
    /// does nothing until it is given a list; with `required` it asks for a class too.
    ///
    /// ```yaml bad option.allow=["batch"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: system-node-critical
    ///                      ^^^^^^^^^^^^^^^^^^^^ Pod `web` has the priority class `system-node-critical`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml bad option.required=true
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` has no priority class
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good option.allow=["batch"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: batch
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   priorityClassName: system-node-critical
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "priority-class-not-allowed",
        aliases: &[
            "kube-linter:priority-class-name",
            "polaris:priorityClassNotSet",
            "kyverno:require-pod-priorityclassname",
            "kyverno:allowed-podpriorities",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Priority classes that may be named; empty allows all."), OptionSpec::bool("required", false, "Whether a pod must name one.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let value = pod.node.get("priorityClassName").filter(|value| value.text().is_some_and(|text| !text.is_empty()));
    let Some(value) = value else {
        if sink.switch("required") && pod.shape == Shape::Pod {
            sink.report(pod.span(), format!("{} has no priority class", pod.title()))
                .caption("`priorityClassName` is missing")
                .help("name a priority class");
        }
        return;
    };
    let class = value.text().unwrap_or_default();
    let allowed = sink.list("allow");
    if !allowed.is_empty() && !allowed.contains(&class) && !is_placeholder(class) {
        let help = format!("use one of: {}", allowed.join(", "));
        let message = format!("{} has the priority class `{class}`, which is not allowed here", pod.title());
        sink.report_value(value, message).caption("not an allowed class").help(help);
    }
}
