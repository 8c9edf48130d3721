//! `dangling-horizontalpodautoscaler`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags an autoscaler whose target does not exist.
    ///
    /// ## Why
    /// It scales nothing, and says so only in its own status. The target must be in the autoscaler's namespace.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    ///                                                 ^^^ HorizontalPodAutoscaler `web` scales Deployment `web`, which is nowhere in the repository
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: shop}
    /// spec: {scaleTargetRef: {kind: ReplicationController, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: v1
    /// kind: ReplicationController
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: "${NAME}"}, maxReplicas: 5}
    /// ```
    pub RULE {
        name: "dangling-horizontalpodautoscaler",
        aliases: &[
            "kube-linter:dangling-horizontalpodautoscaler", "kube-score:horizontalpodautoscaler-has-target",
            "kubescape:C-0300",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some(scaler) = object.relations.autoscaler.as_ref().filter(|scaler| scaler.horizontal) else { continue };
        if file.facts.incomplete || workspace.may_have(object.namespace.as_deref(), &scaler.kind, &scaler.name) {
            continue;
        }
        let message =
            format!("{} scales {} `{}`, which is nowhere in the repository", object.title(), scaler.kind, scaler.name);
        sink.report_in(file.id, scaler.span, message)
            .caption(format!("no such {}", scaler.kind))
            .help("correct the name or the namespace, or add the workload");
    }
}
