//! `hardcoded-platform`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `FROM --platform` with a platform written out.
    ///
    /// ## Why
    /// The stage is then built for that platform whatever the build was asked for: on another machine it is emulated, or its
    /// programs do not run. It may be meant so, for a program that exists for one platform only; this is why the rule is not
    /// on by default.
    ///
    /// ```dockerfile bad
    /// FROM --platform=linux/amd64 debian:12.11-slim
    ///      ^^^^^^^^^^^^^^^^^^^^^^ is always `linux/amd64`
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM golang:1.24 AS build
    /// FROM --platform=${PLATFORM:-linux/arm64} debian:12.11-slim
    /// ```
    /// A stage that is called after its platform is one of several:
    /// ```dockerfile good
    /// FROM --platform=linux/arm64 debian:12.11-slim AS build-arm64
    /// FROM --platform=linux/amd64 debian:12.11-slim AS build_linux
    /// ```
    pub RULE {
        name: "hardcoded-platform",
        aliases: &["hadolint:DL3029", "buildkit:FromPlatformFlagConstDisallowed"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(flag) = from.instruction.flag("platform") else { return };
    let Some(platform) = flag.value.as_ref().filter(|value| value.is_literal() && !value.value.is_empty()) else {
        return;
    };
    let platform = &platform.value;
    let name = match &from.instruction.args {
        Args::From { alias: Some(alias), .. } => alias.value.to_ascii_lowercase(),
        _ => String::new(),
    };
    if platform.split('/').any(|part| !part.is_empty() && name.contains(&part.to_ascii_lowercase())) {
        return;
    }
    let finding = sink.report(flag.span, format!("the base image is always that for `{platform}`"));
    finding.caption(format!("is always `{platform}`")).help("leave the platform to the build");
    finding.fix(Safety::Unsafe, "Remove the flag", vec![(from.with_blanks_after(flag.span), String::new())]);
}
