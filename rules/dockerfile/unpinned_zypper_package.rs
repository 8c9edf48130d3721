//! `unpinned-zypper-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{ZYPPER, unpinned};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages of zypper that is installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN zypper -n install curl git=2.43
    ///                       ^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN zypper -n install curl git=2.43
    ///                               ^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN zypper -n in curl=8.6.0 "git>2.40" own.rpm
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN zypper -n install $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-zypper-package",
        aliases: &["hadolint:DL3037"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(ZYPPER.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = ZYPPER.packages(command);
    let Some((span, what)) = unpinned(&packages, |text| text.contains(['=', '<', '>', '/']) || text.ends_with(".rpm"))
    else {
        return;
    };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}
