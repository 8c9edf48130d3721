//! `apt-dist-upgrade`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::APT;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get dist-upgrade`.
    ///
    /// ## Why
    /// It installs, upgrades and removes whatever the archive says on the day of the build, down to another release. A newer
    /// base image does the same once for all. Where it is a deliberate refresh of security updates, it is fine; this is why
    /// the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get -y dist-upgrade
    ///                                  ^^^^^^^^^^^^ changes packages
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get -y upgrade
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN echo apt-get dist-upgrade
    /// CMD ["apt-get", "dist-upgrade"]
    /// ```
    pub RULE {
        name: "apt-dist-upgrade",
        aliases: &["trivy:DS-0024"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = APT.runs(command, &["dist-upgrade"]) else { return };
    sink.report(word.span, format!("`{} dist-upgrade` changes packages as of the day", command.program()))
        .caption("changes packages as of the day")
        .help("use a newer base image");
}
