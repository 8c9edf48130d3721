//! `hardcoded-platform`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `FROM --platform` with a fixed platform.
    ///
    /// ## Why
    /// The image is then built for that platform whatever the build was asked for. Sometimes that is a deliberate way around a
    /// missing image, which is why this rule is not on by default. A stage whose name says the system or the processor passes.
    ///
    /// ```dockerfile bad
    /// FROM --platform=linux/amd64 debian:12.11-slim
    ///                 ^^^^^^^^^^^ is fixed
    /// ```
    /// ```dockerfile good
    /// FROM --platform=$BUILDPLATFORM debian:12.11-slim AS build
    /// FROM --platform=$TARGETPLATFORM debian:12.11-slim
    /// ```
    /// ```dockerfile good
    /// FROM --platform=linux/arm64 debian:12.11-slim AS build_arm64
    /// FROM debian:12.11-slim
    /// ```
    pub RULE {
        name: "hardcoded-platform",
        aliases: &["hadolint:DL3029", "buildkit:FromPlatformFlagConstDisallowed"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let platform = from.instruction.flag("platform").and_then(|flag| flag.value.as_ref());
    let Some(platform) = platform.filter(|platform| platform.is_literal() && !platform.value.is_empty()) else {
        return;
    };
    let Args::From { alias, .. } = &from.instruction.args else { return };
    let alias = alias.as_ref().map(|alias| alias.value.to_ascii_lowercase()).unwrap_or_default();
    if !platform.value.split('/').any(|part| !part.is_empty() && alias.contains(part)) {
        sink.report(platform.span, format!("the platform `{}` is fixed, whatever the build is for", platform.value))
            .caption("is fixed")
            .help("drop `--platform`, or use `$BUILDPLATFORM` or `$TARGETPLATFORM`");
    }
}
