//! `inline-ignore`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags comments that silence a linter.
    ///
    /// ## Why
    /// For organisations that keep exceptions in one place, the configuration, and want none beside the code.
    ///
    /// ```dockerfile bad
    /// # hadolint ignore=DL3007
    /// ^^^^^^^^^^^^^^^^^^^^^^^^ silences a linter
    /// FROM debian:12.11-slim
    /// # check=skip=JSONArgsRecommended
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ silences a linter
    /// CMD a
    /// #checkov:skip=CKV_DOCKER_3:fine
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ silences a linter
    /// ```
    /// ```dockerfile good
    /// # we ignore hadolint
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// # hadolint shell=bash
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
    let directives = document.file.directives.iter().filter(|directive| directive.name == "check");
    let comments = document.comments().chain(directives.map(|directive| directive.span));
    for comment in comments {
        let text = document.file.slice(comment);
        if silences(text.trim_start_matches('#').trim_start()) {
            sink.report(comment.first_line(&document.file.text), "a comment silences a linter")
                .caption("silences a linter")
                .help("put the exception into the configuration");
        }
    }
}

fn silences(text: &str) -> bool {
    let hadolint = text.strip_prefix("hadolint").is_some_and(|rest| rest.contains("ignore="));
    let others = ["shipworthy: ignore", "trivy:ignore:", "checkov:skip=", "bridgecrew:skip=", "kics-scan ignore"];
    let check =
        text.strip_prefix("check").is_some_and(|rest| rest.trim_start().starts_with('=') && rest.contains("skip="));
    hadolint || check || others.iter().any(|start| text.starts_with(start))
}
