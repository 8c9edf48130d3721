//! `relative-workdir`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a relative path in `WORKDIR`.
    ///
    /// ## Why
    /// The path is taken from the working directory of the base image, which this file does not tell and the next
    /// version of that image may change.
    ///
    /// By default the rule speaks of the first `WORKDIR` only: after an absolute one the place is known.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// WORKDIR app
    ///         ^^^ starts from the base image's working directory
    /// ```
    /// Through a variable, and in a stage of its own:
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine AS build
    /// WORKDIR /src
    /// FROM node:22.11-alpine
    /// ENV HOME_DIR=srv/app
    /// WORKDIR "$HOME_DIR"
    ///         ^^^^^^^^^^^ starts from the base image's working directory
    /// ```
    /// A later relative path is shown only when asked for:
    /// ```dockerfile bad
    /// FROM node:22.11-alpine AS base
    /// WORKDIR /srv
    /// FROM base
    /// WORKDIR app
    ///         ^^^ is relative
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine AS base
    /// WORKDIR /srv
    /// FROM base
    /// WORKDIR app
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// WORKDIR /app
    /// WORKDIR "/with blank"
    /// WORKDIR $UNKNOWN/app
    /// ```
    /// ```dockerfile good
    /// # escape=`
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2025
    /// WORKDIR c:\app
    /// WORKDIR \data
    /// ```
    pub RULE {
        name: "relative-workdir",
        aliases: &["hadolint:DL3000", "trivy:DS-0009", "checkov:CKV_DOCKER_10", "buildkit:WorkdirRelativePath"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Workdir], check)],
    }
}

fn check(workdir: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = workdir.instruction.word() else { return };
    let Some(path) = workdir.expand(word).filter(|path| is_relative(path)) else { return };
    let is_workdir = |view: InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::Workdir;
    let span = word.span.first_line(&workdir.file().text);
    if workdir.earlier().any(is_workdir) {
        sink.report(span, format!("working directory `{path}` is relative to the one before it"))
            .caption("is relative")
            .help("write the whole path")
            .pedantic();
        return;
    }
    sink.report(
        span,
        format!("working directory `{path}` starts from the base image's, which this file does not tell"),
    )
    .caption("starts from the base image's working directory")
    .help(format!("write the whole path, such as `/{path}`"));
}

fn is_relative(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':') && path.starts_with(|c: char| c.is_ascii_alphabetic());
    !path.is_empty() && !drive && !path.starts_with(['/', '\\', '%'])
}
