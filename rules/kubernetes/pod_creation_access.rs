//! `pod-creation-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may create pods or workloads.
    ///
    /// ## Why
    /// Who creates a pod chooses its service account, its Secrets and its node: the right to create pods is the right
    /// to use everything in the namespace.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [apps]
    ///   resources: [deployments]
    ///               ^^^^^^^^^^^ ClusterRole `operator` allows `create` on `deployments`
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [apps]
    ///   resources: [deployments]
    ///   verbs: [get]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods/eviction]
    ///   verbs: [create]
    /// ```
    pub RULE {
        name: "pod-creation-access",
        aliases: &[
            "kube-linter:access-to-create-pods", "trivy:KSV-0048", "kubescape:C-0188", "kubescape:C-0267",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &["", "apps", "batch", "extensions"],
    resources: &[
        "pods",
        "deployments",
        "statefulsets",
        "daemonsets",
        "replicasets",
        "replicationcontrollers",
        "jobs",
        "cronjobs",
    ],
    verbs: &["create"],
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(
            grant.resource,
            format!("{}: it can use every service account and Secret of the namespace", grant.title()),
        )
        .caption("granted here")
        .label(grant.verb.span(), "with this verb")
        .help("grant it in one namespace, to the controller that needs it");
    }
}
