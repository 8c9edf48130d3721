//! `duplicate-hpa-target`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags two HorizontalPodAutoscalers that scale the same workload.
    ///
    /// ## Why
    /// Each sets the replicas without knowing of the other: the workload goes up and down for ever. One autoscaler can
    /// have several metrics.
    ///
    /// By default both must stand in one file; two in one folder are reported when the rule is asked for, since they may
    /// be alternatives.
    ///
    /// ```yaml bad default
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web-cpu}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///                                                                 --- scaled here too
    ///   maxReplicas: 5
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web-memory}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///                                                                 ^^^ HorizontalPodAutoscaler `web-memory` scales Deployment `web`, which HorizontalPodAutoscaler `web-cpu` scales already
    ///   maxReplicas: 5
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: api}
    /// spec: {scaleTargetRef: {kind: Deployment, name: api}, maxReplicas: 5}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: a}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: b}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ```
    pub RULE {
        name: "duplicate-hpa-target",
        aliases: &["kyverno:prevent-duplicate-hpa"],
        severity: Severity::High, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let scalers: Vec<_> = (workspace.objects())
        .filter_map(|(file, object)| Some((file, object, object.relations.autoscaler.as_ref()?)))
        .filter(|(_, _, scaler)| scaler.horizontal)
        .collect();
    for (index, (file, object, scaler)) in scalers.iter().enumerate() {
        let same = |(_, other, target): &&(_, &crate::workspace::ObjectFacts, &crate::workspace::AutoscalerFacts)| {
            other.namespace == object.namespace
                && target.kind.eq_ignore_ascii_case(&scaler.kind)
                && target.name == scaler.name
                && other.name != object.name
        };
        let Some((at, other, target)) = scalers[..index].iter().filter(same).find(|(at, ..)| at.is_beside(file)) else {
            continue;
        };
        let message = format!(
            "{} scales {} `{}`, which {} scales already",
            object.title(),
            scaler.kind,
            scaler.name,
            other.title()
        );
        let finding = sink.report_in(file.id, scaler.span, message);
        finding
            .caption("scaled twice")
            .label_in(at.id, target.span, "scaled here too")
            .help("keep one autoscaler, with the metrics of both");
        if at.id != file.id {
            finding.pedantic();
        }
    }
}
