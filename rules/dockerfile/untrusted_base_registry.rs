//! `untrusted-base-registry`.
use crate::dockerfile::{EdgeKind, StageBase};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags images from a registry that is not on your list.
    ///
    /// ## Why
    /// An organisation that mirrors and scans images wants builds to take them from there. The option `registries` names the
    /// registries to allow, each exactly or with one `*` at its start or end; without it the rule does nothing. An image without
    /// a registry comes from `docker.io`.
    ///
    /// ```dockerfile bad option.registries=["docker.io","*.example.com"]
    /// FROM quay.io/org/base:1 AS base
    ///      ^^^^^^^^^^^^^^^^^^ comes from `quay.io`
    /// FROM base
    /// COPY --from=ghcr.io/org/tool:1 /tool /tool
    ///             ^^^^^^^^^^^^^^^^^^ comes from `ghcr.io`
    /// ```
    /// ```dockerfile good option.registries=["docker.io","*.example.com"]
    /// FROM debian:12.11-slim AS build
    /// FROM registry.example.com/base:1
    /// COPY --from=build /a /a
    /// COPY --from=0 /a /a
    /// FROM scratch
    /// ```
    /// ```dockerfile good
    /// FROM quay.io/org/base:1
    /// ```
    pub RULE {
        name: "untrusted-base-registry",
        aliases: &["hadolint:DL3026"],
        severity: Severity::High, tier: Tier::OptIn, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("registries", &[], "Registries that images may come from.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let allowed: Vec<String> = sink.list("registries").into_iter().map(str::to_owned).collect();
    if allowed.is_empty() {
        return;
    }
    for stage in &document.file.stages {
        if let (StageBase::Image(image), Some(word)) = (&stage.base, document.file.stage_image(stage)) {
            check_image(image, word.span, &allowed, sink);
        }
    }
    for edge in document.file.edges.iter().filter(|edge| edge.kind != EdgeKind::From && edge.target.is_none()) {
        let name = edge.word.value.as_str();
        if edge.word.is_literal() && document.file.stage_by_name(name).is_none() && name.parse::<usize>().is_err() {
            check_image(name, edge.word.span, &allowed, sink);
        }
    }
}

fn check_image(text: &str, span: Span, allowed: &[String], sink: &mut Sink<'_>) {
    let Some(image) = ImageRef::parse(text) else { return };
    let registry = image.registry.unwrap_or("docker.io");
    let hub = matches!(registry, "docker.io" | "index.docker.io" | "hub.docker.com");
    let matches = |pattern: &String| {
        pattern == registry
            || hub && matches!(pattern.as_str(), "docker.io" | "hub.docker.com")
            || pattern.strip_prefix('*').is_some_and(|end| registry.ends_with(end))
            || pattern.strip_suffix('*').is_some_and(|start| registry.starts_with(start))
    };
    if !allowed.iter().any(matches) {
        sink.report(span, format!("image `{text}` comes from `{registry}`, which is not an allowed registry"))
            .caption(format!("comes from `{registry}`"))
            .help(format!("take it from one of: {}", allowed.join(", ")));
    }
}
