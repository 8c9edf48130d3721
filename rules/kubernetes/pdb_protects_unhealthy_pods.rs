//! `pdb-protects-unhealthy-pods`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, Version, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PodDisruptionBudget that keeps unhealthy pods from being evicted.
    ///
    /// ## Why
    /// Unless `unhealthyPodEvictionPolicy` is `AlwaysAllow`, a pod that crashes again and again blocks the drain of its node:
    /// evicting it would leave too few healthy ones.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ PodDisruptionBudget `web` keeps unhealthy pods from being evicted
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   unhealthyPodEvictionPolicy: AlwaysAllow
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// Whoever wrote the other value meant it, and versions before 1.27 do not have the field:
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   unhealthyPodEvictionPolicy: IfHealthyBudget
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good version=1.26
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1}
    /// ```
    pub RULE {
        name: "pdb-protects-unhealthy-pods",
        aliases: &[
            "kube-linter:pdb-unhealthy-pod-eviction-policy",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PodDisruptionBudget"], check)],
    }
}

fn check(budget: Object<'_>, sink: &mut Sink<'_>) {
    let served = budget.api_version == "policy/v1" && sink.version() >= Version::minor(27);
    let Some(spec) = budget.node.get("spec").filter(|_| served) else { return };
    if spec.get("unhealthyPodEvictionPolicy").is_none_or(|policy| policy.is_null()) {
        sink.report(place::missing_in(spec), format!("{} keeps unhealthy pods from being evicted", budget.title()))
            .caption("`unhealthyPodEvictionPolicy` is missing")
            .help("set `unhealthyPodEvictionPolicy: AlwaysAllow`");
    }
}
