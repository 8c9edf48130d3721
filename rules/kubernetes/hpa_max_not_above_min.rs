//! `hpa-max-not-above-min`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a HorizontalPodAutoscaler whose maximum is below its minimum, or equal to it.
    ///
    /// ## Why
    /// The API refuses a maximum below the minimum. Where both are equal nothing is ever scaled; that is reported when
    /// the rule is asked for. Without `minReplicas` the minimum is 1.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   minReplicas: 10
    ///                -- the minimum
    ///   maxReplicas: 3
    ///                ^ HorizontalPodAutoscaler `web` has a maximum of 3 replicas below its minimum of 10
    /// ```
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   maxReplicas: 1
    ///                ^ HorizontalPodAutoscaler `web` never scales: its minimum and maximum are both 1
    /// ```
    /// ```yaml good default
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 3, maxReplicas: 3}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {minReplicas: 2, maxReplicas: 3}
    /// ```
    pub RULE {
        name: "hpa-max-not-above-min",
        aliases: &["polaris:hpaMaxAvailability"],
        severity: Severity::High, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["HorizontalPodAutoscaler"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.group() == "autoscaling") else { return };
    let Some((node, max)) = spec.get("maxReplicas").and_then(|node| Some((node, node.as_i64()?))) else { return };
    let low = spec.get("minReplicas").filter(|low| !low.is_null());
    let min = match low.map(Node::as_i64) {
        None => 1,
        Some(Some(min)) => min,
        Some(None) => return,
    };
    if max > min {
        return;
    }
    let title = object.title();
    let message = match max < min {
        true => format!("{title} has a maximum of {max} replicas below its minimum of {min}, which the API refuses"),
        false => format!("{title} never scales: its minimum and maximum are both {max}"),
    };
    let finding = sink.report_value(node, message);
    finding
        .caption(if max < min { "below the minimum" } else { "equal to the minimum" })
        .help("raise `maxReplicas` above `minReplicas`");
    if let Some(low) = low {
        finding.label(low.span(), "the minimum");
    }
    if max == min {
        finding.severity(Severity::Low).pedantic();
    }
}
