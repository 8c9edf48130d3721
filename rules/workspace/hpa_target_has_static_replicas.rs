//! `hpa-target-has-static-replicas`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a workload that sets `replicas` although an autoscaler does.
    ///
    /// ## Why
    /// Every time the manifest is applied the workload falls back to that number, in the middle of the load that the
    /// autoscaler had answered. Leave `replicas` out.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///             ^ Deployment `web` sets 3 replicas, although HorizontalPodAutoscaler `web` scales it
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec:
    ///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
    ///                                                                 --- scaled here
    ///   maxReplicas: 5
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ```
    /// Another folder is another set:
    /// ```yaml good file=a/web.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml with=b/hpa.yaml
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ```
    pub RULE {
        name: "hpa-target-has-static-replicas",
        aliases: &["kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some((replicas, span)) = object.relations.replicas else { continue };
        let Some((at, hpa, scaler)) = workspace.autoscaler_of(object).filter(|(at, ..)| at.is_beside(file)) else {
            continue;
        };
        let message = format!("{} sets {replicas} replicas, although {} scales it", object.title(), hpa.title());
        sink.report_in(file.id, span, message)
            .caption("resets the scale at every apply")
            .label_in(at.id, scaler.span, "scaled here")
            .help("leave `replicas` out");
    }
}
