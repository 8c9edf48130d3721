//! `latest-base-image`.
use crate::dockerfile::Keyword;
use crate::document::{InstructionView, from_image};
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a base image with the tag `latest`.
    ///
    /// ## Why
    /// The image changes under you: two builds of one commit may differ, and a rollback does not bring the old image
    /// back. Name a version, or pin a digest.
    ///
    /// ```dockerfile bad
    /// FROM debian:latest
    ///      ^^^^^^^^^^^^^ uses the tag `latest`
    /// ```
    /// A build argument may say otherwise, so this is shown only when asked for:
    /// ```dockerfile bad
    /// ARG TAG=latest
    /// FROM registry.example.com:5000/team/app:$TAG AS build
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ uses the tag `latest`
    /// ```
    /// ```dockerfile good default
    /// ARG TAG=latest
    /// FROM debian:$TAG
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ```
    /// A digest decides, whatever the tag says:
    /// ```dockerfile good
    /// FROM debian:latest@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e
    /// ```
    /// A stage may be called as it likes:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS latest
    /// FROM latest
    /// ```
    pub RULE {
        name: "latest-base-image",
        aliases: &["hadolint:DL3007", "trivy:DS-0001", "checkov:CKV_DOCKER_7"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Images that may float, by name without tag.")],
        checks: &[Check::Instruction(&[Keyword::From], check)],
    }
}

fn check(from: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = from_image(from.instruction) else { return };
    let Some(image) = from.file().scope_at(from.index).expand(word) else { return };
    let Some(image) = ImageRef::parse(&image) else { return };
    let allowed = sink.list("allow").contains(&image.canonical_name().as_str());
    if image.tag == Some("latest") && image.digest.is_none() && !allowed {
        let name = image.canonical_name();
        let message = format!("base image `{}` uses the tag `latest`", name.trim_start_matches("docker.io/library/"));
        let finding = sink.report(word.span, message);
        finding.caption("uses the tag `latest`").help("name a version, or pin a digest");
        if !word.is_literal() {
            finding.pedantic();
        }
    }
}
