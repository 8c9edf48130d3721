//! `dangling-horizontalpodautoscaler`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a HorizontalPodAutoscaler whose target does not exist.
    ///
    /// ## Why
    /// It scales nothing, and says so only in its status. The target may live elsewhere: the whole repository must be
    /// known.
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
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: deployment, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "dangling-horizontalpodautoscaler",
        aliases: &[
            "kube-linter:dangling-horizontalpodautoscaler", "kube-score:horizontalpodautoscaler-has-target",
            "kubescape:C-0300",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects().filter(|(_, object)| object.kind == "HorizontalPodAutoscaler") {
        let Some(scaler) = &object.relations.autoscaler else { continue };
        let mut targets = workspace.objects().map(|(_, target)| target);
        if !targets.any(|target| target.name == scaler.name && target.kind.eq_ignore_ascii_case(&scaler.kind)) {
            let target = format!("{} `{}`", scaler.kind, scaler.name);
            let message = format!("{} scales {target}, which is nowhere in the repository", object.title());
            sink.report_in(file.id, scaler.span, message)
                .caption("no such workload")
                .help("correct the name, or add the workload");
        }
    }
}
