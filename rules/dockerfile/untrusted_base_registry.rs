//! `untrusted-base-registry`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::ImageRef;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags images from a registry that is not on the list of the configuration.
    ///
    /// ## Why
    /// An organisation may want images from its own registry, or from those it has checked, and from nowhere else. Without
    /// the option `allow` the rule says nothing. An entry may begin or end with `*`; `docker.io` stands for images without a
    /// registry.
    ///
    /// ```dockerfile bad option.allow=["registry.example.com","*.corp.example"]
    /// FROM debian:12.11-slim AS base
    ///      ^^^^^^^^^^^^^^^^^ is not on the list
    /// FROM registry.example.com/debian:12.11
    /// COPY --from=quay.io/tools/jq:1.7 /jq /bin/
    ///             ^^^^^^^^^^^^^^^^^^^^ is not on the list
    /// RUN --mount=from=docker.io/alpine:3.22,target=/x true
    ///                  ^^^^^^^^^^^^^^^^^^^^^ is not on the list
    /// ```
    /// ```dockerfile good option.allow=["registry.example.com","*.corp.example"]
    /// FROM scratch AS empty
    /// FROM eu.corp.example/debian:12.11 AS base
    /// FROM Base
    /// COPY --from=1 /a /a
    /// COPY --from=empty /b /b
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ```
    pub RULE {
        name: "untrusted-base-registry",
        aliases: &["hadolint:DL3026"],
        severity: Severity::High, tier: Tier::OptIn, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Registries that images may come from.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let allowed: Vec<String> = sink.list("allow").into_iter().map(str::to_owned).collect();
    if allowed.is_empty() {
        return;
    }
    for (span, image) in document.images() {
        let Some(registry) = ImageRef::parse(&image).map(|image| image.registry.unwrap_or("docker.io").to_owned())
        else {
            continue;
        };
        if !allowed.iter().any(|entry| matches(entry, &registry)) {
            sink.report(
                span,
                format!("image `{image}` comes from `{registry}`, which is not on the list of registries"),
            )
            .caption("is not on the list of registries")
            .help("use an image of one of the registries that are allowed");
        }
    }
}

fn matches(entry: &str, registry: &str) -> bool {
    let registry = if registry == "hub.docker.com" || registry == "index.docker.io" { "docker.io" } else { registry };
    let entry = if entry == "hub.docker.com" { "docker.io" } else { entry };
    match (entry.strip_prefix('*'), entry.strip_suffix('*')) {
        (Some(end), _) => registry.ends_with(end),
        (None, Some(start)) => registry.starts_with(start),
        (None, None) => registry == entry,
    }
}
