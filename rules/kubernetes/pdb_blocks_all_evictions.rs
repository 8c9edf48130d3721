//! `pdb-blocks-all-evictions`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PodDisruptionBudget that allows no pod to be evicted.
    ///
    /// ## Why
    /// A node with such a pod cannot be drained: upgrades of the cluster stop there until somebody deletes the pod or
    /// the budget by hand.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 0
    ///                   ^ PodDisruptionBudget `web` allows no eviction
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 0%
    ///                   ^^ PodDisruptionBudget `web` allows no eviction
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 10%
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 0
    ///   selector: {matchLabels: {app: web}}
    /// ```
    pub RULE {
        name: "pdb-blocks-all-evictions",
        aliases: &[
            "kube-linter:pdb-max-unavailable", "polaris:pdbDisruptionsIsZero", "kyverno:pdb-maxunavailable",
            "kyverno:pdb-maxunavailable-with-deployments", "kyverno:require-reasonable-pdbs",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PodDisruptionBudget"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.group() == "policy") else { return };
    let Some(node) = spec.get("maxUnavailable") else { return };
    let percent = node.as_str().and_then(|text| text.strip_suffix('%')).and_then(|number| number.parse::<u32>().ok());
    if node.as_i64() == Some(0) || percent == Some(0) {
        sink.report_value(node, format!("{} allows no eviction: no node with its pods can be drained", object.title()))
            .caption("no node can be drained")
            .help("allow one pod at least: `maxUnavailable: 1`");
    }
}
