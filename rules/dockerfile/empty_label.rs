//! `empty-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is empty.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. The option `labels` names the labels to look at; without it the rule does nothing.
    ///
    /// ```dockerfile bad option.labels=["org.opencontainers.image.title"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.title=""
    ///                                      ^^ is empty
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.title"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.title="A title"
    /// LABEL other=""
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.title"]
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.title="$VALUE"
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
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is empty"))
                .caption("is empty")
                .help("write one, or drop the label");
        }
    }
}

fn is_sound(value: &str) -> bool {
    !value.trim().is_empty()
}
