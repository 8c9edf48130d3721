//! `invalid-license-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no SPDX licence expression.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `org.opencontainers.image.licenses`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.licenses="see LICENSE!"
    ///                                         ^^^^^^^^^^^^^^ is no SPDX licence expression
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.licenses="Apache-2.0 OR MIT"
    /// LABEL other="see LICENSE!"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.licenses="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-license-label",
        aliases: &["hadolint:DL3054"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.licenses"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no SPDX licence expression"))
                .caption("is no SPDX licence expression")
                .help("write one, or drop the label");
        }
    }
}

/// Identifiers joined by `AND`, `OR` and `WITH`. Whether an identifier exists is not looked up.
fn is_sound(value: &str) -> bool {
    let spaced = value.replace(['(', ')'], " ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let is_operator = |word: &str| matches!(word, "AND" | "OR" | "WITH");
    let is_id = |word: &str| {
        !is_operator(word) && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+:".contains(&byte))
    };
    words.len() % 2 == 1
        && words.iter().enumerate().all(|(at, word)| if at % 2 == 1 { is_operator(word) } else { is_id(word) })
}
