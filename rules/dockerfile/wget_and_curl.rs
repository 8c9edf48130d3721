//! `wget-and-curl`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage that uses both `wget` and `curl`.
    ///
    /// ## Why
    /// Each does what the other does; one of them can go. The saving is small, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN wget -q https://example.com/a
    ///     ---- the other one
    /// RUN curl -O https://example.com/b && curl -O https://example.com/c
    ///     ^^^^ `wget` is used as well
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS a
    /// RUN wget -q https://example.com/a
    /// FROM a
    /// RUN curl -O https://example.com/b
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y wget curl && curl -O https://example.com/b
    /// ```
    pub RULE {
        name: "wget-and-curl",
        aliases: &["hadolint:DL4001", "trivy:DS-0014"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for stage in &document.file.stages {
        let runs = stage.instructions.clone().map(|index| document.view(index));
        let runs = runs.filter(|run| run.instruction.keyword == Keyword::Run && !run.onbuild);
        let commands: Vec<_> = runs.filter_map(|run| run.script()).flat_map(|script| &script.commands).collect();
        let first_of = |name: &str| commands.iter().position(|command| command.program() == name);
        let (Some(wget), Some(curl)) = (first_of("wget"), first_of("curl")) else { continue };
        let (first, second) = (commands[wget.min(curl)], commands[wget.max(curl)]);
        sink.report(
            second.name_span,
            format!("`{}` is used where `{}` is used as well", second.program(), first.program()),
        )
        .caption(format!("`{}` is used as well", first.program()))
        .label(first.name_span, "the other one")
        .help("use one of them");
    }
}
