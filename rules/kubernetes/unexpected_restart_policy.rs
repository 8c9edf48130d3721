//! `unexpected-restart-policy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that is not restarted when it fails.
    ///
    /// ## Why
    /// With `Never` a pod that has failed stays failed. Jobs start new pods instead, and are not reported.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   restartPolicy: Never
    ///                  ^^^^^ Pod `web` is not restarted when it fails
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
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template: {spec: {restartPolicy: Never, containers: [{name: sweep, image: 'example.com/sweep:1.4'}]}}
    /// ```
    pub RULE {
        name: "unexpected-restart-policy",
        aliases: &[
            "kube-linter:restart-policy",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let built_in = ["", "apps"].contains(&pod.object.group());
    if let Some(policy) = pod.node.get("restartPolicy").filter(|policy| built_in && policy.text() == Some("Never")) {
        sink.report_value(policy, format!("{} is not restarted when it fails", pod.title()))
            .caption("stays failed")
            .help("use `Always` or `OnFailure`");
    }
}
