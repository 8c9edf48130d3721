//! `yarn-cache-left`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{YARN_CACHE, append};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a cache that `yarn` leaves in the image.
    ///
    /// ## Why
    /// Indexes and packages stay in the layer and are of no use there. Only the `RUN` that wrote them can take them away again.
    ///
    /// By default the rule speaks of stages that end up in the image.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN yarn install --production
    ///     ^^^^^^^^^^^^ leaves its cache
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN yarn install --production && yarn cache clean
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN sudo yarn install --production; rm -rf /tmp/*
    ///                  ^^^^^^^^^^^^ leaves its cache
    /// RUN yarn cache clean && yarn install --production
    ///                         ^^^^^^^^^^^^ leaves its cache
    /// ```
    /// Without an option that only Yarn 1 has, which Yarn it is remains open:
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// RUN yarn install
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN yarn install --production && yarn cache clean
    /// RUN yarn install --production && rm -rf /usr/local/share/.cache/yarn/*
    /// RUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install --production
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1 AS build
    /// RUN yarn install --production
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    pub RULE {
        name: "yarn-cache-left",
        aliases: &["hadolint:DL3060"],
        severity: Severity::Info, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// Options that later versions do not have.
const YARN_1: &[&str] = &[
    "frozen-lockfile",
    "production",
    "prod",
    "pure-lockfile",
    "non-interactive",
    "ignore-engines",
    "ignore-optional",
    "no-progress",
    "network-timeout",
    "ignore-scripts",
    "no-lockfile",
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(left) = YARN_CACHE.left_by(run) else { continue };
        let message = format!("`{} {}` leaves its cache in the layer", left.command.program(), left.word.raw);
        let finding = sink.report(run.head(left.command, left.word), message);
        finding.caption("leaves its cache").help("end the RUN with `yarn cache clean`");
        if let Some(edit) = append(run, "yarn cache clean") {
            finding.fix(Safety::Safe, "Empty the cache at the end of the RUN", vec![edit]);
        }
        if !left.ships || !left.command.flags().any(|flag| YARN_1.contains(&flag.name)) {
            finding.pedantic();
        }
    }
}
