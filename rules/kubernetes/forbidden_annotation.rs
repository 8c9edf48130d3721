//! `forbidden-annotation`.
use crate::checks;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an annotation that is forbidden here.
    ///
    /// ## Why
    /// Some annotations switch protections off. Which one is forbidden is the option `key`; without it the rule does
    /// nothing.
    ///
    /// ```yaml bad option.key=legacy
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {legacy: x}}
    ///                                     ^^^^^^ ConfigMap `web` has the annotation `legacy`
    /// ```
    /// ```yaml good option.key=legacy
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {modern: x}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {legacy: x}}
    /// ```
    pub RULE {
        name: "forbidden-annotation",
        aliases: &[
            "kube-linter-template:forbidden-annotation", "kyverno:allowed-annotations",
            "kyverno:restrict-annotations",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::text("key", "", "The key."), OptionSpec::text("value", "", "A pattern for the whole value; empty for any.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(forbidden) = checks::Entry::configured(object, sink) else { return };
    let key = &forbidden.key;
    for entry in object.metadata("annotations").into_iter().flat_map(Node::entries) {
        if entry.key_text() == Some(key.as_str()) && forbidden.fits(entry.value) {
            sink.report(
                entry.key_span(),
                format!("{} has the annotation `{key}`, which is forbidden here", object.title()),
            )
            .caption("forbidden")
            .help("remove it");
        }
    }
}
