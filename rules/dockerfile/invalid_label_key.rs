//! `invalid-label-key`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label key that is not written as keys are by convention.
    ///
    /// ## Why
    /// Docker's guidelines want lower-case letters, digits, dots, dashes, underscores and slashes, from a letter to a letter or digit, and
    /// keep `com.docker.`, `io.docker.` and `org.dockerproject.` for Docker. Other keys work, which is why this rule is not on
    /// by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL Maintainer=me io.docker.x=1 \
    ///       ^^^^^^^^^^ is no label key by convention
    ///                     ^^^^^^^^^^^ is no label key by convention
    ///       a..b=2
    ///       ^^^^ is no label key by convention
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL maintainer=me org.opencontainers.image.title="A" com.example/some-key_1=x
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG PREFIX
    /// LABEL "$PREFIX.a"=1
    /// ```
    pub RULE {
        name: "invalid-label-key",
        aliases: &["hadolint:DL3048"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::Label]) {
        for pair in view.instruction.pairs().iter().filter(|pair| pair.key.is_literal() && !is_key(&pair.key.value)) {
            sink.report(pair.key.span, format!("`{}` is no label key by convention", pair.key.value))
                .caption("is no label key by convention")
                .help("use lower-case letters, digits, `.`, `-`, `_` and `/`, under a domain of your own");
        }
    }
}

fn is_key(key: &str) -> bool {
    let reserved = ["com.docker.", "io.docker.", "org.dockerproject."].iter().any(|start| key.starts_with(start));
    let ends = key.starts_with(|c: char| c.is_ascii_lowercase())
        && key.ends_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
    let chars = key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "._-/".contains(c));
    ends && chars && !reserved && !key.contains("..") && !key.contains("--")
}
