//! `pdb-protects-unhealthy-pods`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, Version, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PodDisruptionBudget that keeps broken pods from being evicted.
    ///
    /// ## Why
    /// Unless `unhealthyPodEvictionPolicy` is `AlwaysAllow`, pods that crash over and over count as unavailable: the
    /// budget is used up, and their node cannot be drained. The field is there since Kubernetes 1.27.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ PodDisruptionBudget `web` keeps broken pods from being evicted
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
    /// ```yaml good version=1.26
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    pub RULE {
        name: "pdb-protects-unhealthy-pods",
        aliases: &[
            "kube-linter:pdb-unhealthy-pod-eviction-policy",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["PodDisruptionBudget"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|spec| object.group() == "policy" && spec.is_mapping()) else {
        return;
    };
    let policy = spec.get("unhealthyPodEvictionPolicy").filter(|policy| !policy.is_null());
    if sink.version() >= Version::minor(27) && policy.is_none() {
        sink.report(place::missing_in(spec), format!("{} keeps broken pods from being evicted", object.title()))
            .caption("no `unhealthyPodEvictionPolicy`")
            .help("set `unhealthyPodEvictionPolicy: AlwaysAllow`");
    }
}
