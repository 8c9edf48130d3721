//! `mismatched-definition-comment`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags a comment above a named stage or an `ARG` that does not begin with its name.
    ///
    /// ## Why
    /// `docker build --call=outline` shows such a comment as the description of the stage or argument. A comment that speaks
    /// of something else is parted from it by an empty line.
    ///
    /// ```dockerfile bad
    /// # The image that everything is built on
    /// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ does not begin with `base`
    /// FROM debian:12.11-slim AS base
    /// ```
    /// ```dockerfile fixed
    /// # The image that everything is built on
    ///
    /// FROM debian:12.11-slim AS base
    /// ```
    /// ```dockerfile bad
    /// # version of Go
    /// # the one to use
    /// ^^^^^^^^^^^^^^^^ does not begin with `GO_VERSION`
    /// ARG GO_VERSION=1.24
    /// FROM golang:${GO_VERSION}
    /// ```
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1
    /// # GO_VERSION is the version of Go
    /// ARG GO_VERSION=1.24
    /// # Some words
    ///
    /// FROM golang:${GO_VERSION} AS build
    /// ```
    /// ```dockerfile good
    /// # an unnamed stage
    /// FROM debian:12.11-slim
    /// # hadolint ignore=DL3007
    /// FROM debian:latest AS last
    /// # several at once
    /// ARG A B
    /// ```
    pub RULE {
        name: "mismatched-definition-comment",
        aliases: &["buildkit:InvalidDefinitionDescription"],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::From, Keyword::Arg], check)],
    }
}

fn check(view: InstructionView<'_>, sink: &mut Sink<'_>) {
    let name = match &view.instruction.args {
        Args::From { alias: Some(alias), .. } => &alias.value,
        Args::Pairs(pairs) if pairs.len() == 1 => &pairs[0].key.value,
        _ => return,
    };
    let file = view.file();
    let Some(comment) = file.comments_above(view.instruction).last() else { return };
    let start = view.instruction.span.start as usize;
    let between = &file.text[comment.span.end as usize..start];
    let text = file.slice(comment.span).trim_start_matches(['#', ' ', '\t']);
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_for_tools =
        ["hadolint", "check=", "shipworthy:", "checkov:", "trivy:"].iter().any(|own| text.starts_with(own));
    if between.matches('\n').count() != 1 || first.is_empty() || is_for_tools || first.eq_ignore_ascii_case(name) {
        return;
    }
    sink.report(comment.span, format!("the comment above `{name}` does not begin with this name"))
        .caption(format!("does not begin with `{name}`"))
        .help("begin it with the name, or put an empty line below it")
        .fix(Safety::Safe, "Insert an empty line", vec![(Span::empty(start), "\n".to_owned())]);
}
