//! `read-write-once-volume`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a claim that several pods of one node may write to.
    ///
    /// ## Why
    /// `ReadWriteOnce` means one node, not one pod: two pods there may write to the volume at once. `ReadWriteOncePod`
    /// holds it to one.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    ///   accessModes:
    ///   - ReadWriteOnce
    ///     ^^^^^^^^^^^^^ PersistentVolumeClaim `data` may be written to by several pods of a node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    ///   accessModes: [ReadWriteOncePod]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    ///   accessModes: [ReadOnlyMany]
    /// ```
    pub RULE {
        name: "read-write-once-volume",
        aliases: &[
            "kyverno:readwriteonce-pod",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["PersistentVolumeClaim"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let modes = object.node.get("spec").and_then(|spec| spec.get("accessModes"));
    let mut modes = modes.into_iter().flat_map(Node::items);
    if let Some(mode) = modes.find(|mode| matches!(mode.text(), Some("ReadWriteOnce" | "ReadWriteMany"))) {
        let whose = if mode.text() == Some("ReadWriteOnce") { "several pods of a node" } else { "several pods" };
        sink.report_value(mode, format!("{} may be written to by {whose}", object.title()))
            .caption("not one pod")
            .help("use `ReadWriteOncePod`, where the storage can");
    }
}
