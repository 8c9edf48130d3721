//! `missing-rolling-update`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a workload that stops all its pods before it starts new ones, or none until somebody does.
    ///
    /// ## Why
    /// With `Recreate` every rollout is an outage; with `OnDelete` nothing is rolled out until a pod is deleted by hand.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   strategy: {type: Recreate}
    ///                    ^^^^^^^^ Deployment `web` is rolled out by `Recreate`
    /// ---
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   updateStrategy: {type: OnDelete}
    ///                          ^^^^^^^^ DaemonSet `agent` is rolled out by `OnDelete`
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 3}
    /// ```
    /// A single pod with a volume of its own cannot do otherwise:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: db}
    /// spec:
    ///   strategy: {type: Recreate}
    ///   template:
    ///     spec:
    ///       containers:
    ///       - {name: db, image: "example.com/db:1.4"}
    ///       volumes:
    ///       - {name: data, persistentVolumeClaim: {claimName: data}}
    /// ```
    pub RULE {
        name: "missing-rolling-update",
        aliases: &[
            "kube-linter:no-rolling-update-strategy",
            "kube-score:deployment-strategy",
            "kubescape:C-0305",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Deployment", "DaemonSet", "StatefulSet", "DeploymentConfig"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec") else { return };
    let strategy = spec.get("strategy").or_else(|| spec.get("updateStrategy"));
    let Some(value) = strategy.and_then(|strategy| strategy.get("type")) else { return };
    let Some(kind) = value.text().filter(|kind| matches!(*kind, "Recreate" | "OnDelete" | "Custom")) else { return };
    let single = spec.get("replicas").is_none_or(|replicas| matches!(replicas.as_i64(), Some(0 | 1)));
    let claims =
        object.pod_specs().iter().any(|pod| pod.volumes().any(|volume| volume.get("persistentVolumeClaim").is_some()));
    if kind == "Recreate" && single && claims {
        return;
    }
    sink.report_value(value, format!("{} is rolled out by `{kind}`", object.title()))
        .caption("not pod by pod")
        .help("use `RollingUpdate`, unless two versions must never run side by side");
}
