//! `undefined-arg-in-from`.
use crate::dockerfile::Keyword;
use crate::dockerfile::{Lookup, Op, Word};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a variable in `FROM` that nothing declares.
    ///
    /// ## Why
    /// `FROM` sees the `ARG`s before the first `FROM`, and the platform arguments; nothing else, not even an `ARG` of the stage
    /// above. The variable is empty, and the image's name is not what was meant.
    ///
    /// ```dockerfile bad default
    /// ARG VERSION=12
    /// FROM debian:$VERSIO AS base
    ///             ^^^^^^^ is not declared
    /// ARG TAG=1
    /// FROM --platform=$PLATFORM nginx:${TAG}
    ///                 ^^^^^^^^^ is not declared
    ///                                 ^^^^^^ is not declared
    /// ```
    /// ```dockerfile good
    /// ARG VERSION
    /// FROM --platform=$BUILDPLATFORM debian:$VERSION
    /// FROM debian:${TAG:-12}
    /// ```
    /// In a template nothing is certain:
    /// ```dockerfile good
    /// ARG BASE=debian
    /// FROM ${BASE}:12 AS base
    /// FROM base
    /// RUN echo $UNDECLARED
    /// ```
    pub RULE {
        name: "undefined-arg-in-from",
        aliases: &["buildkit:UndefinedArgInFrom"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let platform = from.instruction.flag("platform").and_then(|flag| flag.value.as_ref());
    platform.into_iter().chain(from.instruction.word()).for_each(|word| check_word(from, word, sink));
}

fn check_word(from: InstructionView<'_>, word: &Word, sink: &mut Sink<'_>) {
    let scope = from.file().scope_at(from.index);
    for var in &word.vars {
        // What has a default of its own may be left undeclared.
        let has_default = var.modifier.as_ref().is_some_and(|modifier| {
            matches!(modifier.op, Op::Default { .. } | Op::Alternate { .. } | Op::Require { .. })
        });
        if scope.lookup(&var.name) != Lookup::Unset || has_default {
            continue;
        }
        let finding =
            sink.report(var.span, format!("no ARG before the first FROM declares `{}`, so it is empty", var.name));
        finding.caption("is not declared");
        let near = scope.names().into_iter().min_by_key(|name| strsim::osa_distance(name, &var.name));
        match near.filter(|name| strsim::osa_distance(name, &var.name) <= 2) {
            Some(name) => finding.help(format!("did you mean `{name}`?")),
            None => finding.help(format!("declare it with `ARG {}` before the first FROM", var.name)),
        };
    }
}
