//! `pod-exec-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may run commands in running pods, or attach to them.
    ///
    /// ## Why
    /// Whoever holds the role works with the rights and the data of every pod in reach.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/exec]
    ///               ^^^^^^^^^ ClusterRole `operator` allows `create` on `pods/exec`
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/log]
    ///   verbs: [get]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "pod-exec-access",
        aliases: &[
            "trivy:KSV-0053", "trivy:KSV-0054", "checkov:CKV2_K8S_2", "polaris:clusterrolePodExecAttach",
            "polaris:rolePodExecAttach", "polaris:clusterrolebindingPodExecAttach",
            "polaris:rolebindingClusterRolePodExecAttach", "polaris:rolebindingRolePodExecAttach",
            "kubescape:C-0002", "kubescape:C-0063",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power =
    Power { groups: &[""], resources: &["pods/exec", "pods/attach", "pods/portforward"], verbs: &["create", "get"] };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can act as any running pod", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("grant it for the time of an incident, or not at all");
    }
}
