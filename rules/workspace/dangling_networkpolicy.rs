//! `dangling-networkpolicy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a network policy that selects no pod.
    ///
    /// ## Why
    /// The pods that it was written for stay open to everyone. An empty selector means every pod of the namespace and is
    /// never reported.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    ///   ^^^^^^^^^^^ NetworkPolicy `web` selects no pod of the repository
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api, labels: {app: api}}
    /// spec: {containers: [{name: api, image: "example.com/api:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: closed}
    /// spec: {podSelector: {}, policyTypes: [Ingress]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web, namespace: shop}
    /// spec: {podSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api, labels: {app: api}}
    /// spec: {containers: [{name: api, image: "example.com/api:1.4"}]}
    /// ```
    pub RULE {
        name: "dangling-networkpolicy",
        aliases: &["kube-linter:dangling-networkpolicy", "kube-score:networkpolicy-targets-pod", "kubescape:C-0299"],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some((selector, span)) = &object.relations.pod_selector else { continue };
        if file.facts.incomplete
            || selector.requirements.is_empty()
            || workspace.may_select(object.namespace.as_deref(), selector)
        {
            continue;
        }
        sink.report_in(file.id, *span, format!("{} selects no pod of the repository", object.title()))
            .caption("selects nothing")
            .help("correct the labels or the namespace, or add the workload");
    }
}
