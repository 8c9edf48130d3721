//! `duplicate-vpa-target`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags two VerticalPodAutoscalers that size the same workload.
    ///
    /// ## Why
    /// Each sets requests without knowing of the other: pods are evicted over and over.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: a}
    /// spec:
    ///   targetRef: {kind: Deployment, name: web}
    /// ---
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: b}
    /// spec:
    ///   targetRef: {kind: Deployment, name: web}
    ///                                       ^^^ VerticalPodAutoscaler `b` sizes Deployment `web`, which VerticalPodAutoscaler `a` sizes already
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: a}
    /// spec:
    ///   targetRef: {kind: Deployment, name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: a}
    /// spec:
    ///   targetRef: {kind: Deployment, name: web}
    /// ---
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: b}
    /// spec:
    ///   targetRef: {kind: Deployment, name: api}
    /// ```
    pub RULE {
        name: "duplicate-vpa-target",
        aliases: &[
            "kyverno:prevent-duplicate-vpa",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let scalers: Vec<_> = (workspace.objects())
        .filter_map(|(file, object)| Some((file, object, object.relations.autoscaler.as_ref()?)))
        .filter(|(_, _, scaler)| !scaler.horizontal)
        .collect();
    for (index, (file, object, scaler)) in scalers.iter().enumerate() {
        let mut before = scalers[..index].iter().filter(|(at, other, own)| {
            at.is_beside(file)
                && other.namespace == object.namespace
                && (&own.kind, &own.name) == (&scaler.kind, &scaler.name)
        });
        if let Some((at, other, own)) = before.next() {
            let target = format!("{} `{}`", scaler.kind, scaler.name);
            let message = format!("{} sizes {target}, which {} sizes already", object.title(), other.title());
            sink.report_in(file.id, scaler.span, message)
                .caption("sized twice")
                .label_in(at.id, own.span, "sized here too")
                .help("keep one of them");
        }
    }
}
