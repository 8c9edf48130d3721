//! `pdb-min-available-too-high`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{Amount, Workspace};

crate::rule! {
    /// Flags a PodDisruptionBudget that wants as many pods available as there are.
    ///
    /// ## Why
    /// No pod may ever be evicted: no node with one of them can be drained, and upgrades of the cluster stop there.
    /// Where an autoscaler sets the replicas, its minimum counts.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 2
    ///                 ^ PodDisruptionBudget `web` wants 2 pods available, and Deployment `web` has 2: none may be evicted
    ///   selector: {matchLabels: {app: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  --- has 2 replicas
    /// spec:
    ///   replicas: 2
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml bad
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: all}
    /// spec:
    ///   minAvailable: 100%
    ///                 ^^^^ PodDisruptionBudget `all` wants every pod available: none may be evicted
    ///   selector: {matchLabels: {app: web}}
    /// ```
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec:
    ///   minAvailable: 50%
    ///   selector: {matchLabels: {app: web}}
    /// ---
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
    /// There are as many pods of a DaemonSet as there are nodes:
    /// ```yaml good
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: agent}
    /// spec:
    ///   minAvailable: 1
    ///   selector: {matchLabels: {app: agent}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec: {containers: [{name: agent, image: "example.com/agent:1.4"}]}
    /// ```
    pub RULE {
        name: "pdb-min-available-too-high",
        aliases: &[
            "kube-linter:pdb-min-available", "polaris:pdbDisruptionsIsZero", "kyverno:pdb-minavailable-check",
            "kyverno:deployment-replicas-higher-than-pdb", "kyverno:require-replicas-allow-disruption",
            "kyverno:require-reasonable-pdbs",
        ],
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
        let help = "allow one pod to be away: `maxUnavailable: 1`";
        if matches!(amount, Amount::Percent(100..)) {
            let message = format!("{} wants every pod available: none may be evicted", object.title());
            sink.report_in(file.id, span, message).caption("every pod").help(help);
            continue;
        }
        let Some(scale) = workspace.protected(file, object) else { continue };
        // Where the minimum of an autoscaler is below it, the sibling of this rule says so.
        if amount.of(scale.replicas) < scale.replicas
            || scale.scaler.is_some() && amount.of(scale.replicas) > scale.replicas
        {
            continue;
        }
        let message = format!(
            "{} wants {} pods available, and {} has {}: none may be evicted",
            object.title(),
            amount.of(scale.replicas),
            scale.workload.title(),
            scale.replicas
        );
        sink.report_in(file.id, span, message)
            .caption("as many as there are")
            .label_in(scale.file.id, scale.workload.span, format!("has {} replicas", scale.replicas))
            .help(help);
    }
}
