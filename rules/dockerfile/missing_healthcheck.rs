//! `missing-healthcheck`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image without `HEALTHCHECK`.
    ///
    /// ## Why
    /// Docker and Swarm see a container that hangs as running, and do not start another. Kubernetes has probes of its own and
    /// does not look at `HEALTHCHECK`, which is why the rule is not on by default. The final stage is reported.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    /// HEALTHCHECK CMD true
    /// FROM debian:12.11-slim
    /// ^^^^ has no HEALTHCHECK
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// HEALTHCHECK CMD ["healthy"]
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// HEALTHCHECK NONE
    /// FROM base
    /// CMD ["app"]
    /// ```
    pub RULE {
        name: "missing-healthcheck",
        aliases: &["hadolint:DL3057", "trivy:DS-0026", "checkov:CKV_DOCKER_2"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(last) = document.file.final_stage() else { return };
    if !document.chain_of(last.index).any(|view| view.instruction.keyword == Keyword::Healthcheck) {
        sink.report(document.file.stage_span(last), "the image has no HEALTHCHECK")
            .caption("has no HEALTHCHECK")
            .help("add a HEALTHCHECK, or `HEALTHCHECK NONE` where something else watches it");
    }
}
