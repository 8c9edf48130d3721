//! `invalid-git-hash-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_git_hash, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be a git commit hash and is not.
    ///
    /// ## Why
    /// The label leads back to the commit that the image was built from. A value that the build gives is not known. The option `labels` names the labels; by default there are none.
    ///
    /// ```dockerfile bad option.labels=["org.opencontainers.image.revision"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.revision=main
    ///                                         ^^^^ is no git commit hash
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.revision"]
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567 other=main
    /// ```
    /// ```dockerfile good option.labels=["org.opencontainers.image.revision"]
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.revision=$VALUE
    /// ```
    pub RULE {
        name: "invalid-git-hash-label",
        aliases: &["hadolint:DL3055"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &[], "Labels that hold a git commit hash.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_git_hash(value)) else { continue };
        sink.report(label.value_span, format!("label `{}` is `{value}`, which is no git commit hash", label.key))
            .caption("is no git commit hash")
            .help("write 40 hex digits");
    }
}
