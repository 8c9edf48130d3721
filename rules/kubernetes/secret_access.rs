//! `secret-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that grants access to Secrets.
    ///
    /// ## Why
    /// Passwords and tokens lie in Secrets: who lists them in a namespace can act as every workload in it.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///               ^^^^^^^ ClusterRole `operator` allows `list` on `secrets`
    ///   verbs: [list]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   verbs: [list]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services]
    ///   verbs: [list]
    /// ```
    pub RULE {
        name: "secret-access",
        aliases: &[
            "kube-linter:access-to-secrets", "trivy:KSV-0041", "trivy:KSV-0113", "checkov:CKV2_K8S_5",
            "kubescape:C-0015", "kubescape:C-0186", "kyverno:restrict-secret-role-verbs",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &[""],
    resources: &["secrets"],
    verbs: &["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"],
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER).filter(|grant| !grant.rule.is_narrowed()) {
        sink.report_value(grant.resource, format!("{}: passwords and tokens lie there", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("name the Secrets with `resourceNames`, and grant `get` only");
    }
}
