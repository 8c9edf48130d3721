//! `unpinned-zypper-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::ZYPPER_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that zypper installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. A version that the repository drops stops the build, which is why
    /// the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n install --from repo httpd=2.4.46 git
    ///                                                ^^^ no version
    /// RUN zypper -n in "gcc" && zypper clean
    ///                  ^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n install httpd=2.4.46 'git>=2' ./own.rpm -vim
    /// ```
    /// ```dockerfile good
    /// FROM opensuse/leap:15.6
    /// RUN zypper -n install httpd=${HTTPD_VERSION} $PACKAGES && zypper -n remove git
    /// ```
    pub RULE {
        name: "unpinned-zypper-package",
        aliases: &["hadolint:DL3037"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["zypper"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = ZYPPER_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("zypper installs {} without a version", found.names))
        .caption("no version")
        .help("write `name=version`");
}
