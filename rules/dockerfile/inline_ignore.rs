//! `inline-ignore`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags comments that silence findings.
    ///
    /// ## Why
    /// An organisation may want every exception in one place, where it is reviewed, instead of in the files themselves.
    ///
    /// ```dockerfile bad
    /// # hadolint ignore=DL3007
    /// ^^^^^^^^^^^^^^^^^^^^^^^^ silences findings
    /// FROM debian:latest
    /// # shipworthy: ignore[missing-user] runs as root by design
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ silences findings
    /// # checkov:skip=CKV_DOCKER_2
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^ silences findings
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good
    /// # hadolint shell=bash
    /// FROM debian:12.11-slim
    /// # nothing to ignore: see the README of hadolint
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN echo "# hadolint ignore=DL3007"
    /// ```
    pub RULE {
        name: "inline-ignore",
        aliases: &["hadolint:DL1001"],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for span in document.comments().filter(|span| silences(document.file.slice(*span))) {
        sink.report(span, "a comment silences findings")
            .caption("silences findings")
            .help("write the exception into the configuration");
    }
}

fn silences(comment: &str) -> bool {
    let text = comment.trim_start_matches(['#', ' ', '\t']).to_ascii_lowercase();
    let hadolint = text.strip_prefix("hadolint").is_some_and(|rest| {
        let rest = rest.trim_start();
        ["ignore", "global ignore", "stage ignore"]
            .iter()
            .any(|word| rest.strip_prefix(word).is_some_and(|rest| rest.trim_start().starts_with('=')))
    });
    let others = [
        "shipworthy: ignore",
        "shipworthy:ignore",
        "checkov:skip=",
        "bridgecrew:skip=",
        "trivy:ignore:",
        "check=skip=",
    ];
    hadolint || others.iter().any(|start| text.starts_with(start))
}
