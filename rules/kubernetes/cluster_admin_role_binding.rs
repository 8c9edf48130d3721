//! `cluster-admin-role-binding`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::Binding;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a binding that gives a workload or a broad group the role `cluster-admin`.
    ///
    /// ## Why
    /// `cluster-admin` may do everything. Whoever takes over one pod that runs under such a service account owns the
    /// cluster; with a RoleBinding, the namespace. A role that lists what the workload needs keeps the damage small.
    ///
    /// By default only service accounts and groups such as `system:authenticated` are reported: a named person who
    /// administers the cluster is what the role is for.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: operator}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    ///                                                                         ^^^^^^^^^^^^^ ClusterRoleBinding `operator` gives service account `operator` the role `cluster-admin`
    /// subjects:
    /// - {kind: ServiceAccount, name: operator, namespace: tools}
    ///                                -------- who gets it
    /// ```
    /// A named group is reported when the rule is asked for:
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: admins}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    ///                                                                         ^^^^^^^^^^^^^ ClusterRoleBinding `admins` gives group `platform-team` the role
    /// subjects: [{kind: Group, name: platform-team}]
    /// ```
    /// ```yaml good default
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: admins}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
    /// subjects: [{kind: Group, name: platform-team}]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRoleBinding
    /// metadata: {name: operator}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
    /// subjects: [{kind: ServiceAccount, name: operator, namespace: tools}]
    /// ```
    /// A Role of that name is a role of its namespace, with the rules it has:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: RoleBinding
    /// metadata: {name: operator, namespace: tools}
    /// roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: cluster-admin}
    /// subjects: [{kind: ServiceAccount, name: operator}]
    /// ```
    pub RULE {
        name: "cluster-admin-role-binding",
        aliases: &[
            "kube-linter:cluster-admin-role-binding", "trivy:KSV-0111", "polaris:clusterrolebindingClusterAdmin",
            "polaris:rolebindingClusterAdminClusterRole", "polaris:rolebindingClusterAdminRole", "kubescape:C-0035",
            "kubescape:C-0185", "kubescape:C-0272", "kyverno:restrict-binding-clusteradmin",
            "kyverno:block-cluster-admin-from-ns",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("roles", &["cluster-admin"], "ClusterRoles that are not to be given.")],
        checks: &[Check::Object(&["ClusterRoleBinding", "RoleBinding"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(binding) = Binding::new(object) else { return };
    if binding.role_kind != "ClusterRole" || !sink.list("roles").contains(&binding.role_name()) {
        return;
    }
    let broad = binding.subjects().find(|subject| subject.kind == "ServiceAccount" || subject.is_everyone());
    let Some(subject) = broad.or_else(|| binding.subjects().next()) else { return };
    let whom = match subject.kind {
        "ServiceAccount" => "service account",
        "Group" => "group",
        _ => "user",
    };
    let reach = if binding.is_cluster_wide() { "the cluster" } else { "its namespace" };
    let message = format!(
        "{} gives {whom} `{}` the role `{}`: it may do everything in {reach}",
        object.title(),
        subject.text,
        binding.role_name()
    );
    let finding = sink.report_value(binding.role, message);
    finding
        .caption(format!("everything in {reach}"))
        .label(subject.name.span(), "who gets it")
        .help("bind a role that lists what is needed");
    if broad.is_none() {
        finding.pedantic();
    }
    match binding.is_cluster_wide() {
        true => {
            finding.not_aliases(&["polaris:rolebindingClusterAdminClusterRole", "polaris:rolebindingClusterAdminRole"])
        }
        false => finding
            .severity(Severity::Medium)
            .not_aliases(&["kube-linter:cluster-admin-role-binding", "polaris:clusterrolebindingClusterAdmin"]),
    };
}
