//! `missing-storage-class`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a claim that does not say what kind of storage it wants.
    ///
    /// ## Why
    /// It gets the default of the cluster, which differs from cluster to cluster; where there is none it stays pending.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    /// ^^^^ PersistentVolumeClaim `data` names no storage class
    ///   accessModes: [ReadWriteOnce]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    ///   storageClassName: fast
    /// ```
    /// The empty name asks for a volume that was made by hand:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    ///   storageClassName: ''
    /// ```
    pub RULE {
        name: "missing-storage-class",
        aliases: &[
            "kyverno:require-storageclass",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["PersistentVolumeClaim", "StatefulSet"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec") else { return };
    if object.kind == "PersistentVolumeClaim" {
        report(spec, &object.title(), sink);
    }
    for claim in spec.get("volumeClaimTemplates").into_iter().flat_map(Node::items) {
        if let Some(spec) = claim.get("spec") {
            report(spec, &format!("a volume claim template of {}", object.title()), sink);
        }
    }
}

fn report(spec: Node<'_>, title: &str, sink: &mut Sink<'_>) {
    if spec.is_mapping() && spec.get("storageClassName").is_none() && spec.get("volumeName").is_none() {
        sink.report(place::missing_in(spec), format!("{title} names no storage class"))
            .caption("no `storageClassName`")
            .help("set `storageClassName`");
    }
}
