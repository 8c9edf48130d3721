//! `configmap-write-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may change ConfigMaps.
    ///
    /// ## Why
    /// ConfigMaps steer what runs: `coredns` answers every name, `aws-auth` says who is an administrator. Name the
    /// ConfigMaps that are meant.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///               ^^^^^^^^^^ ClusterRole `operator` allows `update` on `configmaps`
    ///   verbs: [update]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   verbs: [watch]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [secrets]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "configmap-write-access",
        aliases: &[
            "trivy:KSV-0049", "trivy:KSV-0115", "kubescape:C-0037", "kyverno:limit-configmap-for-sa",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power { groups: &[""], resources: &["configmaps"], verbs: rbac::WRITE };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        let steering = grant.rule.find("resourceNames", &["aws-auth", "coredns"]).is_some();
        if grant.rule.is_narrowed() && !steering {
            continue;
        }
        sink.report_value(grant.resource, format!("{}: it can change what steers other workloads", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("name the ConfigMaps with `resourceNames`");
    }
}
