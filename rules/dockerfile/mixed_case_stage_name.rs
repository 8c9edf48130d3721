//! `mixed-case-stage-name`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage name that is not in lower case.
    ///
    /// ## Why
    /// Names are compared in lower case; written otherwise they look like two.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS Build
    ///                     ^^^^^ is not in lower case
    /// FROM debian:12.11-slim
    /// COPY --from=Build /app /app
    /// ```
    /// ```dockerfile fixed
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build-1_a.b
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// FROM Build
    /// ```
    pub RULE {
        name: "mixed-case-stage-name",
        aliases: &["buildkit:StageNameCasing"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for stage in &document.file.stages {
        let Some(name) = stage.name.as_ref().filter(|name| name.value.bytes().any(|byte| byte.is_ascii_uppercase()))
        else {
            continue;
        };
        let uses = document.file.edges.iter().filter(|edge| edge.target == Some(stage.index) && edge.word.is_literal());
        let words = uses.map(|edge| &edge.word).filter(|word| word.value.eq_ignore_ascii_case(&name.value));
        let spans = std::iter::once(name.span).chain(words.map(|word| word.span));
        let edits = spans.map(|span| (span, document.file.slice(span).to_ascii_lowercase())).collect();
        sink.report(name.span, format!("stage name `{}` is not in lower case", name.value))
            .caption("is not in lower case")
            .help("write it in lower case, here and where it is used")
            .fix(Safety::Safe, "Write the name in lower case", edits);
    }
}
