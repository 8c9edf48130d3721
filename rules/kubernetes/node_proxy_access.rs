//! `node-proxy-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that allows requests to the kubelet through `nodes/proxy`.
    ///
    /// ## Why
    /// The kubelet's own interface runs commands in any pod of the node, and a websocket needs no more than `get`. None
    /// of it is seen by admission or written to the audit log. To read metrics, `nodes/metrics` and `nodes/stats` are
    /// enough.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/proxy]
    ///               ^^^^^^^^^^^ ClusterRole `operator` allows `get` on `nodes/proxy`
    ///   verbs: [get]
    /// ```
    /// Metrics need no proxy:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [nodes/metrics]
    ///   verbs: [get]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [services/proxy]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "node-proxy-access",
        aliases: &[
            "trivy:KSV-0047", "checkov:CKV2_K8S_2", "kubescape:C-0279",
            "kyverno:restrict-clusterrole-nodesproxy",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power { groups: &[""], resources: &["nodes/proxy", "*/proxy"], verbs: &["get", "create"] };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can run commands in every pod of every node", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("allow `nodes/metrics` or `nodes/stats` instead");
    }
}
