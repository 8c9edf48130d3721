//! `forbidden-annotation`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an annotation that objects must not have.
    ///
    /// ## Why
    /// Some annotations switch off what a platform relies on, or belong to a controller that is no longer there. Name them with
    /// `keys`; without it the rule does nothing. A key that ends with `*` stands for all that begin so.
    ///
    /// ```yaml bad option.keys=["example.com/*"]
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {example.com/skip: "true"}}
    ///                                     ^^^^^^^^^^^^^^^^ ConfigMap `web` has the forbidden annotation `example.com/skip`
    /// ```
    /// ```yaml good option.keys=["example.com/*"]
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {example.org/skip: "true"}, labels: {example.com/skip: a}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {example.com/skip: "true"}}
    /// ```
    pub RULE {
        name: "forbidden-annotation",
        aliases: &["kube-linter-template:forbidden-annotation", "kyverno:allowed-annotations", "kyverno:restrict-annotations"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("keys", &[], "Keys that no object may have; `*` at the end stands for any end.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for entry in object.metadata("annotations").into_iter().flat_map(Node::entries) {
        let Some(key) = entry.key_text() else { continue };
        let forbidden = |wanted: &&str| match wanted.strip_suffix('*') {
            Some(start) => key.starts_with(start),
            None => key == *wanted,
        };
        if sink.list("keys").iter().any(forbidden) {
            sink.report(entry.key_span(), format!("{} has the forbidden annotation `{key}`", object.title()))
                .caption("forbidden")
                .help("remove it");
        }
    }
}
