//! `host-network-run`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `RUN --network=host`.
    ///
    /// ## Why
    /// The command reaches whatever listens on the machine that builds, and the build works nowhere else. BuildKit does so
    /// only where it is allowed to, so that it is meant as a rule; it is shown to whoever reviews the build.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN --network=host make
    ///     ^^^^^^^^^^^^^^ uses the network of the machine
    /// ONBUILD RUN --mount=type=cache,target=/a --network=host make
    ///                                          ^^^^^^^^^^^^^^ uses the network of the machine
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --network=none make
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN docker build --network=host .
    /// ```
    pub RULE {
        name: "host-network-run",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        if let Some(flag) = run.instruction.flag("network").filter(|flag| flag.text().eq_ignore_ascii_case("host")) {
            sink.report(flag.span, "RUN uses the network of the machine that builds")
                .caption("uses the network of the machine")
                .help("drop the flag");
        }
    }
}
