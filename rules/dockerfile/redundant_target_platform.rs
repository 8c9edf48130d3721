//! `redundant-target-platform`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::remove;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `FROM --platform=$TARGETPLATFORM`.
    ///
    /// ## Why
    /// That is what `FROM` does anyway.
    ///
    /// ```dockerfile bad
    /// FROM --platform=$TARGETPLATFORM debian:12.11-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^ is the default
    /// FROM --platform=${TARGETPLATFORM} debian:12.11-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is the default
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM debian:12.11-slim
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM --platform=${TARGETPLATFORM:-linux/amd64} debian:12.11-slim
    /// ```
    pub RULE {
        name: "redundant-target-platform",
        aliases: &["hadolint:DL3065", "buildkit:RedundantTargetPlatform"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(flag) = from.instruction.flag("platform") else { return };
    if matches!(flag.text(), "$TARGETPLATFORM" | "${TARGETPLATFORM}") {
        let finding = sink.report(flag.span, "`--platform=$TARGETPLATFORM` is what FROM does anyway");
        finding.caption("is the default").help("drop the flag");
        if let Some(edit) = remove(from, flag.span) {
            finding.fix(Safety::Safe, "Drop the flag", vec![edit]);
        }
    }
}
