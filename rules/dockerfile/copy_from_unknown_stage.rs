//! `copy-from-unknown-stage`.
use crate::dockerfile::{Edge, EdgeKind};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY --from` of a stage that does not exist before it.
    ///
    /// ## Why
    /// A name that no earlier stage has is taken for an image to pull: a slip of the pen fails far from its cause, or
    /// copies from whatever image has that name. A number too high fails the build.
    ///
    /// By default the rule speaks of numbers, of stages that come later and of names that are nearly those of a stage.
    /// Other names may well be images; without a tag they are shown only when asked for. `RUN --mount=from=` counts as
    /// well.
    ///
    /// ```dockerfile bad default
    /// FROM golang:1.24 AS builder
    /// FROM debian:12.11-slim
    /// COPY --from=bulider /app /app
    ///             ^^^^^^^ no stage of this name
    /// COPY --from=2 /app /app
    ///             ^ no stage of this number
    /// COPY --from=assets /srv /srv
    ///             ^^^^^^ this stage comes later
    /// RUN --mount=type=bind,from=buidler,target=/src true
    ///                            ^^^^^^^ no stage of this name
    /// FROM node:22.11-alpine AS assets
    /// ```
    /// An image without a tag:
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY --from=registry.example.com/tools /bin/tool /bin/
    ///             ^^^^^^^^^^^^^^^^^^^^^^^^^^ no stage of this name
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// COPY --from=registry.example.com/tools /bin/tool /bin/
    /// COPY --from=composer /usr/bin/composer /usr/bin/
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS Builder
    /// FROM debian:12.11-slim
    /// COPY --from=builder /app /app
    /// COPY --from=0 /app /app
    /// COPY --from=builders:1.2 /app /app
    /// ```
    /// A stage of its own number is for `copy-from-self`; ONBUILD looks for stages elsewhere:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS final
    /// COPY --from=0 /app /app
    /// ONBUILD COPY --from=fnial /app /app
    /// ```
    pub RULE {
        name: "copy-from-unknown-stage",
        aliases: &["hadolint:DL3022"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let file = &document.file;
    for edge in &file.edges {
        let name = edge.word.value.as_str();
        if edge.kind == EdgeKind::From || edge.target.is_some() || is_own(document, edge) || name.is_empty() {
            continue;
        }
        let span = edge.word.span;
        if !edge.word.is_literal() {
            sink.report(span, format!("`{name}` is not replaced here: no stage has this name"))
                .caption("no stage of this name")
                .help("name the stage itself; give a FROM the variable and a name")
                .pedantic();
        } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
            sink.report(span, format!("there is no stage number {name} before this one"))
                .caption("no stage of this number")
                .help("stages count from 0; better call them by name");
        } else if let Some(later) = file.stage_by_name(name) {
            let finding = sink.report(span, format!("stage `{name}` comes later in the file"));
            finding.caption("this stage comes later").help("move that stage before this one");
            if let Some(word) = &file.stages[later].name {
                finding.label(word.span, "defined here");
            }
        } else if !name.contains([':', '@']) {
            report_name(document, edge, sink);
        }
    }
}

fn report_name(document: &DockerDocument, edge: &Edge, sink: &mut Sink<'_>) {
    let name = edge.word.value.as_str();
    let earlier = document.file.stages[..edge.stage].iter().filter_map(|stage| stage.name.as_ref());
    let near = earlier.min_by_key(|own| strsim::osa_distance(&own.value.to_lowercase(), &name.to_lowercase()));
    let near = near.filter(|own| strsim::osa_distance(&own.value.to_lowercase(), &name.to_lowercase()) <= reach(name));
    let finding =
        sink.report(edge.word.span, format!("no earlier stage is called `{name}`, so it is pulled as an image"));
    finding.caption("no stage of this name");
    match near {
        Some(own) => {
            finding.label(own.span, "did you mean this stage?").help(format!("did you mean `{}`?", own.value));
        }
        None => {
            finding.help("give the image a tag, or the stage this name").severity(Severity::Low).pedantic();
        }
    }
}

/// How many slips of the pen a name of this length may hold.
fn reach(name: &str) -> usize {
    match name.len() {
        0..4 => 0,
        4..6 => 1,
        _ => 2,
    }
}

/// Whether an edge names the stage it stands in.
fn is_own(document: &DockerDocument, edge: &Edge) -> bool {
    let own = document.file.stages[edge.stage].name.as_ref();
    edge.word.value == edge.stage.to_string() || own.is_some_and(|own| own.value.eq_ignore_ascii_case(&edge.word.value))
}
