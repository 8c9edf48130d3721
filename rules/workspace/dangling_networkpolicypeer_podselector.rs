//! `dangling-networkpolicypeer-podselector`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a peer of a network policy that is no pod of the policy's namespace.
    ///
    /// ## Why
    /// A `podSelector` without `namespaceSelector` looks in the policy's own namespace only. Where it selects nothing, the
    /// traffic that it was to allow is blocked.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: db}
    /// spec:
    ///   podSelector: {}
    ///   ingress:
    ///   - from:
    ///     - podSelector: {matchLabels: {app: web}}
    ///       ^^^^^^^^^^^ a peer of NetworkPolicy `db` selects no pod of the repository
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: db}
    /// spec:
    ///   podSelector: {}
    ///   ingress:
    ///   - from:
    ///     - podSelector: {matchLabels: {app: web}}
    ///       namespaceSelector: {matchLabels: {team: shop}}
    ///     - podSelector: {}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: db}
    /// spec:
    ///   podSelector: {}
    ///   egress: [{to: [{podSelector: {matchLabels: {app: web}}}]}]
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    pub RULE {
        name: "dangling-networkpolicypeer-podselector",
        aliases: &["kube-linter:dangling-networkpolicypeer-podselector"],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        for (selector, span) in &object.relations.peer_selectors {
            if file.facts.incomplete
                || selector.requirements.is_empty()
                || workspace.may_select(object.namespace.as_deref(), selector)
            {
                continue;
            }
            sink.report_in(file.id, *span, format!("a peer of {} selects no pod of the repository", object.title()))
                .caption("selects nothing")
                .help("correct the labels; for pods of other namespaces add a `namespaceSelector`");
        }
    }
}
