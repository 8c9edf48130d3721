//! `image-without-digest`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags images that are not pinned by digest.
    ///
    /// ## Why
    /// A tag can be moved to another image, by its owner or by whoever has taken the registry; a digest cannot. Something has
    /// to renew the digests, such as Renovate or Dependabot, which is why the rule is not on by default. The frontend that
    /// `# syntax=` names is an image, too.
    ///
    /// ```dockerfile bad
    /// # syntax=docker/dockerfile:1
    ///          ^^^^^^^^^^^^^^^^^^^ has no digest
    /// FROM debian:12.11-slim AS base
    ///      ^^^^^^^^^^^^^^^^^ has no digest
    /// COPY --from=composer:2.8 /usr/bin/composer /usr/bin/
    ///             ^^^^^^^^^^^^ has no digest
    /// RUN --mount=type=bind,from=busybox:1.37,target=/b true
    ///                            ^^^^^^^^^^^^ has no digest
    /// FROM base
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e AS base
    /// FROM scratch
    /// COPY --from=base /a /a
    /// COPY --from=0 /b /b
    /// ```
    /// ```dockerfile good
    /// ARG BASE
    /// FROM $BASE
    /// ```
    pub RULE {
        name: "image-without-digest",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let syntax = document.file.directive("syntax").map(|syntax| (syntax.value_span, syntax.value.clone()));
    for (span, image) in document.images().into_iter().chain(syntax) {
        if !image.contains('@') && !image.is_empty() {
            sink.report(span, format!("image `{image}` is not pinned by digest"))
                .caption("has no digest")
                .help("add `@sha256:..` after the tag");
        }
    }
}
