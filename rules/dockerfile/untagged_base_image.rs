//! `untagged-base-image`.
use crate::base_images::is_official;
use crate::dockerfile::Keyword;
use crate::document::{InstructionView, from_image};
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a base image with neither tag nor digest.
    ///
    /// ## Why
    /// No tag means the tag `latest`: the image changes under you, two builds of one commit may differ, and a rollback
    /// does not bring the old image back.
    ///
    /// By default the rule is silent about images that look like products of your own build (one word that is no
    /// official image of Docker Hub) and about names that a build argument may replace.
    ///
    /// ```dockerfile bad default
    /// FROM debian
    ///      ^^^^^^ has no tag
    /// ```
    /// ```dockerfile bad default
    /// FROM golang:1.24 AS build
    /// FROM registry.example.com:5000/team/base
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ has no tag
    /// COPY --from=build /app /app
    /// ```
    /// A build argument may say otherwise, so this is shown only when asked for:
    /// ```dockerfile bad
    /// ARG BASE=ubuntu
    /// FROM $BASE
    ///      ^^^^^ has no tag
    /// ```
    /// ```dockerfile good default
    /// ARG BASE=ubuntu
    /// FROM $BASE
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// FROM scratch
    /// FROM debian@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e
    /// ```
    /// An earlier stage has no tag; its name may be written in any case:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS Base
    /// FROM base
    /// ```
    /// Built beside this one, as far as one can tell:
    /// ```dockerfile good default
    /// FROM our-base-image
    /// ```
    /// The argument has no value here:
    /// ```dockerfile good
    /// ARG VERSION
    /// FROM debian:$VERSION
    /// ```
    pub RULE {
        name: "untagged-base-image",
        aliases: &["hadolint:DL3006", "trivy:DS-0001", "checkov:CKV_DOCKER_7"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Images that may float, by name without tag.")],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = from_image(from.instruction) else { return };
    let Some(stage) = from.instruction.stage.and_then(|stage| from.file().stages.get(stage)) else { return };
    let crate::dockerfile::StageBase::Image(name) = &stage.base else { return };
    let Some(image) = ImageRef::parse(name) else { return };
    let canonical = image.canonical_name();
    if image.tag.is_some() || image.digest.is_some() || sink.list("allow").contains(&canonical.as_str()) {
        return;
    }
    let own = image.registry.is_none() && !image.repository.contains('/') && !is_official(image.repository);
    let certain = word.is_literal() && !own;
    let finding = sink.report(word.span, format!("base image `{name}` has no tag, so it is whatever `latest` is"));
    finding.caption("has no tag").help("name a version, or pin a digest");
    if !certain {
        finding.pedantic();
    }
}
