//! `host-path-persistent-volume`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PersistentVolume that is a folder of a node.
    ///
    /// ## Why
    /// The data lies on one node and is gone with it; and a folder such as `/` gives whoever claims it the whole node.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec:
    ///   hostPath: {path: /var/lib/data}
    ///                    ^^^^^^^^^^^^^ PersistentVolume `data` is the folder `/var/lib/data` of a node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {hostPath: {path: /data/web}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolume
    /// metadata: {name: data}
    /// spec: {nfs: {server: nfs.example.com, path: /}}
    /// ```
    pub RULE {
        name: "host-path-persistent-volume",
        aliases: &[
            "kyverno:limit-hostpath-type-pv",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &["/data"], "Folders below which volumes may lie.")],
        checks: &[Check::Object(&["PersistentVolume"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let path = object.node.get("spec").and_then(|spec| spec.get("hostPath")?.get("path"));
    let Some((node, text)) = path.and_then(|path| Some((path, path.text()?))) else { return };
    let within = |folder: &&str| {
        text.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    if !sink.list("allow").iter().any(within) || text.split('/').any(|part| part == "..") {
        sink.report_value(node, format!("{} is the folder `{text}` of a node", object.title()))
            .caption("gone with the node")
            .help("use storage of the network, or a folder that is allowed");
    }
}
