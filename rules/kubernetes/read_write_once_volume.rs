//! `read-write-once-volume`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a volume claim that more than one pod may write to.
    ///
    /// ## Why
    /// `ReadWriteOnce` means one node, not one pod: two pods on a node may both write, which few databases survive.
    /// `ReadWriteOncePod` means one pod.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
    ///                      ^^^^^^^^^^^^^ PersistentVolumeClaim `data` is not for one pod alone: its access mode is `ReadWriteOnce`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1Gi}}}
    /// ```
    /// One that is shared on purpose, or only read, is no slip:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {accessModes: [ReadWriteMany, ReadOnlyMany], resources: {requests: {storage: 1Gi}}}
    /// ```
    pub RULE {
        name: "read-write-once-volume",
        aliases: &["kyverno:readwriteonce-pod"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PersistentVolumeClaim"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let modes = object.node.get("spec").and_then(|spec| spec.get("accessModes"));
    for mode in modes.into_iter().flat_map(Node::items).filter(|mode| mode.text() == Some("ReadWriteOnce")) {
        let message = format!("{} is not for one pod alone: its access mode is `ReadWriteOnce`", object.title());
        sink.report_value(mode, message).caption("one node, many pods").help("write `ReadWriteOncePod`");
    }
}
