//! `missing-object-label`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object without a label that all objects must have.
    ///
    /// ## Why
    /// By labels the owner is found, the cost is shared out, and the objects of one application are listed. That holds only where none is forgotten. Name the labels with `keys`; without it the rule does nothing.
    ///
    /// ```yaml bad option.keys=["owner"]
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {team: shop}}
    ///                       ^^^^^^ ConfigMap `web` has no label `owner`
    /// ```
    /// ```yaml bad option.keys=["owner"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// ^^^^^^^^ Pod `web` has no label `owner`
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml good option.keys=["owner"]
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {owner: shop}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "missing-object-label",
        aliases: &["kube-linter:required-label-owner", "kubescape:C-0076", "kubescape:C-0077", "kyverno:require-labels", "kyverno:metadata-match-regex", "kyverno:require-kubecost-labels"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("keys", &[], "Keys that every object must have."), OptionSpec::list("kinds", &[], "Kinds that must have them; all, if none is named.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let kinds = sink.list("kinds");
    let wanted = kinds.is_empty() || kinds.contains(&object.kind);
    // A kustomization may add it.
    if !wanted || sink.transforms().is_some_and(|transforms| transforms.labels || transforms.patched) {
        return;
    }
    let Some(metadata) = object.node.entry("metadata").filter(|metadata| metadata.value.is_mapping()) else { return };
    let entry = metadata.value.entry("labels");
    let has = |key: &str| entry.is_some_and(|entry| entry.value.get(key).is_some_and(|value| !value.is_null()));
    let missing: Vec<String> = sink.list("keys").into_iter().filter(|key| !has(key)).map(str::to_owned).collect();
    let place = entry.unwrap_or(metadata).key_span();
    for key in missing {
        let message = format!("{} has no label `{key}`", object.title());
        sink.report(place, message).caption(format!("no `{key}`")).help(format!("add `{key}` to `metadata.labels`"));
    }
}
