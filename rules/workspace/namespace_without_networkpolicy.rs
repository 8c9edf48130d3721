//! `namespace-without-networkpolicy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags a Namespace in which no NetworkPolicy stands.
    ///
    /// ## Why
    /// Every pod of the cluster may connect to every pod there. Policies may live with the cluster: the whole
    /// repository must be known.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    ///                  ^^^^ no NetworkPolicy stands in Namespace `shop`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    /// ```
    /// A policy that names no namespace may be meant for this one:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: shop}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    /// ```
    pub RULE {
        name: "namespace-without-networkpolicy",
        aliases: &[
            "kubescape:C-0049", "kubescape:C-0054", "kubescape:C-0206",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let policies: Vec<_> =
        workspace.objects().map(|(_, object)| object).filter(|object| object.kind.ends_with("NetworkPolicy")).collect();
    for (file, object) in workspace.objects() {
        let covers =
            |policy: &&&ObjectFacts| policy.namespace.as_ref().is_none_or(|namespace| *namespace == object.name);
        let system = object.name.starts_with("kube-") || object.name == "default";
        if object.kind == "Namespace"
            && object.api_version == "v1"
            && !system
            && !policies.iter().any(|policy| covers(&policy))
        {
            sink.report_in(file.id, object.span, format!("no NetworkPolicy stands in {}", object.title()))
                .caption("open to all")
                .help("add a NetworkPolicy that denies by default");
        }
    }
}
