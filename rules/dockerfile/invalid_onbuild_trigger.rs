//! `invalid-onbuild-trigger`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ONBUILD` before `ONBUILD`, `FROM` or `MAINTAINER`.
    ///
    /// ## Why
    /// These cannot be put off to another build; this build fails.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ONBUILD FROM debian:13
    ///         ^^^^ cannot be put off
    /// ONBUILD MAINTAINER me
    ///         ^^^^^^^^^^ cannot be put off
    /// ONBUILD ONBUILD RUN true
    ///         ^^^^^^^ cannot be put off
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ONBUILD RUN true
    /// ONBUILD COPY --from=build /app /app
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// # ONBUILD FROM x
    /// RUN echo ONBUILD FROM x
    /// ```
    pub RULE {
        name: "invalid-onbuild-trigger",
        aliases: &["hadolint:DL3043"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::From, Keyword::Maintainer, Keyword::Onbuild]) {
        if view.onbuild {
            let name = view.instruction.keyword.as_str();
            sink.report(view.instruction.keyword_span, format!("ONBUILD cannot put off {name}"))
                .caption("cannot be put off")
                .help("remove the instruction, or its ONBUILD");
        }
    }
}
