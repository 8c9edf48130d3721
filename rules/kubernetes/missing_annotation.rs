//! `missing-annotation`.
use crate::checks;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

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
    checks::missing_entry(object, "annotations", "annotation", sink);
}
