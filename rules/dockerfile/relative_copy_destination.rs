//! `relative-copy-destination`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a relative destination of `COPY` or `ADD` where no `WORKDIR` says what it is relative to.
    ///
    /// ## Why
    /// The files go where the base image's working directory is, which this file does not tell. Mostly that is meant, which is
    /// why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// COPY . app/
    ///        ^^^^ starts from the base image's working directory
    /// ADD a.txt .
    ///           ^ starts from the base image's working directory
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS base
    /// WORKDIR /srv
    /// FROM base
    /// COPY . app/
    /// COPY . ./
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// ARG TO
    /// COPY . /app
    /// COPY . $TO/x
    /// COPY . c:/app
    /// ```
    pub RULE {
        name: "relative-copy-destination",
        aliases: &["hadolint:DL3045"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Copy, Keyword::Add], check)],
    }
}

fn check(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { dest, .. } = &copy.instruction.args else { return };
    let Some(path) = copy.expand(dest) else { return };
    let drive = path.as_bytes().get(1) == Some(&b':');
    let is_workdir = |view: InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::Workdir;
    if path.is_empty() || drive || path.starts_with(['/', '\\', '%']) || copy.earlier().any(is_workdir) {
        return;
    }
    let keyword = copy.instruction.keyword.as_str();
    sink.report(
        dest.span,
        format!("{keyword} goes to `{path}` in the base image's working directory, which this file does not tell"),
    )
    .caption("starts from the base image's working directory")
    .help("write the whole path, or set WORKDIR before");
}
