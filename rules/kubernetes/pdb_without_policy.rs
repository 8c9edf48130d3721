//! `pdb-without-policy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PodDisruptionBudget that says neither or both of `minAvailable` and `maxUnavailable`.
    ///
    /// ## Why
    /// With neither it protects nothing: every pod may be evicted at once. With both the API refuses it.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ PodDisruptionBudget `web` protects nothing: it has neither `minAvailable` nor `maxUnavailable`
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 1
    ///   maxUnavailable: 1
    ///   ^^^^^^^^^^^^^^ PodDisruptionBudget `web` has both `minAvailable` and `maxUnavailable`
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   maxUnavailable: 25%
    ///   selector: {matchLabels: {app: web}}
    /// ```
    pub RULE {
        name: "pdb-without-policy",
        aliases: &["kube-score:poddisruptionbudget-has-policy"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PodDisruptionBudget"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|spec| object.group() == "policy" && spec.is_mapping()) else {
        return;
    };
    let entry = |key: &str| spec.entry(key).filter(|entry| !entry.value.is_null());
    let title = object.title();
    match (entry("minAvailable"), entry("maxUnavailable")) {
        (None, None) => {
            let message = format!("{title} protects nothing: it has neither `minAvailable` nor `maxUnavailable`");
            sink.report(place::missing_in(spec), message)
                .caption("protects nothing")
                .help("set `maxUnavailable: 1`, or what the workload can spare");
        }
        (Some(min), Some(max)) => {
            let message = format!("{title} has both `minAvailable` and `maxUnavailable`, which the API refuses");
            sink.report(max.key_span(), message)
                .caption("refused beside `minAvailable`")
                .label(min.key_span(), "the other one")
                .help("keep one of them");
        }
        _ => {}
    }
}
