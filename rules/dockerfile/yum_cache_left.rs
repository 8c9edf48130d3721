//! `yum-cache-left`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{YUM_CACHE, append};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a cache that `yum` leaves in the image.
    ///
    /// ## Why
    /// Indexes and packages stay in the layer and are of no use there. Only the `RUN` that wrote them can take them away again.
    ///
    /// By default the rule speaks of stages that end up in the image.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN yum install curl
    ///     ^^^^^^^^^^^ leaves its cache
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN yum install curl && yum clean all
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN sudo yum install curl; rm -rf /tmp/*
    ///                  ^^^^^^^^^^^ leaves its cache
    /// RUN yum clean all && yum install git
    ///                      ^^^^^^^^^^^ leaves its cache
    /// ```
    ///
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN yum install curl && yum clean all
    /// RUN yum install curl && rm -rf /var/cache/yum/*
    /// RUN --mount=type=cache,target=/var/cache/yum yum install curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1 AS build
    /// RUN yum install curl
    /// FROM scratch
    /// COPY --from=build /app /app
    /// ```
    pub RULE {
        name: "yum-cache-left",
        aliases: &["hadolint:DL3032", "trivy:DS-0015"],
        severity: Severity::Info, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(left) = YUM_CACHE.left_by(run) else { continue };
        let message = format!("`{} {}` leaves its cache in the layer", left.command.program(), left.word.raw);
        let finding = sink.report(run.head(left.command, left.word), message);
        finding.caption("leaves its cache").help("end the RUN with `yum clean all`");
        if let Some(edit) = append(run, "yum clean all") {
            finding.fix(Safety::Safe, "Empty the cache at the end of the RUN", vec![edit]);
        }
        if !left.ships {
            finding.pedantic();
        }
    }
}
