//! `invalid-timestamp-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_timestamp, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be a RFC 3339 time and is not.
    ///
    /// ## Why
    /// Tools read the time and sort by it. A value that the build gives is not known. The option `labels` names the labels; by default it is `org.opencontainers.image.created`.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.created=2026-11-22
    ///                                        ^^^^^^^^^^ is no RFC 3339 time
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.created=2026-11-22T10:00:00Z other=2026-11-22
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.created=$VALUE
    /// ```
    pub RULE {
        name: "invalid-timestamp-label",
        aliases: &["hadolint:DL3053"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.created"], "Labels that hold a RFC 3339 time.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_timestamp(value)) else { continue };
        sink.report(label.value_span, format!("label `{}` is `{value}`, which is no RFC 3339 time", label.key))
            .caption("is no RFC 3339 time")
            .help("write it like `2026-11-22T10:00:00Z`");
    }
}
