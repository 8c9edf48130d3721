//! `copy-from-self`.
use crate::dockerfile::EdgeKind;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY --from` of the stage it stands in.
    ///
    /// ## Why
    /// A stage cannot be copied from while it is built: the build fails, or pulls an image that happens to have the stage's
    /// name. `RUN --mount=from=` of the own stage is the same.
    ///
    /// ```dockerfile bad default
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim AS final
    /// COPY --from=Final /app /app
    ///             ^^^^^ is this stage
    /// COPY --from=1 /app /app
    ///             ^ is this stage
    /// RUN --mount=type=bind,from=final,target=/src true
    ///                            ^^^^^ is this stage
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim AS final
    /// COPY --from=build /app /app
    /// COPY --from=0 /app /app
    /// ```
    /// The earlier stage of this name is meant:
    /// ```dockerfile good
    /// FROM golang:1.24 AS app
    /// FROM debian:12.11-slim AS app
    /// COPY --from=app /app /app
    /// ```
    pub RULE {
        name: "copy-from-self",
        aliases: &["hadolint:DL3023", "trivy:DS-0006"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for edge in &document.file.edges {
        let stage = &document.file.stages[edge.stage];
        let name = edge.word.value.as_str();
        let named = stage.name.as_ref().filter(|own| own.value.eq_ignore_ascii_case(name));
        let is_own = named.is_some() || name == edge.stage.to_string();
        if edge.kind == EdgeKind::From || edge.target.is_some() || !is_own {
            continue;
        }
        let span = stage.name.as_ref().map_or_else(|| document.file.stage_span(stage), |own| own.span);
        sink.report(edge.word.span, format!("`{name}` is the stage that this instruction is part of"))
            .caption("is this stage")
            .label(span, "this stage")
            .help("name the stage that the files come from");
    }
}
