//! `invalid-url-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no URL.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `org.opencontainers.image.url`, `org.opencontainers.image.source`, `org.opencontainers.image.documentation`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.url="example.com/a b"
    ///                                    ^^^^^^^^^^^^^^^^^ is no URL
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.url="https://example.com/a"
    /// LABEL other="example.com/a b"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.url="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-url-label",
        aliases: &["hadolint:DL3052"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.url", "org.opencontainers.image.source", "org.opencontainers.image.documentation"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no URL"))
                .caption("is no URL")
                .help("write one, or drop the label");
        }
    }
}

/// A scheme, `:` and something after it, without blanks.
fn is_sound(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme
        && !rest.is_empty()
        && !rest.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}
