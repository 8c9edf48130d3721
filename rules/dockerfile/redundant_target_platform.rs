//! `redundant-target-platform`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `FROM --platform=$TARGETPLATFORM`.
    ///
    /// ## Why
    /// The target platform is what a stage is built for anyway.
    ///
    /// ```dockerfile bad
    /// FROM --platform=$TARGETPLATFORM debian:12.11-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^ says what holds anyway
    /// FROM --platform="${TARGETPLATFORM}" debian:12.11-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ says what holds anyway
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM golang:1.24 AS build
    /// FROM --platform=${TARGETPLATFORM:-linux/amd64} debian:12.11-slim
    /// ```
    /// An argument of that name may hold something else:
    /// ```dockerfile good
    /// ARG TARGETPLATFORM=linux/amd64
    /// FROM --platform=$TARGETPLATFORM debian:12.11-slim
    /// ```
    pub RULE {
        name: "redundant-target-platform",
        aliases: &["hadolint:DL3065", "buildkit:RedundantTargetPlatform"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(flag) = from.instruction.flag("platform") else { return };
    let Some(value) = &flag.value else { return };
    let [var] = value.vars.as_slice() else { return };
    let is_all = var.at == (0..value.value.len()) && var.modifier.is_none() && var.name == "TARGETPLATFORM";
    let is_own = from.file().scope_at(from.index).lookup("TARGETPLATFORM").value().is_some();
    if is_all && !is_own {
        sink.report(flag.span, "the target platform is what a stage is built for anyway")
            .caption("says what holds anyway")
            .help("remove the flag")
            .fix(Safety::Safe, "Remove the flag", vec![(from.with_blanks_after(flag.span), String::new())]);
    }
}
