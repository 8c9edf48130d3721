//! `invalid-license-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::labels::{is_license, labels};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label whose value should be an SPDX licence expression and is not.
    ///
    /// ## Why
    /// Scanners of licences know the names of the SPDX list only. A value that the build gives is not known. The option `labels` names the labels; by default it is `org.opencontainers.image.licenses`.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.licenses=Apache2
    ///                                         ^^^^^^^ is no SPDX licence expression
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.licenses="Apache-2.0 OR MIT" other=Apache2
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.licenses=$VALUE
    /// ```
    pub RULE {
        name: "invalid-license-label",
        aliases: &["hadolint:DL3054"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.licenses"], "Labels that hold an SPDX licence expression.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keys: Vec<String> = sink.list("labels").into_iter().map(str::to_owned).collect();
    for label in labels(document).into_iter().filter(|label| keys.contains(&label.key)) {
        let Some(value) = label.value.filter(|value| !value.is_empty() && !is_license(value)) else { continue };
        sink.report(
            label.value_span,
            format!("label `{}` is `{value}`, which is no SPDX licence expression", label.key),
        )
        .caption("is no SPDX licence expression")
        .help("write it like `Apache-2.0 OR MIT`");
    }
}
