//! `services-status-write`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may change the status of Services.
    ///
    /// ## Why
    /// The address of a load balancer stands in the status. Who may write it can draw the traffic of the cluster to
    /// that address (CVE-2020-8554).
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/status]
    ///               ^^^^^^^^^^^^^^^ ClusterRole `operator` allows `patch` on `services/status`
    ///   verbs: [patch]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/status]
    ///   verbs: [get]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/status]
    ///   verbs: [patch]
    /// ```
    pub RULE {
        name: "services-status-write",
        aliases: &[
            "checkov:CKV2_K8S_4",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power { groups: &[""], resources: &["services/status"], verbs: &["update", "patch"] };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can intercept traffic", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("leave it to the controller of the load balancer");
    }
}
