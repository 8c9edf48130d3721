//! `empty-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::labels;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label of the configuration's list that is set to nothing.
    ///
    /// ## Why
    /// Whoever looks for the label finds it, and learns nothing. The option `labels` names the labels; without it the rule
    /// says nothing.
    ///
    /// ```dockerfile bad option.labels=["com.example.team"]
    /// FROM debian:12.11-slim
    /// ENV NOTHING=""
    /// LABEL com.example.team="" other=""
    ///       ^^^^^^^^^^^^^^^^ is empty
    /// LABEL com.example.team=$NOTHING
    ///       ^^^^^^^^^^^^^^^^ is empty
    /// ```
    /// ```dockerfile good option.labels=["com.example.team"]
    /// FROM debian:12.11-slim
    /// ARG TEAM
    /// LABEL com.example.team=$TEAM other=""
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL com.example.team=""
    /// ```
    pub RULE {
        name: "empty-label",
        aliases: &["hadolint:DL3051"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that must not be empty.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        if label.value.is_some_and(|value| value.trim().is_empty()) {
            sink.report(label.key_span, format!("label `{}` is empty", label.key))
                .caption("is empty")
                .help("give it a value, or remove it");
        }
    }
}
