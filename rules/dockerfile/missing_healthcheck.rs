//! `missing-healthcheck`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image without `HEALTHCHECK`.
    ///
    /// ## Why
    /// Docker and Swarm then know only whether the process is alive, not whether it works. Kubernetes does not look at it, which
    /// is why this rule is not on by default. `HEALTHCHECK NONE` is an answer as well.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// ^^^^ no HEALTHCHECK
    /// CMD ["/app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// HEALTHCHECK CMD ["/healthy"]
    /// FROM base
    /// CMD ["/app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// HEALTHCHECK NONE
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
    if !document.chain_of(last.index).any(|view| !view.onbuild && view.instruction.keyword == Keyword::Healthcheck) {
        sink.report(document.file.stage_span(last), "the image has no HEALTHCHECK")
            .caption("no HEALTHCHECK")
            .help("add HEALTHCHECK, with NONE where there is nothing to check");
    }
}
