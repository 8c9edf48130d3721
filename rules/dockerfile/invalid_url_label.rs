//! `invalid-url-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_url, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be a URL and is not.
    ///
    /// ## Why
    /// Tools turn such labels into links. A value that the build gives is not known. The option `labels` names the labels; by default it is `org.opencontainers.image.url`, `org.opencontainers.image.documentation`, `org.opencontainers.image.source`.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.url=example.com
    ///                                    ^^^^^^^^^^^ is no URL
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.url=https://example.com other=example.com
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.url=$VALUE
    /// ```
    pub RULE {
        name: "invalid-url-label",
        aliases: &["hadolint:DL3052"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.url", "org.opencontainers.image.documentation", "org.opencontainers.image.source"], "Labels that hold a URL.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_url(value)) else { continue };
        sink.report(label.value_span, format!("label `{}` is `{value}`, which is no URL", label.key))
            .caption("is no URL")
            .help("write it like `https://example.com/`");
    }
}
