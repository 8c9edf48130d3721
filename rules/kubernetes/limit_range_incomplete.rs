//! `limit-range-incomplete`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a LimitRange none of whose limits says everything: `type`, `max`, `min`, `default` and `defaultRequest`.
    ///
    /// ## Why
    /// What it does not say stays open: a container without requests gets none, one without limits has none.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: limits}
    /// spec:
    ///   limits:
    ///   ^^^^^^ LimitRange `limits` leaves something open: none of its limits says everything
    ///   - type: Container
    ///     default: {memory: 64Mi}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: LimitRange
    /// metadata: {name: limits}
    /// spec:
    ///   limits:
    ///   - type: Container
    ///     max: {memory: 1Gi}
    ///     min: {memory: 1Mi}
    ///     default: {memory: 64Mi}
    ///     defaultRequest: {memory: 64Mi}
    /// ```
    /// ```yaml good
    /// apiVersion: example.com/v1
    /// kind: LimitRange
    /// metadata: {name: limits}
    /// spec: {limits: [{type: Container}]}
    /// ```
    pub RULE {
        name: "limit-range-incomplete",
        aliases: &[
            "trivy:KSV-0039",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["LimitRange"], check)],
    }
}

fn check(range: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = range.node.get("spec").filter(|_| range.api_version == "v1") else { return };
    let parts = ["type", "max", "min", "default", "defaultRequest"];
    let limits = spec.entry("limits");
    let complete = |limit: Node<'_>| parts.iter().all(|part| limit.get(part).is_some_and(|value| !value.is_null()));
    if limits.is_some_and(|entry| entry.value.items().any(complete)) {
        return;
    }
    let message = format!("{} leaves something open: none of its limits says everything", range.title());
    sink.report(limits.map_or_else(|| place::missing_in(spec), |entry| entry.key_span()), message)
        .caption("not complete")
        .help("give `max`, `min`, `default` and `defaultRequest`");
}
