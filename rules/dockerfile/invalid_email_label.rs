//! `invalid-email-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_email, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be an email address and is not.
    ///
    /// ## Why
    /// Somebody is to be reached there. A value that the build gives is not known. The option `labels` names the labels; by default there are none.
    ///
    /// ```dockerfile bad option.labels=["com.example.contact"]
    /// FROM debian:12.11-slim
    /// LABEL com.example.contact=team
    ///                           ^^^^ is no email address
    /// ```
    /// ```dockerfile good option.labels=["com.example.contact"]
    /// FROM debian:12.11-slim
    /// LABEL com.example.contact=team@example.com other=team
    /// ```
    /// ```dockerfile good option.labels=["com.example.contact"]
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL com.example.contact=$VALUE
    /// ```
    pub RULE {
        name: "invalid-email-label",
        aliases: &["hadolint:DL3058"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that hold an email address.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_email(value)) else { continue };
        sink.report(label.value_span, format!("label `{}` is `{value}`, which is no email address", label.key))
            .caption("is no email address")
            .help("write it like `team@example.com`");
    }
}
