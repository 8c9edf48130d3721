//! `copy-all-without-dockerignore`.
use crate::dockerfile::{Args, Keyword};
use crate::document::{DockerIgnore, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY . .` where no `.dockerignore` keeps anything out.
    ///
    /// ## Why
    /// Everything that lies about goes into the image: `.git` with its history, `.env` and other secrets, what was
    /// built on the author's machine. And each change to any of it builds the layer anew.
    ///
    /// ```dockerfile bad
    /// FROM python:3.13-slim
    /// COPY . /app
    ///      ^ the whole folder is copied, and there is no .dockerignore
    /// ```
    /// ```dockerfile good
    /// FROM python:3.13-slim
    /// COPY . /app
    /// ```
    /// ```text with=.dockerignore
    /// .git
    /// .env
    /// ```
    /// A `.dockerignore` above counts, as the build may start there:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM python:3.13-slim
    /// COPY . /app
    /// ```
    /// ```text with=.dockerignore
    /// .git
    /// ```
    /// ```dockerfile good
    /// FROM python:3.13-slim AS build
    /// COPY src /app
    /// FROM build
    /// COPY --from=build . /all
    /// ```
    pub RULE {
        name: "copy-all-without-dockerignore",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Copy, Keyword::Add], check)],
    }
}

fn check(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { sources, .. } = &copy.instruction.args else { return };
    if copy.document.ignored != DockerIgnore::Nowhere || copy.instruction.flag("from").is_some() {
        return;
    }
    for source in sources.iter().filter(|source| matches!(source.value.as_str(), "." | "./" | "/")) {
        sink.report(source.span, "the whole folder is copied, and there is no .dockerignore")
            .caption("the whole folder")
            .help("add a .dockerignore that names at least `.git` and files with secrets");
    }
}
