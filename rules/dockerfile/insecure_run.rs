//! `insecure-run`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `RUN --security=insecure`.
    ///
    /// ## Why
    /// The command runs with all rights over the machine that builds. BuildKit does so only where it is allowed to, so that
    /// it is meant as a rule; it is shown to whoever reviews the build.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN --security=insecure make
    ///     ^^^^^^^^^^^^^^^^^^^ has all rights over the machine
    /// ONBUILD RUN --mount=type=cache,target=/a --security=insecure make
    ///                                          ^^^^^^^^^^^^^^^^^^^ has all rights over the machine
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --security=sandbox make
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN docker build --security=insecure .
    /// ```
    pub RULE {
        name: "insecure-run",
        aliases: &[],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        if let Some(flag) = run.instruction.flag("security").filter(|flag| flag.text().eq_ignore_ascii_case("insecure"))
        {
            sink.report(flag.span, "RUN is given all rights over the machine that builds")
                .caption("has all rights over the machine")
                .help("drop the flag, or run the step outside of the image");
        }
    }
}
