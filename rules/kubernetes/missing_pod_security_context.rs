//! `missing-pod-security-context`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod without a `securityContext`, or with an empty one.
    ///
    /// ## Why
    /// Nobody has said as whom the pod runs and what it may do. Other rules say what is missing; this one asks for the block.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` has no `securityContext`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Never
    ///       securityContext: {fsGroup: 1000}
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "missing-pod-security-context",
        aliases: &[
            "checkov:CKV_K8S_29",
            "trivy:KSV-0118",
            "kubescape:C-0211",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let context = pod.node.get("securityContext");
    if pod.shape == Shape::Pod
        && context.is_none_or(|context| context.is_null() || context.is_mapping() && context.is_empty())
    {
        sink.report(pod.missing_in("securityContext"), format!("{} has no `securityContext`", pod.title()))
            .caption("`securityContext` is missing")
            .help("set at least `runAsNonRoot: true` and `seccompProfile: {type: RuntimeDefault}`");
    }
}
