//! `apt-dist-upgrade`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::APT;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get dist-upgrade`, which upgrades the whole system.
    ///
    /// ## Why
    /// It takes whatever the repositories hold on the day of the build, and may replace or remove packages of the base image. A
    /// newer base image does the same in a way that can be repeated. Often this is a deliberate security refresh, which is why
    /// this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN apt-get dist-upgrade -y
    ///     ^^^^^^^^^^^^^^^^^^^^ upgrades the whole system
    /// ONBUILD RUN sudo apt-get dist-upgrade
    ///                  ^^^^^^^^^^^^^^^^^^^^ upgrades the whole system
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apt-get upgrade -y && apt-get dist-clean
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo apt-get dist-upgrade
    /// ```
    pub RULE {
        name: "apt-dist-upgrade",
        aliases: &["trivy:DS-0024"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = APT.runs(command, &["dist-upgrade", "full-upgrade"]) else { return };
    let what = format!("{} {}", command.program(), word.raw);
    sink.report(run.head(command, word), format!("`{what}` upgrades the whole system"))
        .caption("upgrades the whole system")
        .help("take a newer base image");
}
