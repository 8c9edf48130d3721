//! `shell-cmd-under-json-entrypoint`.
use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `CMD` in shell form beside an `ENTRYPOINT` in JSON form.
    ///
    /// ## Why
    /// `CMD` gives the entrypoint its arguments. In shell form they are `/bin/sh`, `-c` and the text: `node` is told to run a
    /// script called `/bin/sh`.
    ///
    /// By default the rule speaks of entrypoints that surely take no command as arguments. A script or an init program may run
    /// its arguments; others are shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// ENTRYPOINT ["node", "server.js"]
    ///             ------ is given `/bin/sh -c ..`
    /// CMD port 80
    ///     ^^^^^^^ is given to the entrypoint as `/bin/sh -c ..`
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim AS base
    /// ENTRYPOINT ["/usr/bin/app"]
    /// FROM base
    /// CMD serve --all
    ///     ^^^^^^^^^^^ is given to the entrypoint as `/bin/sh -c ..`
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// ENTRYPOINT ["/usr/bin/app"]
    /// CMD serve
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS a
    /// ENTRYPOINT ["docker-entrypoint.sh"]
    /// CMD node server.js
    /// FROM node:22.11-alpine AS b
    /// ENTRYPOINT ["/sbin/tini", "--"]
    /// CMD node server.js
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS a
    /// ENTRYPOINT ["node"]
    /// CMD ["server.js"]
    /// FROM debian:12.11-slim
    /// CMD sleep 1000
    /// FROM node:22.11-alpine AS base
    /// CMD sleep 1000
    /// FROM base
    /// ENTRYPOINT ["node"]
    /// ```
    pub RULE {
        name: "shell-cmd-under-json-entrypoint",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// Programs whose arguments are no command.
const PLAIN: [&str; 22] = [
    "node",
    "python",
    "python3",
    "java",
    "ruby",
    "php",
    "perl",
    "dotnet",
    "deno",
    "go",
    "npm",
    "yarn",
    "pnpm",
    "uvicorn",
    "gunicorn",
    "flask",
    "celery",
    "nginx",
    "redis-server",
    "curl",
    "jupyter",
    "streamlit",
];
/// Programs and scripts that run their arguments.
const RUNNERS: [&str; 20] = [
    "tini",
    "dumb-init",
    "gosu",
    "su-exec",
    "setpriv",
    "env",
    "exec",
    "sh",
    "bash",
    "ash",
    "dash",
    "zsh",
    "s6",
    "init",
    "entrypoint",
    "start",
    "run",
    "wrapper",
    "catatonit",
    "conda",
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for cmd in document.views_of(&[Keyword::Cmd]).filter(|view| !view.onbuild) {
        let Some(text) = cmd.instruction.shell_text().filter(|text| !text.text().trim().is_empty()) else { continue };
        let Some(stage) = cmd.instruction.stage else { continue };
        let own = |view: &InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::Entrypoint;
        let Some(entrypoint) = document.chain_of(stage).find(own) else { continue };
        let Some([program, rest @ ..]) = entrypoint.instruction.json_words() else { continue };
        let name = program.value.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
        let is_runner = |word: &str| RUNNERS.iter().any(|runner| word.contains(runner)) || word.ends_with(".sh");
        let others = rest.iter().map(|word| word.value.rsplit('/').next().unwrap_or_default().to_ascii_lowercase());
        let is_plain = PLAIN.contains(&name.as_str());
        if !is_plain && is_runner(&name) || others.into_iter().any(|word| is_runner(&word) && !is_plain || word == "--")
        {
            continue;
        }
        let span = text.span(0..text.text().len()).first_line(&document.file.text);
        let finding = sink.report(span, format!("`{name}` is given `/bin/sh -c ..` by CMD in shell form"));
        finding.caption("is given to the entrypoint as `/bin/sh -c ..`");
        finding.label(program.span, "is given `/bin/sh -c ..`").help("write CMD as a JSON array of arguments");
        if !is_plain {
            finding.pedantic();
        }
    }
}
