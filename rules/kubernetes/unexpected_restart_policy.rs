//! `unexpected-restart-policy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that is not started again when it ends: `restartPolicy: Never`, outside of Jobs.
    ///
    /// ## Why
    /// A process that ends, for whatever reason, stays down.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///                  ^^^^^ Pod `web` is not started again when it ends
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: once}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - {name: once, image: "example.com/once:1.4"}
    /// ```
    pub RULE {
        name: "unexpected-restart-policy",
        aliases: &[
            "kube-linter:restart-policy",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let built_in = ["", "apps", "extensions"].contains(&pod.object.group());
    let value = pod.node.get("restartPolicy").filter(|value| value.text() == Some("Never"));
    if let Some(value) = value.filter(|_| built_in) {
        sink.report_value(value, format!("{} is not started again when it ends", pod.title()))
            .caption("stays down")
            .help("drop the key, or use a Job for what runs to its end");
    }
}
