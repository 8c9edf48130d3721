//! `broad-delete-access`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may delete workloads, Secrets, Services or events.
    ///
    /// ## Why
    /// Whoever holds the role can take the service down or wipe the traces of a break-in. Controllers need such rights;
    /// people and jobs seldom do.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods]
    ///               ^^^^ ClusterRole `operator` allows `delete` on `pods`
    ///   verbs: [delete]
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
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [configmaps]
    ///   verbs: [delete]
    /// ```
    pub RULE {
        name: "broad-delete-access",
        aliases: &[
            "kubescape:C-0007", "kubescape:C-0031", "trivy:KSV-0042",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

const POWER: Power = Power {
    groups: &["", "apps", "batch", "events.k8s.io"],
    resources: &[
        "pods",
        "deployments",
        "statefulsets",
        "daemonsets",
        "replicasets",
        "jobs",
        "cronjobs",
        "secrets",
        "services",
        "events",
        "pods/log",
    ],
    verbs: &["delete", "deletecollection"],
};

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can remove what others run", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("name the objects with `resourceNames`, or leave the verb out");
    }
}
