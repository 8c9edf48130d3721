//! `missing-pdb`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a workload with several replicas and no PodDisruptionBudget.
    ///
    /// ## Why
    /// When nodes are drained all of its pods may be evicted at once.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///             ^ nothing keeps the 3 replicas of Deployment `web` from being evicted at once
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 3
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ---
    /// apiVersion: policy/v1
    /// kind: PodDisruptionBudget
    /// metadata: {name: web}
    /// spec: {maxUnavailable: 1, selector: {matchLabels: {app: web}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   replicas: 1
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-pdb",
        aliases: &[
            "kube-score:deployment-has-poddisruptionbudget",
            "kube-score:statefulset-has-poddisruptionbudget", "polaris:missingPodDisruptionBudget",
            "kyverno:require-pdb",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("min-replicas", 2, "From how many replicas on a budget is wanted.")],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let budgets: Vec<_> = workspace.objects().filter_map(|(_, object)| object.relations.budget.as_ref()).collect();
    for (file, object) in workspace.objects() {
        let Some((replicas, span)) = object.relations.replicas else { continue };
        if !["Deployment", "StatefulSet"].contains(&&*object.kind) || replicas < sink.number("min-replicas") {
            continue;
        }
        let mut labels = object.pods.iter().map(|pod| pod.labels.as_ref());
        let covered = labels
            .all(|labels| labels.is_none_or(|labels| budgets.iter().any(|budget| budget.selector.matches(labels))));
        if !covered {
            let message =
                format!("nothing keeps the {replicas} replicas of {} from being evicted at once", object.title());
            sink.report_in(file.id, span, message)
                .caption("no PodDisruptionBudget")
                .help("add a PodDisruptionBudget with `maxUnavailable: 1`");
        }
    }
}
