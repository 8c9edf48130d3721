//! `pdb-min-available-above-hpa-min`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a PodDisruptionBudget that wants more pods available than an autoscaler may leave.
    ///
    /// ## Why
    /// When the load is low the autoscaler goes down to its minimum; then no pod may be evicted, and no node with one
    /// of them can be drained.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 3
    ///                 ^ PodDisruptionBudget `web` wants 3 pods available, and HorizontalPodAutoscaler `web` may leave 2
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    ///                  --- may leave 2
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 2, maxReplicas: 5}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// Without an autoscaler it is `pdb-min-available-too-high` that compares:
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 3
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    pub RULE {
        name: "pdb-min-available-above-hpa-min",
        aliases: &["polaris:pdbMinAvailableGreaterThanHPAMinReplicas"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some((amount, span)) = object.relations.budget.as_ref().and_then(|budget| budget.min_available) else {
            continue;
        };
        let Some(scale) = workspace.protected(file, object) else { continue };
        let Some((at, hpa)) = scale.scaler else { continue };
        let wanted = amount.of(scale.replicas);
        if wanted > scale.replicas {
            let message = format!(
                "{} wants {wanted} pods available, and {} may leave {}",
                object.title(),
                hpa.title(),
                scale.replicas
            );
            sink.report_in(file.id, span, message)
                .caption("more than the autoscaler's minimum")
                .label_in(at.id, hpa.span, format!("may leave {}", scale.replicas))
                .help("lower `minAvailable`, or raise `minReplicas` above it");
        }
    }
}
