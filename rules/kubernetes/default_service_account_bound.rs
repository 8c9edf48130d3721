//! `default-service-account-bound`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::Binding;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a binding that gives a role to the service account `default`.
    ///
    /// ## Why
    /// Every pod that names no service account runs under `default`: with the binding, each pod of the namespace has
    /// the rights that one of them needs, those of next year too. Make a service account for the workload.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: readers, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
    /// subjects:
    /// - kind: ServiceAccount
    ///   name: default
    ///         ^^^^^^^ RoleBinding `readers` gives the role `reader` to the service account `default`
    ///   namespace: shop
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: readers, namespace: shop}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
    /// subjects:
    /// - {kind: ServiceAccount, name: shop, namespace: shop}
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: readers, namespace: default}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: default}
    /// subjects:
    /// - {kind: Group, name: default}
    /// ```
    pub RULE {
        name: "default-service-account-bound",
        aliases: &["checkov:CKV_K8S_42"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["ClusterRoleBinding", "RoleBinding"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(binding) = Binding::new(object) else { return };
    let subjects = binding.subjects().filter(|subject| subject.kind == "ServiceAccount" && subject.text == "default");
    for subject in subjects {
        let message = format!(
            "{} gives the role `{}` to the service account `default`: every pod that names no account gets it",
            object.title(),
            binding.role_name()
        );
        sink.report_value(subject.name, message)
            .caption("every pod that names no account")
            .help("make a service account for the workload, and bind the role to that");
    }
}
