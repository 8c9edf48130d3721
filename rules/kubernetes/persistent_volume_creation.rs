//! `persistent-volume-creation`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac::{self, Power};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may create PersistentVolumes.
    ///
    /// ## Why
    /// A PersistentVolume may be a folder of the node. Whoever creates one and claims it reads and writes the node's
    /// disk, past every limit on `hostPath`.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [persistentvolumes]
    ///               ^^^^^^^^^^^^^^^^^ ClusterRole `operator` allows `create` on `persistentvolumes`
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [persistentvolumeclaims]
    ///   verbs: [create]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [persistentvolumes]
    ///   verbs: [list]
    /// ```
    pub RULE {
        name: "persistent-volume-creation",
        aliases: &[
            "kubescape:C-0278",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["ClusterRole"], check)],
    }
}

const POWER: Power = Power { groups: &[""], resources: &["persistentvolumes"], verbs: &["create"] };

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for grant in rbac::grants(object, &POWER) {
        sink.report_value(grant.resource, format!("{}: it can mount folders of the node", grant.title()))
            .caption("granted here")
            .label(grant.verb.span(), "with this verb")
            .help("grant `persistentvolumeclaims` instead");
    }
}
