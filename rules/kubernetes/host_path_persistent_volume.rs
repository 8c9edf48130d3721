//! `host-path-persistent-volume`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a persistent volume that is a directory of a node outside of those set aside for it.
    ///
    /// ## Why
    /// Whoever claims the volume reads and writes that directory of the node, and a pod that is moved to another node finds another
    /// directory there. Set directories aside with `allowed`.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: logs}
    /// spec: {capacity: {storage: 1Gi}, hostPath: {path: /var/log}}
    ///                                                   ^^^^^^^^ PersistentVolume `logs` is the directory `/var/log` of a node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: logs}
    /// spec: {capacity: {storage: 1Gi}, hostPath: {path: /data/logs}}
    /// ```
    /// ```yaml good option.allowed=["/srv"]
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: logs}
    /// spec: {capacity: {storage: 1Gi}, hostPath: {path: /srv}}
    /// ```
    /// A path that climbs out again is none of those:
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: logs}
    /// spec: {capacity: {storage: 1Gi}, hostPath: {path: /data/../etc}}
    ///                                                   ^^^^^^^^^^^^ PersistentVolume `logs` is the directory `/data/../etc` of a node
    /// ```
    pub RULE {
        name: "host-path-persistent-volume",
        aliases: &["kyverno:limit-hostpath-type-pv"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allowed", &["/data"], "Directories that volumes may lie in.")],
        checks: &[Check::Object(&["PersistentVolume"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let path = object.node.get("spec").and_then(|spec| spec.get("hostPath")?.get("path"));
    let Some((node, path)) = path.and_then(|node| Some((node, node.text()?))) else { return };
    let climbs = path.split('/').any(|part| part == "..");
    let inside = |folder: &&str| {
        let rest = path.strip_prefix(folder.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if is_placeholder(path) || (!climbs && sink.list("allowed").iter().any(inside)) {
        return;
    }
    sink.report_value(node, format!("{} is the directory `{path}` of a node", object.title()))
        .caption("a directory of the node")
        .help("use a storage class, or a directory that is set aside");
}
