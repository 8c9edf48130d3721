//! `too-few-replicas`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a workload with a single replica.
    ///
    /// ## Why
    /// While its one pod moves to another node nobody answers. No replicas at all are taken for a switch.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///             ^ Deployment `web` has 1 replica, below 2
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
    ///   replicas: 2
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
    ///   replicas: 0
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// Where it is not written something else may set it, such as an autoscaler:
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
    /// ```
    pub RULE {
        name: "too-few-replicas",
        aliases: &[
            "kube-linter:minimum-three-replicas", "kube-score:deployment-replicas",
            "polaris:deploymentMissingReplicas", "kyverno:deployment-has-multiple-replicas",
            "kyverno:restrict-scale",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("min-replicas", 2, "The least number of replicas.")],
        checks: &[Check::Object(&["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let replicas = object.node.get("spec").and_then(|spec| spec.get("replicas"));
    let Some((node, count)) = replicas.and_then(|node| Some((node, node.as_i64()?))) else { return };
    let wanted = sink.number("min-replicas");
    let set = sink.transforms().is_some_and(|transforms| transforms.replicas.contains(object.name_text()));
    if count > 0 && count < wanted && !set {
        let word = if count == 1 { "replica" } else { "replicas" };
        sink.report_value(node, format!("{} has {count} {word}, below {wanted}", object.title()))
            .caption(format!("below {wanted}"))
            .help(format!("set `replicas: {wanted}`"));
    }
}
