//! `mixed-case-from-as`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `FROM .. as` and `from .. AS`, which are written in two ways.
    ///
    /// ## Why
    /// Keywords in one case read as one instruction.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 as build
    ///                  ^^ is not written like `FROM`
    /// from debian:12.11-slim AS final
    ///                        ^^ is not written like `from`
    /// ```
    /// ```dockerfile fixed
    /// FROM golang:1.24 AS build
    /// from debian:12.11-slim as final
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// from golang:1.24 as other
    /// ```
    /// A keyword that is itself mixed is for `inconsistent-instruction-casing`:
    /// ```dockerfile good
    /// From golang:1.24 as build
    /// FROM debian:12.11-slim
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
    let (keyword, word) = (from.instruction.keyword_text.as_str(), from.text(*span));
    let wanted = match keyword {
        "FROM" => "AS",
        "from" => "as",
        _ => return,
    };
    if word != wanted {
        sink.report(*span, format!("`{word}` is not written like `{keyword}`"))
            .caption(format!("is not written like `{keyword}`"))
            .help(format!("write `{wanted}`"))
            .fix(Safety::Safe, format!("Write `{wanted}`"), vec![(*span, wanted.to_owned())]);
    }
}
