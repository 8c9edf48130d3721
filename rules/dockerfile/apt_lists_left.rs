//! `apt-lists-left`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT_LISTS, append};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags package lists that `apt-get update` leaves in the image.
    ///
    /// ## Why
    /// The lists take some 20 to 50 MB of the layer, grow old, and are of no use in the image. Only the `RUN` that
    /// wrote them can take them away again: a later one leaves them in the layer below.
    ///
    /// By default the rule speaks of stages that end up in the image; a stage that others are built on is shown when
    /// asked for, one that is only copied from never.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl
    ///     ^^^^^^^^^^^^^^ leaves its package lists
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// ```
    /// Removing them later does not help, nor does removing something else or removing them before:
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim AS base
    /// RUN rm -rf /var/lib/apt/lists/*; sudo apt update; rm -rf /tmp/*
    ///                                       ^^^^^^^^^^ leaves its package lists
    /// FROM base
    /// RUN rm -rf /var/lib/apt/lists/*
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim AS base
    /// RUN apt-get update
    ///     ^^^^^^^^^^^^^^ leaves its package lists
    /// FROM base AS build
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// RUN apt-get update && apt-get dist-clean
    /// RUN apt-get update && find /var/lib/apt/lists -type f -delete
    /// RUN apt-get update && rm -rf /var/lib/{apt,dpkg,cache,log}/
    /// RUN --mount=type=cache,target=/var/lib/apt apt-get update
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// RUN apt-get update
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    pub RULE {
        name: "apt-lists-left",
        aliases: &["hadolint:DL3009"],
        severity: Severity::Info, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(left) = APT_LISTS.left_by(run) else { continue };
        let message = format!("`{} update` leaves its package lists in the layer", left.command.program());
        let finding = sink.report(run.head(left.command, left.word), message);
        finding.caption("leaves its package lists").help("end the RUN with `rm -rf /var/lib/apt/lists/*`");
        if let Some(edit) = append(run, "rm -rf /var/lib/apt/lists/*") {
            finding.fix(Safety::Unsafe, "Remove the lists at the end of the RUN", vec![edit]);
        }
        if !left.ships {
            finding.pedantic();
        }
    }
}
