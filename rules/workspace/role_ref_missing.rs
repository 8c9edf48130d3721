//! `role-ref-missing`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BoundFacts, Workspace};

crate::rule! {
    /// Flags a binding to a role or service account that does not exist.
    ///
    /// ## Why
    /// The binding is accepted and grants nothing. Whoever can create the missing name later gets what is bound to it.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: web}
    ///                                                                  ^^^ RoleBinding `web` names Role `web`, which is nowhere in the repository
    /// subjects:
    /// - {kind: ServiceAccount, name: web, namespace: shop}
    ///                                ^^^ RoleBinding `web` names ServiceAccount `web`, which is nowhere in the repository
    /// - {kind: User, name: ada, apiGroup: rbac.authorization.k8s.io}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: web, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
    /// subjects: [{kind: ServiceAccount, name: web, namespace: tools}]
    /// ---
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: reader}
    /// rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web, namespace: tools}
    /// ```
    /// Some are in every cluster:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: web}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:auth-delegator"}
    /// subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
    /// ```
    pub RULE {
        name: "role-ref-missing",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        for bound in object.relations.bound.iter().filter(|bound| !is_built_in(bound)) {
            let namespace = bound.namespace.as_deref().filter(|_| bound.kind != "ClusterRole");
            if file.facts.incomplete || workspace.may_have(namespace, &bound.kind, &bound.name) {
                continue;
            }
            let message =
                format!("{} names {} `{}`, which is nowhere in the repository", object.title(), bound.kind, bound.name);
            sink.report_in(file.id, bound.span, message)
                .caption(format!("no such {}", bound.kind))
                .help("correct the name or the namespace, or add the object");
        }
    }
}

/// Whether every cluster has it.
fn is_built_in(bound: &BoundFacts) -> bool {
    match bound.kind.as_str() {
        "ServiceAccount" => bound.name == "default" || bound.namespace.as_deref() == Some("kube-system"),
        _ => {
            let name = bound.name.as_str();
            let known = ["cluster-admin", "admin", "edit", "view", "extension-apiserver-authentication-reader"];
            name.starts_with("system:") || known.contains(&name)
        }
    }
}
