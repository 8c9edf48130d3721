//! `wget-and-curl`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::{Command, ListOp};

crate::rule! {
    /// Flags a stage that downloads with both `wget` and `curl`.
    ///
    /// ## Why
    /// One of the two is enough, and need not be installed twice. The first use of the second one is reported.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN wget -q https://example.com/a && curl -fsSLO https://example.com/b
    ///                                      ^^^^ is used besides `wget`
    /// RUN curl -fsSLO https://example.com/c
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// RUN apt-get install -y curl wget && curl -fsSLO https://example.com/a
    /// FROM debian:12.11-slim
    /// RUN wget -q https://example.com/a
    /// ```
    /// One in place of the other:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN curl -fsSLO https://example.com/a || wget -q https://example.com/a
    /// RUN if command -v curl; then curl -O https://example.com/a; else wget https://example.com/a; fi
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
        let views = stage.instructions.clone().map(|index| document.view(index));
        let runs = views.filter(|view| !view.onbuild && view.instruction.keyword == Keyword::Run);
        // What stands in a branch or after `||` is there for want of the other.
        let is_sure = |command: &&Command| {
            let within = &command.within;
            !within.branch && !within.condition && within.before != Some(ListOp::Or) && within.after != Some(ListOp::Or)
        };
        let used: Vec<&Command> = runs
            .filter_map(|run| run.script())
            .flat_map(|script| &script.commands)
            .filter(|command| matches!(command.program(), "wget" | "curl"))
            .filter(is_sure)
            .collect();
        let Some(first) = used.first() else { continue };
        if let Some(second) = used.iter().find(|command| command.program() != first.program()) {
            let (one, other) = (first.program().to_owned(), second.program());
            sink.report(second.name_span, format!("`{other}` is used besides `{one}` in one stage"))
                .caption(format!("is used besides `{one}`"))
                .label(first.name_span, format!("`{one}` is used here"))
                .help(format!("use `{one}` here as well"));
        }
    }
}
