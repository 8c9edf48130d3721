//! `shell-form-command`.
use crate::base_images::system_shell;
use crate::dockerfile::{Keyword, StageBase};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::lint::Shell;
use crate::source::Span;

crate::rule! {
    /// Flags `CMD`, `ENTRYPOINT` and `HEALTHCHECK CMD` that are run through a shell without need.
    ///
    /// ## Why
    /// In shell form the container's first process is `/bin/sh -c`. Where that is dash, as on Debian and Ubuntu, it does
    /// not pass on the signal to stop: the container is killed after ten seconds instead of ending in order. Write a
    /// JSON array, with double quotes.
    ///
    /// By default the rule speaks of plain words, which need no shell, and of arrays that are no JSON. Variables,
    /// pipes and the like are shown only when asked for, as are health checks, and images whose shell is known to make
    /// way for a lone command (bash, and BusyBox on Alpine). A `SHELL` instruction makes the shell a choice.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-slim
    /// CMD node server.js --port=8080
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^ is run through a shell
    /// ```
    /// ```dockerfile fixed
    /// FROM node:22.11-slim
    /// CMD ["node", "server.js", "--port=8080"]
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine AS base
    /// HEALTHCHECK --interval=30s CMD /usr/bin/healthy
    ///                                ^^^^^^^^^^^^^^^^ is run through a shell
    /// FROM base
    /// ENTRYPOINT /usr/bin/app
    ///            ^^^^^^^^^^^^ is run through a shell
    /// ```
    /// Single quotes are no JSON, so this runs a command called `[node,`:
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// CMD ['node', 'server.js']
    ///     ^^^^^^^^^^^^^^^^^^^^^ is no JSON
    /// ```
    /// Shell syntax is shown only when asked for:
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// CMD exec node $APP && echo done
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ is run through a shell
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// CMD exec node $APP && echo done
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// HEALTHCHECK CMD healthy
    /// CMD node server.js
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// ENTRYPOINT ["node"]
    /// CMD []
    /// HEALTHCHECK NONE
    /// ONBUILD CMD node server.js
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// SHELL ["/bin/bash", "-c"]
    /// FROM base
    /// CMD sleep 1000
    /// ```
    pub RULE {
        name: "shell-form-command",
        aliases: &["hadolint:DL3025", "buildkit:JSONArgsRecommended"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Instruction(&[Keyword::Cmd, Keyword::Entrypoint, Keyword::Healthcheck], check)],
    }
}

/// What only a shell knows.
const BUILTINS: &[&str] = &[
    "exec", "cd", "set", "export", "source", ".", "ulimit", "umask", "eval", "trap", "wait", "exit", "if", "while",
    "for", "case", "until", "alias", "read", "unset", "shift", "type", "command",
];

fn check(view: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(text) = view.instruction.shell_text() else { return };
    if view.document.shell_at(view.index).is_some() || text.text().trim().is_empty() {
        return;
    }
    let keyword = view.instruction.keyword.as_str();
    let whole = text.span(0..text.text().len());
    let span = whole.first_line(&view.file().text);
    let text = text.text().trim();
    if text.starts_with('[') && text.ends_with(']') && !text.starts_with("[ ") {
        sink.report(span, format!("{keyword} is no JSON array, so a shell runs a command called `[`"))
            .caption("is no JSON")
            .help("put each word in double quotes, with commas between them");
        return;
    }
    let words = plain_words(text);
    let makes_way = makes_way(view);
    let message = match view.instruction.keyword {
        Keyword::Healthcheck => "HEALTHCHECK starts a shell at every check".to_owned(),
        _ if makes_way => format!("{keyword} is run through a shell"),
        _ => format!("{keyword} is run through a shell, which keeps signals from the program"),
    };
    let finding = sink.report(span, message);
    finding.caption("is run through a shell").help("write it as a JSON array of words in double quotes");
    match words {
        Some(words) if !view.document.is_windows(view.index) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let safety = if is_alone(view) { Safety::Safe } else { Safety::Unsafe };
            let edit = (Span { end: whole.end, ..span }, format!("[{}]", words.join(", ")));
            finding.fix(safety, "Write a JSON array", vec![edit]);
        }
        _ => {
            finding.pedantic();
        }
    }
    if makes_way || view.instruction.keyword == Keyword::Healthcheck {
        finding.pedantic();
    }
}

/// Whether the image's shell is one that a lone command takes the place of.
fn makes_way(view: InstructionView<'_>) -> bool {
    let base = view.instruction.stage.map(|stage| view.file().root_base(stage));
    matches!(base, Some(StageBase::Image(image)) if matches!(system_shell(image), Shell::Ash | Shell::Bash))
}

/// The words of a text that means the same without a shell.
fn plain_words(text: &str) -> Option<Vec<&str>> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@%+,- \t".contains(c);
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = words.first()?;
    let sure = text.chars().all(is_plain) && !first.contains('=') && !BUILTINS.contains(first);
    sure.then_some(words)
}

/// Whether nothing else decides what the container runs: `CMD` is given to an `ENTRYPOINT` as arguments, and an
/// `ENTRYPOINT` in shell form takes none.
fn is_alone(view: InstructionView<'_>) -> bool {
    let other = match view.instruction.keyword {
        Keyword::Cmd => Keyword::Entrypoint,
        Keyword::Entrypoint => Keyword::Cmd,
        _ => return true,
    };
    let document: &DockerDocument = view.document;
    let Some(stage) = view.instruction.stage else { return false };
    let has = |stage: usize| document.chain_of(stage).any(|view| view.instruction.keyword == other);
    let built_on = |at: &crate::dockerfile::Stage| at.base == StageBase::ParentStage(stage);
    !has(stage) && !document.file.stages.iter().any(built_on)
}
