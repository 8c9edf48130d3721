//! `zypper-dist-upgrade`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::ZYPPER;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `zypper dist-upgrade` and `zypper dup`.
    ///
    /// ## Why
    /// It brings the whole image to the state of the repositories on the day of the build. A newer base image does the same
    /// once for all. Where it is a deliberate refresh of security updates, it is fine; this is why the rule is not on by
    /// default.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/tumbleweed
    /// RUN zypper -n dup && zypper --non-interactive dist-upgrade
    ///               ^^^ changes packages
    ///                                               ^^^^^^^^^^^^ changes packages
    /// ```
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n update && zypper -n patch
    /// ```
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n install dup
    /// ```
    pub RULE {
        name: "zypper-dist-upgrade",
        aliases: &["hadolint:DL3035"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(ZYPPER.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = ZYPPER.runs(command, &["dist-upgrade", "dup"]) else { return };
    sink.report(word.span, format!("`zypper {}` changes packages as of the day", word.raw))
        .caption("changes packages as of the day")
        .help("use a newer base image");
}
