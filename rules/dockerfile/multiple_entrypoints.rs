//! `multiple-entrypoints`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ENTRYPOINT` in a stage that has another one after it.
    ///
    /// ## Why
    /// Only the last one counts: this one does nothing, and whoever reads it believes otherwise.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ENTRYPOINT ["a"]
    /// ^^^^^^^^^^ does nothing
    /// RUN true
    /// ENTRYPOINT ["b"]
    /// ---------- this one counts
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN true
    /// ENTRYPOINT ["b"]
    /// ```
    /// A stage may change what the one it is built on says:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// ENTRYPOINT ["a"]
    /// FROM base
    /// ENTRYPOINT ["b"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENTRYPOINT ["a"]
    /// ONBUILD ENTRYPOINT ["b"]
    /// ```
    pub RULE {
        name: "multiple-entrypoints",
        aliases: &["hadolint:DL4004", "trivy:DS-0007", "buildkit:MultipleInstructionsDisallowed"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (view, last) in document.overruled(Keyword::Entrypoint) {
        sink.report(view.instruction.keyword_span, "ENTRYPOINT does nothing: a later one of the stage counts")
            .caption("does nothing")
            .label(last.instruction.keyword_span, "this one counts")
            .help("remove it")
            .fix(Safety::Unsafe, "Remove it", vec![(view.lines(), String::new())]);
    }
}
