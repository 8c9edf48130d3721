//! `unpinned-apt-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{APT, unpinned};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Debian packages that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN apt-get install -y -t stable curl git=1:2.39
    ///                                  ^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN apt-get install -y -t stable curl git=1:2.39
    ///                                          ^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apt-get install -y curl=7.88.1-10 git/stable ./own.deb
    /// RUN apt-get remove curl
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN apt-get install -y $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-apt-package",
        aliases: &["hadolint:DL3008"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = APT.packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

fn is_pinned(text: &str) -> bool {
    // A trailing `-` removes the package.
    text.contains(['=', '/']) || text.ends_with(".deb") || text.ends_with('-')
}
