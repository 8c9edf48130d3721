//! `invalid-git-hash-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no git hash.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `org.opencontainers.image.revision`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.revision="v1.2"
    ///                                         ^^^^^^ is no git hash
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.revision="0123abc"
    /// LABEL other="v1.2"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.revision="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-git-hash-label",
        aliases: &["hadolint:DL3055"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.revision"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no git hash"))
                .caption("is no git hash")
                .help("write one, or drop the label");
        }
    }
}

/// Seven hexadecimal digits, or all 40 or 64.
fn is_sound(value: &str) -> bool {
    let is_hex = value.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    is_hex && matches!(value.len(), 7 | 40 | 64)
}
