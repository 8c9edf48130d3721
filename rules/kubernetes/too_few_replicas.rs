//! `too-few-replicas`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a workload that runs fewer than two pods.
    ///
    /// ## Why
    /// With one pod, every rollout, every drain of its node and every fault is an outage. Zero is taken for switched off.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///             ^ Deployment `web` runs 1 pod
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ---
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    /// ^^^^ StatefulSet `db` runs 1 pod
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec:
    ///       containers:
    ///       - {name: db, image: "example.com/db:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {replicas: 2}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: off}
    /// spec: {replicas: 0}
    /// ```
    /// Something in the same file may scale it:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {paused: false}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///   maxReplicas: 4
    /// ```
    pub RULE {
        name: "too-few-replicas",
        aliases: &[
            "kube-linter:minimum-three-replicas",
            "kube-score:deployment-replicas",
            "polaris:deploymentMissingReplicas",
            "kyverno:deployment-has-multiple-replicas",
            "kyverno:restrict-scale",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::int("minimum", 2, "How few pods pass.")],
        checks: &[Check::Object(&["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let built_in = ["", "apps", "extensions", "apps.openshift.io"].contains(&object.group());
    let set_elsewhere = sink.transforms().is_some_and(|transforms| transforms.replicas.contains(object.name_text()));
    let Some(spec) = object.node.get("spec").filter(|_| built_in && !set_elsewhere) else { return };
    let minimum = sink.number("minimum");
    let replicas = spec.get("replicas").filter(|replicas| !replicas.is_null());
    let count = match replicas {
        None => 1,
        Some(value) => value.as_i64().unwrap_or_default(),
    };
    if count == 0 || count >= minimum || is_scaled(object, sink) {
        return;
    }
    let pods = if count == 1 { "1 pod".to_owned() } else { format!("{count} pods") };
    let message = format!("{} runs {pods}, which is fewer than {minimum}", object.title());
    let finding = match replicas {
        Some(value) => sink.report_value(value, message),
        None => sink.report(place::missing_in(spec), message),
    };
    finding.caption("too few").help("run two or more, or let an autoscaler decide");
}

/// Whether an autoscaler of the same file scales the object.
fn is_scaled(object: Object<'_>, sink: &Sink<'_>) -> bool {
    sink.objects.iter().filter(|other| matches!(other.kind, "HorizontalPodAutoscaler" | "ScaledObject")).any(|scaler| {
        let target = scaler.node.get("spec").and_then(|spec| spec.get("scaleTargetRef"));
        target.and_then(|target| target.get("name")).and_then(Node::text) == Some(object.name_text())
    })
}
