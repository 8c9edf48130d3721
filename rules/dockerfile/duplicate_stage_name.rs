//! `duplicate-stage-name`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage whose name an earlier stage has.
    ///
    /// ## Why
    /// `FROM name`, `COPY --from=name` and `--target name` take one of them without a word. Names are compared without
    /// regard to case.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    ///                     ----- the first
    /// FROM node:22.11-alpine AS Build
    ///                           ^^^^^ is taken
    /// FROM nginx:1.29 AS build
    ///                    ^^^^^ is taken
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// FROM node:22.11-alpine AS build-web
    /// ```
    /// A name may be that of an image, and of a stage:
    /// ```dockerfile good
    /// FROM nginx AS nginx
    /// FROM nginx
    /// ```
    pub RULE {
        name: "duplicate-stage-name",
        aliases: &["hadolint:DL3024", "trivy:DS-0012", "checkov:CKV_DOCKER_11", "buildkit:DuplicateStageName"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let mut names = std::collections::HashMap::new();
    for name in document.file.stages.iter().filter_map(|stage| stage.name.as_ref()) {
        if let Some(first) = names.get(&name.value.to_lowercase()) {
            sink.report(name.span, format!("stage name `{}` is taken by an earlier stage", name.value))
                .caption("is taken")
                .label(*first, "the first")
                .help("give each stage a name of its own");
        } else {
            names.insert(name.value.to_lowercase(), name.span);
        }
    }
}
