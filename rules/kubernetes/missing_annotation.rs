//! `missing-annotation`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;
use regex::Regex;

crate::rule! {
    /// Flags an object without an annotation that is wanted here.
    ///
    /// ## Why
    /// Annotations say whom to ask about an object. Which one is wanted is the option `key`; without it the rule does
    /// nothing.
    ///
    /// ```yaml bad option.key=email
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    ///                  ^^^ ConfigMap `web` lacks the annotation `email`
    /// ```
    /// ```yaml good option.key=email option.value='.+@.+'
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {email: a@example.com}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "missing-annotation",
        aliases: &[
            "kube-linter:required-annotation-email", "kyverno:require-annotations",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::text("key", "", "The key."), OptionSpec::text("value", "", "A pattern for the whole value; empty for any.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let key = sink.text("key").to_owned();
    let Ok(value) = Regex::new(&format!("^(?:{})$", sink.text("value"))) else { return };
    if key.is_empty() || object.group().ends_with("kustomize.config.k8s.io") {
        return;
    }
    let found = object.metadata("annotations").and_then(|map| map.get(&key));
    let fits =
        found.is_some_and(|node| sink.text("value").is_empty() || value.is_match(node.text().unwrap_or_default()));
    if !fits {
        let span = found.map_or_else(|| object.span(), Node::span);
        let how = if found.is_some() { "has a value that is not allowed in" } else { "lacks" };
        sink.report(span, format!("{} {how} the annotation `{key}`", object.title()))
            .caption(format!("no fitting annotation `{key}`"))
            .help(format!("add the annotation `{key}`"));
    }
}
