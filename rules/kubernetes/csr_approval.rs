//! `csr-approval`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may approve certificate signing requests.
    ///
    /// ## Why
    /// Who approves a certificate chooses its name: `system:masters` is as good as any other, and such a certificate
    /// cannot be withdrawn.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [certificates.k8s.io]
    ///   resources: [certificatesigningrequests/approval]
    ///               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ClusterRole `operator` allows `update` on `certificatesigningrequests/approval`
    ///   verbs: [update]
    /// ```
    /// To ask for a certificate is harmless:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [certificates.k8s.io]
    ///   resources: [certificatesigningrequests]
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [certificates.k8s.io]
    ///   resources: [certificatesigningrequests/approval]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "csr-approval",
        aliases: &[
            "checkov:CKV_K8S_156", "kubescape:C-0280", "kyverno:restrict-clusterrole-csr",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &["certificates.k8s.io"],
    resources: &["certificatesigningrequests/approval"],
    verbs: &["update", "patch"],
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can issue certificates in any name", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("leave approval to the controllers of the cluster");
    }
}
