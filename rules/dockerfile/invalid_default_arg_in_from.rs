//! `invalid-default-arg-in-from`.
use crate::dockerfile::{Keyword, Lookup, expand_with};
use crate::document::{InstructionView, from_image};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use regex::Regex;
use std::sync::{Arc, LazyLock};

crate::rule! {
    /// Flags a base image that is no image unless the build gives arguments.
    ///
    /// ## Why
    /// With the defaults of its `ARG`s alone the build fails. Some files mean to require the argument, which is why this rule
    /// is not on by default.
    ///
    /// ```dockerfile bad
    /// ARG VERSION
    /// FROM debian:${VERSION}
    ///      ^^^^^^^^^^^^^^^^^ is `debian:` by default
    /// ```
    /// ```dockerfile bad
    /// ARG BASE=""
    /// ARG NAME=Debian
    /// FROM ${BASE}
    ///      ^^^^^^^ is empty by default
    /// FROM $NAME:12
    ///      ^^^^^^^^ is `Debian:12` by default
    /// ```
    /// ```dockerfile good
    /// ARG VERSION=12.11
    /// ARG VARIANT
    /// FROM debian:${VERSION}${VARIANT} AS build
    /// FROM debian:${TAG:-12.11}
    /// ARG STAGE=build
    /// ```
    /// ```dockerfile good
    /// ARG STAGE=Build
    /// FROM debian:12.11 AS build
    /// FROM $STAGE
    /// FROM --platform=$BUILDPLATFORM tools-$TARGETARCH
    /// ```
    pub RULE {
        name: "invalid-default-arg-in-from",
        aliases: &["buildkit:InvalidDefaultArgInFrom"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

/// A reference as the distribution project reads it.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let host = r"(?:[a-zA-Z0-9.-]+(?::[0-9]+)?/)?";
    let part = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*";
    Regex::new(&format!(r"^{host}{part}(?:/{part})*(?::\w[\w.-]{{0,127}})?(?:@[a-z0-9+._-]+:[0-9a-fA-F]+)?$")).ok()
});

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = from_image(from.instruction).filter(|word| !word.is_literal()) else { return };
    let scope = from.file().scope_at(from.index);
    // An argument that nothing declares is for `undefined-arg-in-from`.
    if word.all_vars().iter().any(|var| scope.lookup(&var.name) == Lookup::Unset && var.modifier.is_none()) {
        return;
    }
    let default = |name: &str| match scope.lookup(name) {
        Lookup::NoValue => Lookup::Value(Arc::from("")),
        found => found,
    };
    let Some(image) = expand_with(word, &default) else { return };
    let is_stage = from.instruction.stage.is_some_and(|own| from.file().stage_by_ref(&image, own).is_some());
    let Some(reference) = &*REFERENCE else { return };
    if is_stage || reference.is_match(&image) {
        return;
    }
    let what = if image.is_empty() { "empty".to_owned() } else { format!("`{image}`") };
    sink.report(word.span, format!("the base image is {what} by default, which is no image"))
        .caption(format!("is {what} by default"))
        .help("give each ARG in it a default");
}
