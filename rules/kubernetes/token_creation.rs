//! `token-creation`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may make tokens for service accounts.
    ///
    /// ## Why
    /// A token of a service account holds all its rights: who makes tokens can act as every service account in reach.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts/token]
    ///               ^^^^^^^^^^^^^^^^^^^^^ ClusterRole `operator` allows `create` on `serviceaccounts/token`
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts]
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts/token]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "token-creation",
        aliases: &[
            "kubescape:C-0282",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power { groups: &[""], resources: &["serviceaccounts/token"], verbs: &["create"] };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER).filter(|grant| !grant.rule.is_narrowed()) {
        sink.report_value(grant.resource, format!("{}: it can act as any service account in reach", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("name the accounts with `resourceNames`");
    }
}
