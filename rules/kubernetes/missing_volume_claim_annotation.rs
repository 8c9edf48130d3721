//! `missing-volume-claim-annotation`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a volume claim template without an annotation that is wanted here.
    ///
    /// ## Why
    /// Backup tools go by annotations of claims. Which one is wanted is the option `annotation`; without it the rule
    /// does nothing.
    ///
    /// ```yaml bad option.annotation=backup
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data}
    ///     ^^^^^^^^ a volume claim template of StatefulSet `db` lacks the annotation `backup`
    /// ```
    /// ```yaml good option.annotation=backup
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data, annotations: {backup: daily}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec: {volumeClaimTemplates: [{metadata: {name: data}}]}
    /// ```
    pub RULE {
        name: "missing-volume-claim-annotation",
        aliases: &[
            "kube-linter-template:statefulset-volumeclaimtemplate-annotation",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Storage, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::text("annotation", "", "The annotation that is wanted.")],
        checks: &[Check::Object(&["StatefulSet"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let wanted = sink.text("annotation").to_owned();
    let claims = object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    for claim in claims.filter(|_| !wanted.is_empty()).into_iter().flat_map(Node::items) {
        let value = claim.get("metadata").and_then(|metadata| metadata.get("annotations")?.get(&wanted));
        if value.is_none_or(|value| value.text().is_none_or(str::is_empty)) {
            let span = claim.entry("metadata").map_or_else(|| place::item(claim), |entry| entry.key_span());
            let message = format!("a volume claim template of {} lacks the annotation `{wanted}`", object.title());
            sink.report(span, message).caption("no such annotation").help(format!("add the annotation `{wanted}`"));
        }
    }
}
