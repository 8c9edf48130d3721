//! `relative-copy-destination`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a relative destination of `COPY` or `ADD` where no `WORKDIR` says what it is relative to.
    ///
    /// ## Why
    /// The files land in the working directory of the base image, which this file does not tell and a new version of the
    /// image may change. This is often meant so, which is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// COPY package.json .
    ///                   ^ is relative to
    /// ADD https://example.com/a.tgz downloads/
    ///                               ^^^^^^^^^^ is relative to
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine AS base
    /// WORKDIR /app
    /// FROM node:22.11-alpine
    /// ARG TARGET=app
    /// COPY --from=base /app "${TARGET}/"
    ///                       ^^^^^^^^^^^^ is relative to
    /// WORKDIR /app
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS base
    /// WORKDIR /app
    /// COPY . .
    /// FROM base
    /// COPY . src
    /// ```
    /// ```dockerfile good
    /// # escape=`
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2025
    /// COPY a C:\app\
    /// COPY a \app
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY . $APP_HOME
    /// COPY . ${TARGET:-/app}
    /// ONBUILD COPY . .
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
    let mut letters = path.chars();
    let drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic()) && letters.next() == Some(':');
    if path.is_empty() || path.starts_with(['/', '\\']) || drive {
        return;
    }
    if copy.earlier().any(|view| !view.onbuild && view.instruction.keyword == Keyword::Workdir) {
        return;
    }
    sink.report(dest.span, format!("destination `{path}` is relative to a directory that this file does not set"))
        .caption("is relative to an unknown directory")
        .help("write an absolute path, or a WORKDIR before it");
}
