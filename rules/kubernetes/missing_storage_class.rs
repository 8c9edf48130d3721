//! `missing-storage-class`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a volume claim that names no storage class.
    ///
    /// ## Why
    /// It takes the default class of whatever cluster it comes to, which may be slow, not backed up, or missing.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec:
    /// ^^^^ PersistentVolumeClaim `data` names no storage class
    ///   accessModes: [ReadWriteOnce]
    ///   resources: {requests: {storage: 1Gi}}
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   template: {spec: {containers: [{name: db, image: "example.com/db:1.4"}]}}
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data}
    ///     spec: {accessModes: [ReadWriteOnce]}
    ///     ^^^^ the claim `data` of StatefulSet `db` names no storage class
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {storageClassName: fast, accessModes: [ReadWriteOnce]}
    /// ```
    /// An empty class means: no class, an existing volume. One that names its volume needs none:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data}
    /// spec: {storageClassName: "", accessModes: [ReadWriteOnce]}
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: more}
    /// spec: {volumeName: more, accessModes: [ReadWriteOnce]}
    /// ```
    pub RULE {
        name: "missing-storage-class",
        aliases: &["kyverno:require-storageclass"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PersistentVolumeClaim", "StatefulSet"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if sink.transforms().is_some_and(|transforms| transforms.patched) {
        return;
    }
    if object.kind == "PersistentVolumeClaim" {
        return check_claim(object.node, &object.title(), sink);
    }
    let claims = object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    for claim in claims.into_iter().flat_map(Node::items) {
        let name = claim.get("metadata").and_then(|metadata| metadata.get("name")).and_then(Node::text);
        check_claim(claim, &format!("the claim `{}` of {}", name.unwrap_or_default(), object.title()), sink);
    }
}

fn check_claim(claim: Node<'_>, title: &str, sink: &mut Sink<'_>) {
    let Some(spec) = claim.entry("spec").filter(|spec| spec.value.is_mapping()) else { return };
    let old = claim.get("metadata").and_then(|metadata| metadata.get("annotations"));
    let old = old.and_then(|annotations| annotations.get("volume.beta.kubernetes.io/storage-class"));
    let named = ["storageClassName", "volumeName"].iter().any(|key| spec.value.get(key).is_some());
    if !named && old.is_none() {
        sink.report(spec.key_span(), format!("{title} names no storage class"))
            .caption("no `storageClassName`")
            .help("add `storageClassName`");
    }
}
