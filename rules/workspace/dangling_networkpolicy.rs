//! `dangling-networkpolicy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a NetworkPolicy that selects no pod.
    ///
    /// ## Why
    /// The pods that it was to protect are open to all. They may live elsewhere: the whole repository must be known.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   ^^^^^^^^^^^ NetworkPolicy `web` selects no pod of the repository
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
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
    /// An empty selector selects every pod, those to come too:
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {}
    /// ```
    pub RULE {
        name: "dangling-networkpolicy",
        aliases: &[
            "kube-linter:dangling-networkpolicy", "kube-score:networkpolicy-targets-pod", "kubescape:C-0299",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some((selector, span)) = &object.relations.pod_selector else { continue };
        let near = workspace.objects().filter(|(_, owner)| {
            owner.namespace.is_none() || object.namespace.is_none() || owner.namespace == object.namespace
        });
        let mut labels = near.flat_map(|(_, owner)| owner.pods.iter().map(|pod| pod.labels.as_ref()));
        let matches = labels.any(|labels| labels.is_none_or(|labels| selector.matches(labels)));
        if !matches && !selector.requirements.is_empty() {
            sink.report_in(file.id, *span, format!("{} selects no pod of the repository", object.title()))
                .caption("no pod has these labels")
                .help("correct the selector, or add the workload");
        }
    }
}
