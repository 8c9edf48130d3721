//! `webhook-configuration-write`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may change admission webhooks.
    ///
    /// ## Why
    /// A webhook sees every object on its way into the cluster, Secrets too, and may change it. Whoever sets webhooks
    /// rules the cluster.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [admissionregistration.k8s.io]
    ///   resources: [mutatingwebhookconfigurations]
    ///               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ClusterRole `operator` allows `update` on `mutatingwebhookconfigurations`
    ///   verbs: [update]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [admissionregistration.k8s.io]
    ///   resources: [mutatingwebhookconfigurations]
    ///   verbs: [list]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [admissionregistration.k8s.io]
    ///   resources: [validatingadmissionpolicies]
    ///   verbs: [list]
    /// ```
    pub RULE {
        name: "webhook-configuration-write",
        aliases: &[
            "trivy:KSV-0114", "checkov:CKV_K8S_155", "kubescape:C-0281",
            "kyverno:restrict-clusterrole-mutating-validating-admission-webhooks",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &["admissionregistration.k8s.io"],
    resources: &["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    verbs: rbac::WRITE,
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER).filter(|grant| !grant.rule.is_narrowed()) {
        sink.report_value(
            grant.resource,
            format!("{}: it can read and change every object on its way in", grant.title()),
        )
        .caption("granted here")
        .label(grant.verb.span(), "with this verb")
        .help("name the configurations with `resourceNames`");
    }
}
