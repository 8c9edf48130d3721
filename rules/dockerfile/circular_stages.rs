//! `circular-stages`.
use crate::dockerfile::Edge;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags stages that copy from each other in a circle.
    ///
    /// ## Why
    /// None of them can be built before the others: the build fails.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim AS one
    /// COPY --from=two /b /b
    ///             ^^^ needs `one` itself
    /// FROM one AS two
    /// COPY a /a
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim AS one
    /// RUN --mount=from=three,target=/c true
    ///                  ^^^^^ needs `one` itself
    /// FROM debian:12.11-slim AS two
    /// COPY --from=one /a /a
    /// FROM debian:12.11-slim AS three
    /// COPY --from=1 /b /b
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS one
    /// FROM one AS two
    /// COPY --from=one /a /a
    /// FROM two
    /// COPY --from=1 /b /b
    /// ```
    /// A later stage that does not come back is for `copy-from-unknown-stage`, and so is one's own name:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS one
    /// COPY --from=two /b /b
    /// COPY --from=one /b /b
    /// FROM debian:12.11-slim AS two
    /// ```
    pub RULE {
        name: "circular-stages",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["copy-from-unknown-stage"],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let file = &document.file;
    let target = |edge: &Edge| edge.target.or_else(|| file.stage_by_name(&edge.word.value));
    // An edge to an earlier stage closes no circle: only the one that goes forward is at fault.
    for edge in file.edges.iter().filter(|edge| edge.target.is_none() && edge.word.is_literal()) {
        let Some(later) = target(edge).filter(|later| *later > edge.stage) else { continue };
        let mut needed = vec![false; file.stages.len()];
        let mut open = vec![later];
        while let Some(stage) = open.pop() {
            if std::mem::replace(&mut needed[stage], true) {
                continue;
            }
            open.extend(file.edges.iter().filter(|own| own.stage == stage).filter_map(target));
        }
        if needed[edge.stage] {
            let own = &file.stages[edge.stage];
            let name = own.name.as_ref().map_or_else(|| own.index.to_string(), |name| name.value.clone());
            sink.report(
                edge.word.span,
                format!("stage `{}` needs `{name}` itself: they go in a circle", edge.word.value),
            )
            .caption(format!("needs `{name}` itself"))
            .help("move what both need into a stage before them");
        }
    }
}
