//! `binding-to-system-group`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::Binding;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a binding that gives a role to everyone who can reach the API, or to `system:masters`.
    ///
    /// ## Why
    /// `system:anonymous` and `system:unauthenticated` are whoever connects, without any credential. `system:masters`
    /// passes every check of the API whatever is bound to it, and cannot be withdrawn. `system:authenticated` is
    /// everyone who can log in, on some clouds everyone with an account there; it is reported when the rule is asked
    /// for.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: open}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects:
    /// - kind: User
    ///   name: system:anonymous
    ///         ^^^^^^^^^^^^^^^^ ClusterRoleBinding `open` gives the role `view` to everyone, without any credential
    /// ```
    /// What anyone may know of the API, Kubernetes itself binds so:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: info}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "system:public-info-viewer"}
    /// subjects:
    /// - {kind: Group, name: "system:unauthenticated"}
    /// ```
    /// ```yaml good default
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: crd-readers}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: crd-reader}
    /// subjects:
    /// - {kind: Group, name: "system:authenticated"}
    /// ```
    pub RULE {
        name: "binding-to-system-group",
        aliases: &[
            "trivy:KSV-0122", "trivy:KSV-0123", "trivy:KSV-01011", "kubescape:C-0262", "kubescape:C-0265",
            "kyverno:restrict-binding-system-groups", "kyverno:disallow-self-provisioner-binding",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["cluster-admin-role-binding"],
        checks: &[Check::Object(&["ClusterRoleBinding", "RoleBinding"], check)],
    }
}

/// Roles that are made for everyone: what the API is, and how to join it.
const FOR_EVERYONE: [&str; 5] = [
    "system:public-info-viewer",
    "system:discovery",
    "system:basic-user",
    "system:service-account-issuer-discovery",
    "kubeadm:bootstrap-signer-clusterinfo",
];

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(binding) = Binding::new(object) else { return };
    if FOR_EVERYONE.contains(&binding.role_name()) {
        return;
    }
    for subject in binding.subjects().filter(|subject| subject.kind != "ServiceAccount") {
        let whom = match subject.text {
            "system:anonymous" | "system:unauthenticated" => "to everyone, without any credential",
            "system:masters" => "to `system:masters`, which every check of the API lets pass",
            "system:authenticated" => "to everyone who can log in to the cluster",
            _ => continue,
        };
        let message = format!("{} gives the role `{}` {whom}", object.title(), binding.role_name());
        let finding = sink.report_value(subject.name, message);
        finding.caption(whom).help("name the users or service accounts that need the role");
        if subject.text == "system:authenticated" {
            finding.pedantic().severity(Severity::Medium);
        }
    }
}
