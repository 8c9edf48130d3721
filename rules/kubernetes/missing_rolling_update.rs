//! `missing-rolling-update`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a workload that is not updated pod by pod.
    ///
    /// ## Why
    /// `Recreate` stops every pod before the first new one starts; `OnDelete` waits for somebody to delete them. A
    /// single replica with a volume of its own needs `Recreate`, and is not reported.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   strategy:
    ///     type: Recreate
    ///           ^^^^^^^^ Deployment `web` is not updated pod by pod: its strategy is Recreate
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///   strategy: {type: Recreate}
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-rolling-update",
        aliases: &[
            "kube-linter:no-rolling-update-strategy", "kube-score:deployment-strategy", "kubescape:C-0305",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let kinds = ["Deployment", "DaemonSet", "StatefulSet", "DeploymentConfig"];
    let Some(spec) = pod.object.node.get("spec").filter(|_| kinds.contains(&pod.object.kind)) else { return };
    let strategy = spec.get("strategy").or_else(|| spec.get("updateStrategy"));
    let Some(kind) = strategy.and_then(|strategy| strategy.get("type")) else { return };
    let Some(text) = kind.text().filter(|text| !["RollingUpdate", "Rolling", ""].contains(text)) else { return };
    let single = spec.get("replicas").is_none_or(|replicas| replicas.as_i64().is_some_and(|count| count <= 1));
    let volume = pod.volumes().any(|volume| volume.get("persistentVolumeClaim").is_some());
    if !(text == "Recreate" && single && volume) {
        let message = format!("{} is not updated pod by pod: its strategy is {text}", pod.object.title());
        sink.report_value(kind, message).caption("not pod by pod").help("use the strategy `RollingUpdate`");
    }
}
