//! `apk-cache-left`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APK_CACHE, insert_after};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a cache that `apk` leaves in the image.
    ///
    /// ## Why
    /// Indexes and packages stay in the layer and are of no use there. Only the `RUN` that wrote them can take them away again.
    ///
    /// By default the rule speaks of stages that end up in the image.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN apk add curl
    ///     ^^^^^^^ leaves its cache
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN apk add --no-cache curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN sudo apk add curl; rm -rf /tmp/*
    ///                  ^^^^^^^ leaves its cache
    /// RUN apk cache clean && apk add git
    ///                        ^^^^^^^ leaves its cache
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apk --no-cache add curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apk add curl && apk cache clean
    /// RUN apk add curl && rm -rf /var/cache/apk/*
    /// RUN --mount=type=cache,target=/var/cache/apk apk add curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1 AS build
    /// RUN apk add curl
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    pub RULE {
        name: "apk-cache-left",
        aliases: &["hadolint:DL3019", "trivy:DS-0025"],
        severity: Severity::Info, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(left) = APK_CACHE.left_by(run) else { continue };
        let message = format!("`{} {}` leaves its cache in the layer", left.command.program(), left.word.raw);
        let finding = sink.report(run.head(left.command, left.word), message);
        finding.caption("leaves its cache").help("add `--no-cache`");
        if let Some(edit) = insert_after(run, left.word, " --no-cache") {
            finding.fix(Safety::Safe, "Insert `--no-cache`", vec![edit]);
        }
        if !left.ships {
            finding.pedantic();
        }
    }
}
