//! `hpa-too-few-replicas`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an autoscaler that may go down to one pod.
    ///
    /// ## Why
    /// With one pod, every drain of its node and every fault is an outage, and quiet hours are when nodes are drained.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   minReplicas: 1
    ///                ^ HorizontalPodAutoscaler `web` may go down to 1 pod
    ///   maxReplicas: 4
    /// ---
    /// apiVersion: autoscaling/v1
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: api}
    /// spec: {maxReplicas: 4}
    /// ^^^^ HorizontalPodAutoscaler `api` may go down to 1 pod
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 2, maxReplicas: 4}
    /// ```
    /// ```yaml good option.minimum=1
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {maxReplicas: 4}
    /// ```
    pub RULE {
        name: "hpa-too-few-replicas",
        aliases: &[
            "kube-linter:hpa-minimum-three-replicas",
            "kube-score:horizontalpodautoscaler-replicas",
            "polaris:hpaMinAvailability",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::int("minimum", 2, "How few pods pass.")],
        checks: &[Check::Object(&["HorizontalPodAutoscaler"], check)],
    }
}

fn check(scaler: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = scaler.node.get("spec").filter(|_| scaler.group() == "autoscaling") else { return };
    let value = spec.get("minReplicas").filter(|value| !value.is_null());
    let Some(count) = value.map_or(Some(1), Node::as_i64) else { return };
    if count >= sink.number("minimum") {
        return;
    }
    let message = format!("{} may go down to {count} pod", scaler.title());
    let finding = match value {
        Some(value) => sink.report_value(value, message),
        None => sink.report(place::missing_in(spec), message),
    };
    finding.caption("too few").help("set `minReplicas: 2` or more");
}
