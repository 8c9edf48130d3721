//! `mixed-case-from-as`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `as` written in another case than its `FROM`.
    ///
    /// ## Why
    /// One line, one way to write keywords.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 as build
    ///                  ^^ is not written as `FROM` is
    /// from golang:1.24 AS test
    ///                  ^^ is not written as `from` is
    /// ```
    /// ```dockerfile fixed
    /// FROM golang:1.24 AS build
    /// from golang:1.24 as test
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// from golang:1.24 as test
    /// ```
    /// ```dockerfile good
    /// From golang:1.24 as build
    /// FROM golang:1.24
    /// ```
    pub RULE {
        name: "mixed-case-from-as",
        aliases: &["buildkit:FromAsCasing"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::From { as_span: Some(span), .. } = &from.instruction.args else { return };
    let wanted = match from.text(from.instruction.keyword_span) {
        "FROM" => "AS",
        "from" => "as",
        _ => return,
    };
    let written = from.text(*span);
    if written != wanted {
        let keyword = &from.instruction.keyword_text;
        sink.report(*span, format!("`{written}` is not written as `{keyword}` is"))
            .caption(format!("is not written as `{keyword}` is"))
            .help(format!("write `{wanted}`"))
            .fix(Safety::Safe, format!("Write `{wanted}`"), vec![(*span, wanted.to_owned())]);
    }
}
