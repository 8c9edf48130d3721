//! `mismatched-definition-comment`.
use crate::dockerfile::{Args, Instruction, Keyword};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a comment above a named stage or an `ARG` that does not begin with its name.
    ///
    /// ## Why
    /// `docker build --call=outline` shows that comment as a description when it begins with the name. Any other comment right
    /// above looks like one and is none; an empty line between says so.
    ///
    /// ```dockerfile bad
    /// # The version to build
    /// ^^^^^^^^^^^^^^^^^^^^^^ does not begin with `VERSION`
    /// ARG VERSION=12
    /// # builds all
    /// ^^^^^^^^^^^^ does not begin with `build`
    /// FROM debian:$VERSION AS build
    /// ```
    /// ```dockerfile fixed
    /// # The version to build
    ///
    /// ARG VERSION=12
    /// # builds all
    ///
    /// FROM debian:$VERSION AS build
    /// ```
    /// ```dockerfile good
    /// # VERSION is the version to build
    /// ARG VERSION=12
    /// # any comment
    /// FROM debian:$VERSION
    /// ```
    /// ```dockerfile good
    /// # any comment
    ///
    /// FROM debian:12.11-slim AS build
    /// ```
    pub RULE {
        name: "mismatched-definition-comment",
        aliases: &["buildkit:InvalidDefinitionDescription"],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for instruction in &document.file.instructions {
        let Some(name) = name(instruction) else { continue };
        let Some(comment) = document.file.comments_above(instruction).last() else { continue };
        let between = &document.file.text[comment.span.end as usize..instruction.span.start as usize];
        let text = document.file.slice(comment.span).trim_start_matches('#').trim();
        let is_above = between.matches('\n').count() == 1 && !text.is_empty();
        if !is_above || text.split_whitespace().next().is_some_and(|word| word.trim_end_matches(':') == name) {
            continue;
        }
        let end = crate::source::Span::empty(comment.span.end as usize);
        sink.report(
            comment.span.first_line(&document.file.text),
            format!("the comment above `{name}` does not begin with that name"),
        )
        .caption(format!("does not begin with `{name}`"))
        .help("begin it with the name, or leave an empty line below it")
        .fix(Safety::Safe, "Leave an empty line", vec![(end, "\n".to_owned())]);
    }
}

fn name(instruction: &Instruction) -> Option<&str> {
    match (&instruction.args, instruction.keyword) {
        (Args::From { alias, .. }, _) => alias.as_ref().map(|alias| alias.value.as_str()),
        (Args::Pairs(pairs), Keyword::Arg) => pairs.first().map(|pair| pair.key.value.as_str()),
        _ => None,
    }
}
