//! `missing-volume-claim-annotation`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a claim of a StatefulSet without an annotation that all claims must have.
    ///
    /// ## Why
    /// Backup and cost tools go by annotations of the claim, and a claim that is made from a template can be given them only
    /// there. Name the annotation with `annotation`; without it the rule does nothing.
    ///
    /// ```yaml bad option.annotation=example.com/backup
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   template: {spec: {containers: [{name: db, image: "example.com/db:1.4"}]}}
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data}
    ///     ^^^^^^^^ the claim `data` of StatefulSet `db` has no annotation `example.com/backup`
    /// ```
    /// ```yaml good option.annotation=example.com/backup
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   template: {spec: {containers: [{name: db, image: "example.com/db:1.4"}]}}
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data, annotations: {example.com/backup: daily}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   template: {spec: {containers: [{name: db, image: "example.com/db:1.4"}]}}
    ///   volumeClaimTemplates: [{metadata: {name: data}}]
    /// ```
    pub RULE {
        name: "missing-volume-claim-annotation",
        aliases: &["kube-linter-template:statefulset-volumeclaimtemplate-annotation"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::text("annotation", "", "The annotation that is asked for.")],
        checks: &[Check::Object(&["StatefulSet"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let wanted = sink.text("annotation").to_owned();
    let claims = object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    for claim in claims.into_iter().flat_map(Node::items).filter(|_| !wanted.is_empty()) {
        let Some(metadata) = claim.entry("metadata") else { continue };
        let annotations = metadata.value.entry("annotations");
        let value = annotations.and_then(|annotations| annotations.value.get(&wanted)).and_then(Node::text);
        if value.is_none_or(str::is_empty) {
            let name = metadata.value.get("name").and_then(Node::text).unwrap_or_default();
            let message = format!("the claim `{name}` of {} has no annotation `{wanted}`", object.title());
            sink.report(annotations.unwrap_or(metadata).key_span(), message)
                .caption("an annotation is missing")
                .help(format!("add `{wanted}` to the annotations of the claim"));
        }
    }
}
