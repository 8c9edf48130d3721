//! `missing-anti-affinity`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{LabelSelector, PodSpec};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags several replicas that may all run on one node.
    ///
    /// ## Why
    /// When the node goes, all of them go. A preferred rule is enough, and so is a topology spread constraint.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///             ^ the 3 replicas of Deployment `web` may all run on one node
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
    ///       affinity:
    ///         podAntiAffinity:
    ///           preferredDuringSchedulingIgnoredDuringExecution:
    ///           - weight: 1
    ///             podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-anti-affinity",
        aliases: &[
            "kube-linter:no-anti-affinity", "kube-score:deployment-has-host-podantiaffinity",
            "kube-score:statefulset-has-host-podantiaffinity",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("min-replicas", 2, "From how many replicas on they are to be kept apart.")],
        checks: &[Check::PodSpec(check)],
    }
}

const KEYS: [&str; 5] = [
    "kubernetes.io/hostname",
    "topology.kubernetes.io/zone",
    "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone",
    "failure-domain.beta.kubernetes.io/region",
];

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let kinds = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController", "DeploymentConfig"];
    let replicas = pod.object.node.get("spec").and_then(|spec| spec.get("replicas"));
    let Some((node, count)) = replicas.and_then(|node| Some((node, node.as_i64()?))) else { return };
    let spread = pod.node.get("topologySpreadConstraints").is_some_and(|list| !list.is_empty());
    if !kinds.contains(&pod.object.kind) || count < sink.number("min-replicas") || spread || keeps_apart(pod) {
        return;
    }
    sink.report_value(node, format!("the {count} replicas of {} may all run on one node", pod.object.title()))
        .caption("may share a node")
        .help("add a `podAntiAffinity` or a `topologySpreadConstraints` for the pod's own labels");
}

/// Whether a term of the anti-affinity keeps the pod from its like. A selector that cannot be read is taken to.
fn keeps_apart(pod: PodSpec<'_>) -> bool {
    let Some(rules) = pod.node.get("affinity").and_then(|affinity| affinity.get("podAntiAffinity")) else {
        return false;
    };
    let list = |key: &str| rules.get(key).into_iter().flat_map(Node::items);
    let preferred =
        list("preferredDuringSchedulingIgnoredDuringExecution").filter_map(|term| term.get("podAffinityTerm"));
    let mut terms = list("requiredDuringSchedulingIgnoredDuringExecution").chain(preferred);
    let labels = pod.labels();
    terms.any(|term| {
        let key = term.get("topologyKey").and_then(Node::text).is_some_and(|key| KEYS.contains(&key));
        let selector = term.get("labelSelector").and_then(LabelSelector::parse);
        key && selector.is_none_or(|selector| labels.as_ref().is_none_or(|labels| selector.matches(labels)))
    })
}
