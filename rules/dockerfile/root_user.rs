//! `root-user`.
use crate::dockerfile::{Keyword, Stage};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a stage whose last `USER` is root.
    ///
    /// ## Why
    /// Whoever breaks out of a process that runs as root, or finds a writable mount, has far more to work with than
    /// with an ordinary user. Go back to that user after the steps that need root.
    ///
    /// By default only the user that the image ends up with counts. Stages that are only copied from may be root, and
    /// so may images that give root away when they start (`gosu`, `su-exec`, `setpriv`).
    ///
    /// ```dockerfile bad default
    /// FROM jenkins/jenkins:2.504-jdk21
    /// USER root
    ///      ^^^^ the image runs as `root`
    /// RUN apt-get update && apt-get install -y make && rm -rf /var/lib/apt/lists/*
    /// ```
    /// The final stage takes its user from the one it is built on:
    /// ```dockerfile bad default
    /// ARG UID=0
    /// FROM debian:12.11-slim AS base
    /// ARG UID
    /// USER ${UID}:0
    ///      ^^^^^^^^ the image runs as `0:0`
    /// FROM base
    /// CMD ["sleep", "1000"]
    /// ```
    /// A build stage is shown only when asked for:
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    /// USER "root"
    ///      ^^^^^^ the stage ends as `root`
    /// FROM gcr.io/distroless/static:nonroot
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good default
    /// FROM golang:1.24 AS build
    /// USER root
    /// FROM gcr.io/distroless/static:nonroot
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good
    /// FROM jenkins/jenkins:2.504-jdk21
    /// USER root
    /// RUN apt-get update && apt-get install -y make && rm -rf /var/lib/apt/lists/*
    /// USER jenkins
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG APP_USER
    /// USER $APP_USER
    /// ```
    /// What `ONBUILD` puts off concerns the image that is built on this one:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// USER 1000
    /// ONBUILD USER root
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// USER root
    /// ENTRYPOINT ["gosu", "app", "/usr/bin/app"]
    /// ```
    pub RULE {
        name: "root-user",
        aliases: &["hadolint:DL3002", "trivy:DS-0002", "checkov:CKV_DOCKER_8"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(last) = document.file.final_stage() else { return };
    let is_user = |view: &InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::User;
    let of_image = document.chain_of(last.index).find(is_user).map(|user| user.index);
    for stage in &document.file.stages {
        let Some(user) = own_user(document, stage) else { continue };
        let Some(word) = user.instruction.word() else { continue };
        let Some(name) = user.expand(word).filter(|name| crate::base_images::is_root(name)) else { continue };
        if of_image == Some(user.index) {
            let message = format!("the image runs as `{name}`: no later USER takes root away");
            let finding = sink.report(word.span, message);
            finding.caption(format!("the image runs as `{name}`")).help("end the stage with a USER that is not root");
            if document.drops_root(last.index) {
                finding.pedantic();
            }
        } else {
            let title = stage.name.as_ref().map_or_else(|| stage.index.to_string(), |name| name.value.clone());
            sink.report(word.span, format!("stage `{title}` ends as `{name}`"))
                .caption(format!("the stage ends as `{name}`"))
                .help("end the stage with a USER that is not root")
                .pedantic();
        }
    }
}

fn own_user<'d>(document: &'d DockerDocument, stage: &Stage) -> Option<InstructionView<'d>> {
    let own = stage.instructions.clone().rev().map(|index| document.view(index));
    own.into_iter().find(|view| !view.onbuild && view.instruction.keyword == Keyword::User)
}
