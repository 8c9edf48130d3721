//! `pipe-without-pipefail`.
use crate::base_images::has_bash;
use crate::dockerfile::{Keyword, StageBase};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::{Pipeline, Script};
use crate::source::Span;

crate::rule! {
    /// Flags a pipe in `RUN` whose left side may fail unnoticed.
    ///
    /// ## Why
    /// A shell looks at the last command of a pipe only: where `curl` fails in `curl .. | tar x`, the build may go on
    /// with half a file. `set -o pipefail` makes the first failure count. Most such failures surface anyway, which is
    /// why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN curl -fsSL https://example.com/a.tgz | tar xz
    ///                                          ^ a failure of `curl` goes unnoticed
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
    /// RUN curl -fsSL https://example.com/a.tgz | tar xz
    /// ```
    /// In a heredoc, under `ONBUILD`, in the text of a shell, after another `SHELL`:
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// SHELL ["/bin/ash", "-eo", "pipefail", "-c"]
    /// RUN a | b
    /// FROM alpine:3.22
    /// RUN <<EOF
    /// set -e
    /// wget -qO- https://example.com/a | sh
    ///                                 ^ a failure of `wget` goes unnoticed
    /// EOF
    /// ONBUILD RUN a | b
    ///               ^ a failure of `a` goes unnoticed
    /// RUN ["/bin/sh", "-c", "b | c"]
    ///                          ^ a failure of `b` goes unnoticed
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// SHELL ["/bin/bash", "-euo", "pipefail", "-c"]
    /// FROM base
    /// RUN curl -fsSL https://example.com/a.tgz | tar xz
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN set -o pipefail && curl -fsSL https://example.com/a.tgz | tar xz
    /// RUN bash -o pipefail -c 'curl -fsSL https://example.com/a.tgz | tar xz'
    /// RUN true || false; echo "a | b"
    /// ```
    /// What only prints does not fail:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN echo "app:app" | chpasswd && printf '%s' "$A" | sha256sum -c -
    /// ```
    /// No pipe of a shell that has the option:
    /// ```dockerfile good
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2025
    /// RUN dir | more
    /// SHELL ["powershell", "-Command"]
    /// RUN Get-Item x | Out-Null
    /// ```
    pub RULE {
        name: "pipe-without-pipefail",
        aliases: &["hadolint:DL4006"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let mut fixed_stage = None;
    for run in document.views_of(&[Keyword::Run]) {
        let Some(script) = run.script().filter(|_| !shell_has_pipefail(run)) else { continue };
        let lossy = script.pipelines.iter().find_map(|pipeline| Some((pipeline, loses(script, pipeline)?)));
        let Some((pipeline, stage)) = lossy else { continue };
        let Some(operator) = pipeline.operators.get(stage) else { continue };
        let what =
            script.stage(pipeline, stage).first().map(|command| command.program()).filter(|name| !name.is_empty());
        let what = what.map_or_else(|| "the left side".to_owned(), |name| format!("`{name}`"));
        let finding =
            sink.report(*operator, format!("a failure of {what} goes unnoticed: only the end of the pipe counts"));
        finding.caption(format!("a failure of {what} goes unnoticed"));
        finding.help("put `set -o pipefail` or a SHELL with `-o pipefail` before it, in a shell that knows the option");
        if fixed_stage != run.instruction.stage && is_bash_known(run) {
            fixed_stage = run.instruction.stage;
            let start = document.file.instructions[run.index].span.start as usize;
            let text = "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n".to_owned();
            finding.fix(Safety::Unsafe, "Run what follows by bash with `pipefail`", vec![(Span::empty(start), text)]);
        }
    }
}

/// The first stage of a pipeline, but the last, that may fail unnoticed.
fn loses(script: &Script, pipeline: &Pipeline) -> Option<usize> {
    if pipeline.pipefail {
        return None;
    }
    let last = pipeline.stages.len().checked_sub(1)?;
    (0..last).find(|stage| {
        let commands = script.stage(pipeline, *stage);
        commands.is_empty()
            || commands.iter().any(|command| !matches!(command.program(), "echo" | "printf" | "yes" | ":"))
    })
}

fn shell_has_pipefail(run: InstructionView<'_>) -> bool {
    // A JSON form is not run by the SHELL.
    let shell = run.instruction.shell_text().and_then(|_| run.document.shell_at(run.index));
    shell.and_then(|shell| shell.json_words()).is_some_and(|words| words.iter().any(|word| word.value == "pipefail"))
}

/// Whether the shell form is run by the `/bin/sh` of an image that has bash as well.
fn is_bash_known(run: InstructionView<'_>) -> bool {
    let Some(stage) = run.instruction.stage.filter(|_| !run.onbuild) else { return false };
    let plain = run.instruction.shell_text().is_some() && run.document.shell_at(run.index).is_none();
    plain && matches!(run.file().root_base(stage), StageBase::Image(image) if has_bash(image))
}
