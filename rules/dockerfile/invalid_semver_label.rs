//! `invalid-semver-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_semver, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be a semantic version and is not.
    ///
    /// ## Why
    /// Tools that compare versions read them by these rules only. A value that the build gives is not known. The option `labels` names the labels; by default there are none.
    ///
    /// ```dockerfile bad option.labels=["org.opencontainers.image.version"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.version=v1.2
    ///                                        ^^^^ is no semantic version
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.version"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.version=1.2.3-rc.1 other=v1.2
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.version"]
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.version=$VALUE
    /// ```
    pub RULE {
        name: "invalid-semver-label",
        aliases: &["hadolint:DL3056"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that hold a semantic version.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_semver(value)) else { continue };
        sink.report(label.value_span, format!("label `{}` is `{value}`, which is no semantic version", label.key))
            .caption("is no semantic version")
            .help("write it like `1.2.3`");
    }
}
