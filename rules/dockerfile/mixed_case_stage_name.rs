//! `mixed-case-stage-name`.
use crate::dockerfile::Edge;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags capital letters in the name of a stage.
    ///
    /// ## Why
    /// Names of stages are compared in lower case, so that `Build` and `build` are one; writing them in lower case shows it.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS Build
    ///                     ^^^^^ has capital letters
    /// FROM debian:12.11-slim
    /// COPY --from=Build /app /app
    /// RUN --mount=from=BUILD,target=/src true
    /// FROM build
    /// ```
    /// ```dockerfile fixed
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build /app /app
    /// RUN --mount=from=build,target=/src true
    /// FROM build
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build-1.2_x
    /// FROM build-1.2_X
    /// ```
    /// ```dockerfile good
    /// FROM Registry.example.com/tools
    /// ARG STAGE=Build
    /// FROM $STAGE
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
    let file = &document.file;
    for stage in &file.stages {
        let Some(name) = stage.name.as_ref().filter(|name| name.value.contains(char::is_uppercase)) else { continue };
        let lower = name.value.to_lowercase();
        let refers = |edge: &&Edge| {
            edge.target == Some(stage.index) && edge.word.is_literal() && edge.word.value.eq_ignore_ascii_case(&lower)
        };
        let references = file.edges.iter().filter(refers).map(|edge| edge.word.span);
        let changed = |span: &Span| file.slice(*span) != lower;
        let edits = std::iter::once(name.span).chain(references).filter(changed);
        let edits = edits.map(|span| (span, lower.clone())).collect();
        sink.report(name.span, format!("the stage name `{}` has capital letters", name.value))
            .caption("has capital letters")
            .help(format!("write `{lower}`"))
            .fix(Safety::Safe, "Write the name in lower case", edits);
    }
}
