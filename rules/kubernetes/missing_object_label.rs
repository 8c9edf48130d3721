//! `missing-object-label`.
use crate::checks;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object without a label that is wanted here.
    ///
    /// ## Why
    /// Labels say whose an object is, and what it costs. Which one is wanted is the option `key`; without it the rule
    /// does nothing.
    ///
    /// ```yaml bad option.key=owner
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    ///                  ^^^ ConfigMap `web` lacks the label `owner`
    /// ```
    /// ```yaml good option.key=owner
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
        aliases: &[
            "kube-linter:required-label-owner", "kubescape:C-0076", "kubescape:C-0077",
            "kyverno:require-labels", "kyverno:metadata-match-regex", "kyverno:require-kubecost-labels",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::text("key", "", "The key."), OptionSpec::text("value", "", "A pattern for the whole value; empty for any.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    checks::missing_entry(object, "labels", "label", sink);
}
