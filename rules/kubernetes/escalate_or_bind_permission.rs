//! `escalate-or-bind-permission`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Grant, Power, RoleRule};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may give itself, or anyone, rights that it does not have.
    ///
    /// ## Why
    /// Kubernetes lets nobody hand out rights he does not hold. The verbs `escalate` and `bind` lift that: whoever holds
    /// them on roles can make himself administrator. With `resourceNames`, `bind` is held to the roles named.
    ///
    /// By default the rule reports `escalate`, `bind` and `*` on roles and ClusterRoles. When it is asked for, it also
    /// reports who may write roles and bindings, which is safe as long as those verbs are missing.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: installer}
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles, roles]
    ///   verbs: [get, escalate]
    ///                ^^^^^^^^ ClusterRole `installer` allows `escalate` on `clusterroles`: it can give itself any right
    /// ```
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: installer}
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [rolebindings]
    ///   verbs: [create]
    ///           ^^^^^^ ClusterRole `installer` allows `create` on `rolebindings`: it decides who may do what
    /// ```
    /// ```yaml good default
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: installer}
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles]
    ///   resourceNames: [view]
    ///   verbs: [bind]
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [rolebindings]
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: auditor}
    /// rules:
    /// - apiGroups: [rbac.authorization.k8s.io]
    ///   resources: [clusterroles, roles, rolebindings]
    ///   verbs: [get, list, watch]
    /// ```
    pub RULE {
        name: "escalate-or-bind-permission",
        aliases: &[
            "trivy:KSV-0050", "trivy:KSV-0051", "trivy:KSV-0052", "trivy:KSV-0055", "checkov:CKV_K8S_157",
            "checkov:CKV_K8S_158", "checkov:CKV2_K8S_1", "kubescape:C-0191", "kyverno:restrict-escalation-verbs-roles",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const TAKEOVER: Power =
    Power { groups: &[rbac::GROUP], resources: &["clusterroles", "roles"], verbs: &["escalate", "bind"] };
const WRITING: Power = Power {
    groups: &[rbac::GROUP],
    resources: &["clusterroles", "roles", "clusterrolebindings", "rolebindings"],
    verbs: &["create", "update", "patch", "bind", "escalate"],
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for rule in rbac::role_rules(object) {
        if let Some(grant) = rule.grants(&TAKEOVER) {
            report(rule, grant, "it can give itself any right", sink);
        } else if let Some(grant) = rule.grants(&WRITING) {
            report(rule, grant, "it decides who may do what", sink);
        }
    }
}

fn report(rule: RoleRule<'_>, grant: Grant<'_>, so: &str, sink: &mut Sink<'_>) {
    let certain = so.ends_with("right") && !rule.is_narrowed();
    let finding = sink.report_value(grant.verb, format!("{}: {so}", grant.title()));
    finding
        .caption(so.to_owned())
        .label(grant.resource.span(), "on these")
        .help("drop the verb, or name with `resourceNames` the roles that it may bind");
    if !certain {
        finding.pedantic().severity(Severity::Medium);
    }
}
