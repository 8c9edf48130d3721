//! `copy-before-install`.
use crate::dockerfile::{Args, Keyword};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::{Command, Word};
use crate::source::Span;

crate::rule! {
    /// Flags `COPY . .` before dependencies are installed.
    ///
    /// ## Why
    /// Every change of any file makes the layers after it again: the dependencies are downloaded anew for each build. Copy the
    /// files that name them first, install, then copy the rest.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// WORKDIR /app
    /// COPY . .
    ///      ^ makes `npm ci` run again
    /// RUN npm ci && npm run build
    ///     --- runs again
    /// ```
    /// ```dockerfile bad
    /// FROM python:3.13-slim
    /// ADD ./ /app/
    ///     ^^ makes `pip install` run again
    /// RUN cd /app && python -m pip install -r requirements.txt
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY package.json package-lock.json ./
    /// RUN npm ci
    /// COPY . .
    /// RUN npm ci --omit=dev && npm run build
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS build
    /// COPY . .
    /// RUN npm run build && pip install flask==3.1.1
    /// FROM node:22.11-alpine
    /// COPY --from=build . .
    /// RUN npm ci
    /// ```
    pub RULE {
        name: "copy-before-install",
        aliases: &[],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// Programs that install what a file of the project names, with the words that make them do so.
const INSTALLERS: [(&str, &[&str]); 14] = [
    ("npm", &["ci", "install", "i"]),
    ("yarn", &["install", ""]),
    ("pnpm", &["install", "i"]),
    ("bun", &["install", "i"]),
    ("bundle", &["install"]),
    ("composer", &["install"]),
    ("poetry", &["install"]),
    ("pipenv", &["install", "sync"]),
    ("uv", &["sync"]),
    ("go", &["mod"]),
    ("cargo", &["fetch"]),
    ("dotnet", &["restore"]),
    ("mix", &["deps.get"]),
    ("pip", &["install"]),
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for stage in &document.file.stages {
        let mut whole: Option<(InstructionView<'_>, Span)> = None;
        for view in stage.instructions.clone().map(|index| document.view(index)).filter(|view| !view.onbuild) {
            match view.instruction.keyword {
                Keyword::Copy | Keyword::Add if whole.is_none() => whole = all_copied(view).map(|span| (view, span)),
                Keyword::Run => {
                    let Some((command, what)) = installs(view) else { continue };
                    if let Some((copy, span)) = whole {
                        let keyword = copy.instruction.keyword.as_str();
                        sink.report(
                            span,
                            format!("{keyword} of the whole context makes `{what}` run again for any change"),
                        )
                        .caption(format!("makes `{what}` run again for any change"))
                        .label(command.name_span, "runs again")
                        .help("copy the files that name the dependencies, install, then copy the rest");
                    }
                    break;
                }
                _ => {}
            }
        }
    }
}

fn all_copied(view: InstructionView<'_>) -> Option<Span> {
    let Args::Copy { sources, .. } = &view.instruction.args else { return None };
    let whole = sources.iter().find(|source| matches!(source.value.as_str(), "." | "./" | "*"))?;
    view.instruction.flag("from").is_none().then_some(whole.span)
}

/// The first command that installs what the project names.
fn installs(run: InstructionView<'_>) -> Option<(&Command, String)> {
    run.script()?.commands.iter().find_map(|command| {
        let program = command.program();
        let is_pip = program.starts_with("pip") && program != "pipenv" || program.starts_with("python");
        let name = if is_pip { "pip" } else { program };
        let (_, words) = INSTALLERS.iter().find(|(own, _)| *own == name)?;
        let values: &[&str] = if is_pip { &["m"] } else { &["C", "prefix", "cwd", "dir"] };
        let word = command.subcommand(values).and_then(Word::literal);
        let of_file = match name {
            "pip" => command.has_flag(&["r", "requirement"]),
            "go" => command.args.iter().any(|word| word.is("download")),
            "npm" | "pnpm" | "bun" => {
                command.operands_with(values).nth(1).is_none() && !command.has_flag(&["g", "global"])
            }
            _ => true,
        };
        let word = words.iter().find(|own| **own == word.unwrap_or_default()).filter(|_| of_file)?;
        Some((command, format!("{name} {word}").trim_end().to_owned()))
    })
}
