//! `hpa-too-few-replicas`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a HorizontalPodAutoscaler that may go down to a single pod.
    ///
    /// ## Why
    /// When the load is low one pod is left, and its node's end is the service's. Without `minReplicas` the minimum is
    /// 1.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   minReplicas: 1
    ///                ^ HorizontalPodAutoscaler `web` may leave 1 replica, below 2
    ///   maxReplicas: 5
    /// ```
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ HorizontalPodAutoscaler `web` may leave 1 replica, below 2
    ///   maxReplicas: 5
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   minReplicas: 2
    ///   maxReplicas: 5
    /// ```
    /// ```yaml good option.min-replicas=1
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   maxReplicas: 5
    /// ```
    pub RULE {
        name: "hpa-too-few-replicas",
        aliases: &[
            "kube-linter:hpa-minimum-three-replicas", "kube-score:horizontalpodautoscaler-replicas",
            "polaris:hpaMinAvailability",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("min-replicas", 2, "The least number that an autoscaler may leave.")],
        checks: &[Check::Object(&["HorizontalPodAutoscaler"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|spec| object.group() == "autoscaling" && spec.is_mapping()) else {
        return;
    };
    let wanted = sink.number("min-replicas");
    let value = spec.get("minReplicas").filter(|value| !value.is_null());
    let Some(min) = value.map_or(Some(1), Node::as_i64).filter(|min| *min < wanted) else { return };
    let word = if min == 1 { "replica" } else { "replicas" };
    let span = value.map_or_else(|| place::missing_in(spec), Node::span);
    sink.report(span, format!("{} may leave {min} {word}, below {wanted}", object.title()))
        .caption(format!("below {wanted}"))
        .help(format!("set `minReplicas: {wanted}`"));
}
