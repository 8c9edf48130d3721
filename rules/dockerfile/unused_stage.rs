//! `unused-stage`.
use crate::dockerfile::Stage;
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage that nothing of the final image comes from.
    ///
    /// ## Why
    /// BuildKit does not build it. Either something should be copied from it, or it can go.
    ///
    /// By default the rule speaks of stages without a name. One with a name may be meant for `docker build --target`, and is
    /// shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM golang:1.24
    /// ^^^^ is not used
    /// RUN go build -o /app
    /// FROM debian:12.11-slim
    /// CMD ["/app"]
    /// ```
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    /// FROM build AS test
    ///               ^^^^ is not used
    /// FROM debian:12.11-slim
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good default
    /// FROM golang:1.24 AS test
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24
    /// FROM node:22.11-alpine AS web
    /// FROM web AS Tools
    /// FROM debian:12.11-slim
    /// COPY --from=0 /app /app
    /// RUN --mount=from=tools,target=/t true
    /// ```
    /// A variable may mean any stage:
    /// ```dockerfile good
    /// ARG MODE=dev
    /// FROM golang:1.24 AS dev
    /// FROM golang:1.24 AS prod
    /// FROM ${MODE}
    /// ```
    pub RULE {
        name: "unused-stage",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let file = &document.file;
    let is_open = |stage: &Stage| {
        let image = file.stage_image(stage);
        image.is_some_and(|word| !word.is_literal() && !word.value.contains(['/', ':']))
    };
    let puts_off = |view: InstructionView<'_>| view.onbuild && !view.file().edges_of(view.index).is_empty();
    if file.stages.iter().any(is_open) || document.views().any(puts_off) {
        return;
    }
    let used = used_stages(document);
    for stage in file.stages.iter().filter(|stage| !used[stage.index]) {
        match &stage.name {
            Some(name) => {
                sink.report(name.span, format!("nothing of the final image comes from stage `{}`", name.value))
                    .caption("is not used")
                    .help("remove it, unless it is built by `--target`")
                    .pedantic();
            }
            None => {
                let message = format!("nothing of the final image comes from stage {}", stage.index);
                let finding = sink.report(file.stage_span(stage), message);
                finding.caption("is not used").help("copy from it, or remove it");
            }
        }
    }
}

/// For each stage whether the final one needs it; one that is named too early counts.
fn used_stages(document: &DockerDocument) -> Vec<bool> {
    let file = &document.file;
    let mut used = vec![false; file.stages.len()];
    let mut open: Vec<usize> = used.len().checked_sub(1).into_iter().collect();
    while let Some(stage) = open.pop() {
        if std::mem::replace(&mut used[stage], true) {
            continue;
        }
        let own = file.edges.iter().filter(|edge| edge.stage == stage);
        open.extend(own.filter_map(|edge| edge.target.or_else(|| file.stage_by_name(&edge.word.value))));
    }
    used
}
