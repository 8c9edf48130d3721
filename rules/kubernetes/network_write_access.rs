//! `network-write-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may change Services, endpoints, Ingresses or NetworkPolicies.
    ///
    /// ## Why
    /// Whoever holds the role can lead traffic to a place of his own, or lift the isolation of a namespace.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [networking.k8s.io]
    ///   resources: [ingresses]
    ///               ^^^^^^^^^ ClusterRole `operator` allows `update` on `ingresses`
    ///   verbs: [update]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [networking.k8s.io]
    ///   resources: [ingresses]
    ///   verbs: [watch]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [networking.k8s.io]
    ///   resources: [ingresses/status]
    ///   verbs: [update]
    /// ```
    pub RULE {
        name: "network-write-access",
        aliases: &[
            "trivy:KSV-0056", "kyverno:restrict-edit-for-endpoints",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &["", "networking.k8s.io", "discovery.k8s.io", "extensions"],
    resources: &["services", "endpoints", "endpointslices", "networkpolicies", "ingresses"],
    verbs: rbac::WRITE,
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can redirect traffic", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("grant what only reads: get, list, watch");
    }
}
