//! `invalid-email-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no e-mail address.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `maintainer`, `org.opencontainers.image.authors`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL maintainer="Jane Doe"
    ///                  ^^^^^^^^^^ is no e-mail address
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL maintainer="Jane Doe <jane@example.com>"
    /// LABEL other="Jane Doe"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL maintainer="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-email-label",
        aliases: &["hadolint:DL3058"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["maintainer", "org.opencontainers.image.authors"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no e-mail address"))
                .caption("is no e-mail address")
                .help("write one, or drop the label");
        }
    }
}

/// `name@host`, alone or in angle brackets after a name; several stand between commas.
fn is_sound(value: &str) -> bool {
    value.split(',').all(|one| {
        let one = one.trim();
        let address = one.split_once('<').map_or(one, |(_, rest)| rest.trim_end_matches('>'));
        address.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && !host.is_empty() && !host.contains('@') && !address.contains(char::is_whitespace)
        })
    })
}
