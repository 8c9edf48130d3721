//! `storage-policy-violation`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a storage class that keeps volumes or writes them in the clear, where that is against the rules of the house.
    ///
    /// ## Why
    /// A class decides for all its volumes: whether they are deleted with their claims, and whether they are encrypted.
    /// Say what is asked for with `reclaim-policy` and `encrypted`; without them the rule does nothing. An annotation
    /// `nfs.io/storage-path` of a claim must not be empty, when the rule asks for anything.
    ///
    /// ```yaml bad option.reclaim-policy=Delete
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: example.com/disk
    /// reclaimPolicy: Retain
    ///                ^^^^^^ StorageClass `fast` has the reclaim policy `Retain`, not `Delete`
    /// ```
    /// ```yaml bad option.encrypted=true
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: example.com/disk
    /// parameters: {type: ssd}
    /// ^^^^^^^^^^ StorageClass `fast` does not encrypt its volumes
    /// ---
    /// apiVersion: v1
    /// kind: PersistentVolumeClaim
    /// metadata: {name: data, annotations: {nfs.io/storage-path: ""}}
    ///                                                           ^^ PersistentVolumeClaim `data` has an empty storage path
    /// ```
    /// A class that says nothing deletes:
    /// ```yaml good option.reclaim-policy=Delete
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: example.com/disk
    /// ```
    /// ```yaml good option.encrypted=true
    /// apiVersion: storage.k8s.io/v1
    /// kind: StorageClass
    /// metadata: {name: fast}
    /// provisioner: example.com/disk
    /// parameters: {encrypted: "true"}
    /// reclaimPolicy: Retain
    /// ```
    pub RULE {
        name: "storage-policy-violation",
        aliases: &[
            "kyverno:restrict-storageclass", "kyverno:nfs-subdir-external-provisioner-storage-path", "kubescape:C-0264",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None,
        options: &[
            OptionSpec::text("reclaim-policy", "", "The reclaim policy that classes must have."),
            OptionSpec::bool("encrypted", false, "Whether classes must have a parameter that encrypts their volumes."),
        ],
        checks: &[Check::Object(&["StorageClass"], check_class), Check::Object(&["PersistentVolumeClaim"], check_claim)],
    }
}

fn check_class(object: Object<'_>, sink: &mut Sink<'_>) {
    let wanted = sink.text("reclaim-policy").to_owned();
    let policy = object.node.get("reclaimPolicy");
    let text = policy.map_or(Some("Delete"), Node::text).filter(|text| !is_placeholder(text));
    if let Some(text) = text.filter(|text| !wanted.is_empty() && *text != wanted) {
        let span = policy.map_or_else(|| object.kind_span(), Node::span);
        sink.report(span, format!("{} has the reclaim policy `{text}`, not `{wanted}`", object.title()))
            .caption("another policy")
            .help(format!("write `reclaimPolicy: {wanted}`"));
    }
    let parameters = object.node.entry("parameters");
    let encrypts = |key: &str| ["encrypt", "kms"].iter().any(|part| key.to_ascii_lowercase().contains(part));
    let mut entries = parameters.into_iter().flat_map(|parameters| parameters.value.entries());
    let says = entries.any(|entry| entry.key_text().is_some_and(encrypts) && entry.value.text() != Some("false"));
    if sink.switch("encrypted") && !says {
        let span = parameters.map_or_else(|| object.kind_span(), |parameters| parameters.key_span());
        sink.report(span, format!("{} does not encrypt its volumes", object.title()))
            .caption("no encryption")
            .help("add the parameter by which the provisioner encrypts");
    }
}

fn check_claim(object: Object<'_>, sink: &mut Sink<'_>) {
    let asked = sink.switch("encrypted") || !sink.text("reclaim-policy").is_empty();
    let path = object.annotation("nfs.io/storage-path");
    if let Some(path) = path.filter(|path| asked && path.text() == Some("")) {
        sink.report_value(path, format!("{} has an empty storage path", object.title()))
            .caption("empty")
            .help("name a directory, or leave the annotation out");
    }
}
