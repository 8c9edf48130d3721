//! `invalid-default-arg-in-from`.
use std::sync::Arc;

use crate::dockerfile::{Keyword, Lookup, expand_with};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a `FROM` that names no image unless a build argument is given.
    ///
    /// ## Why
    /// A plain `docker build` fails. To require an argument on purpose is a known pattern, which is why this rule is not on by
    /// default.
    ///
    /// ```dockerfile bad
    /// ARG VERSION
    /// ARG IMAGE=""
    /// FROM debian:$VERSION
    ///      ^^^^^^^^^^^^^^^ is no image without build arguments
    /// FROM ${IMAGE}
    ///      ^^^^^^^^ is no image without build arguments
    /// ```
    /// ```dockerfile good
    /// ARG VERSION=12
    /// FROM debian:$VERSION
    /// FROM debian:${TAG:-12}
    /// ```
    /// ```dockerfile good
    /// ARG VARIANT
    /// FROM debian:stable${VARIANT}
    /// ```
    pub RULE {
        name: "invalid-default-arg-in-from",
        aliases: &["buildkit:InvalidDefaultArgInFrom"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = from.instruction.word().filter(|word| !word.is_literal()) else { return };
    let scope = from.file().scope_at(from.index);
    let by_default = |name: &str| match scope.lookup(name) {
        Lookup::NoValue => Lookup::Value(Arc::from("")),
        found => found,
    };
    let Some(image) = expand_with(word, &by_default) else { return };
    let bare =
        image.strip_suffix([':', '@', '/']).is_none() && !image.contains("//") && !image.starts_with([':', '/', '-']);
    let sound = bare
        && ImageRef::parse(&image).is_some_and(|image| image.tag != Some("") && !image.repository.starts_with(':'));
    if !sound && from.file().stages.iter().all(|stage| stage.name.as_ref().is_none_or(|name| name.value != image)) {
        sink.report(
            word.span.first_line(&from.file().text),
            format!("`{image}` is no image: a build argument must complete it"),
        )
        .caption("is no image without build arguments")
        .help("give the ARG a default");
    }
}
