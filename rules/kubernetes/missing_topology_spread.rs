//! `missing-topology-spread`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags several replicas without a topology spread constraint.
    ///
    /// ## Why
    /// The scheduler spreads pods only as far as it is convenient. A constraint over hosts and zones makes sure.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///             ^ nothing spreads the 3 replicas of Deployment `web` over nodes or zones
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
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       topologySpreadConstraints: [{topologyKey: kubernetes.io/hostname, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}]
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-topology-spread",
        aliases: &[
            "polaris:topologySpreadConstraint", "kyverno:topologyspreadconstraints-policy",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("min-replicas", 3, "From how many replicas on they are to be spread.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let replicas = pod.object.node.get("spec").and_then(|spec| spec.get("replicas"));
    let Some((node, count)) = replicas.and_then(|node| Some((node, node.as_i64()?))) else { return };
    let spread = pod.node.get("topologySpreadConstraints").is_some_and(|list| !list.is_empty());
    if ["Deployment", "StatefulSet"].contains(&pod.object.kind) && count >= sink.number("min-replicas") && !spread {
        let message = format!("nothing spreads the {count} replicas of {} over nodes or zones", pod.object.title());
        sink.report_value(node, message)
            .caption("no `topologySpreadConstraints`")
            .help("add `topologySpreadConstraints` over `kubernetes.io/hostname` and `topology.kubernetes.io/zone`");
    }
}
