//! `missing-topology-spread`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a workload whose pods nothing spreads over nodes and zones.
    ///
    /// ## Why
    /// The scheduler spreads pods as it sees fit, and may put all of them on one node that is then drained.
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
    ///     ^^^^ the pod of Deployment `web` says nothing about how its pods are spread
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
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
    ///       topologySpreadConstraints:
    ///       - maxSkew: 1
    ///         topologyKey: kubernetes.io/hostname
    ///         whenUnsatisfiable: ScheduleAnyway
    ///         labelSelector: {matchLabels: {app: web}}
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// A DaemonSet is spread by its nature, a Job need not be:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec:
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    pub RULE {
        name: "missing-topology-spread",
        aliases: &[
            "polaris:topologySpreadConstraint",
            "kyverno:topologyspreadconstraints-policy",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let spread = pod.node.get("topologySpreadConstraints").is_some_and(|list| !list.is_null() && !list.is_empty());
    let affine = pod.node.get("affinity").and_then(|affinity| affinity.get("podAntiAffinity")).is_some();
    if matches!(pod.object.kind, "Deployment" | "StatefulSet") && pod.known && !spread && !affine {
        sink.report(pod.span(), format!("{} says nothing about how its pods are spread", pod.title()))
            .caption("not spread")
            .help("add `topologySpreadConstraints`");
    }
}
