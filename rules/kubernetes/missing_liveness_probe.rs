//! `missing-liveness-probe`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Role, Shape};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container without a liveness probe.
    ///
    /// ## Why
    /// A process that hangs stays as it is until somebody notices; with the probe the kubelet restarts it. A wrong probe
    /// restarts processes that are only busy, so that many do well without.
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
    ///               ^^^ container `web` has no liveness probe
    ///         image: example.com/web:1.4
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
    ///         livenessProbe: {httpGet: {port: 80}}
    /// ```
    /// What runs to its end needs none:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           restartPolicy: Never
    ///           initContainers:
    ///           - {name: wait, image: "example.com/wait:1.4"}
    ///           containers:
    ///           - {name: report, image: "example.com/report:1.4"}
    /// ```
    pub RULE {
        name: "missing-liveness-probe",
        aliases: &[
            "kube-linter:no-liveness-probe",
            "checkov:CKV_K8S_8",
            "kube-score:pod-probes",
            "polaris:livenessProbeMissing",
            "kubescape:C-0056",
            "kyverno:require-pod-probes",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let runs_to_end = matches!(container.pod.object.kind, "Job" | "CronJob") || container.pod.shape != Shape::Pod;
    let missing = container.node.get("livenessProbe").is_none_or(Node::is_null);
    if container.role == Role::App && missing && !runs_to_end {
        sink.report(container.span(), format!("{} has no liveness probe", container.title()))
            .caption("no liveness probe")
            .help("add a `livenessProbe`, if a restart would help the process out of a fault");
    }
}
