//! `invalid-timestamp-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no RFC 3339 timestamp.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `org.opencontainers.image.created`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.created="yesterday"
    ///                                        ^^^^^^^^^^^ is no RFC 3339 timestamp
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.created="2026-11-22T10:00:00Z"
    /// LABEL other="yesterday"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.created="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-timestamp-label",
        aliases: &["hadolint:DL3053"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.created"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no RFC 3339 timestamp"))
                .caption("is no RFC 3339 timestamp")
                .help("write one, or drop the label");
        }
    }
}

/// Date, `T`, time of day and zone.
fn is_sound(value: &str) -> bool {
    let bytes = value.as_bytes();
    let separated = bytes.len() > 19 && bytes[4] == b'-' && bytes[7] == b'-' && matches!(bytes[10], b'T' | b't' | b' ');
    separated && value.parse::<jiff::Timestamp>().is_ok()
}
