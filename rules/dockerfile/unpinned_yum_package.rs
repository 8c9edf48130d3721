//! `unpinned-yum-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{YUM, is_pinned_rpm, unpinned};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages of yum that is installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN yum install -y curl git-2.43
    ///                    ^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN yum install -y curl git-2.43
    ///                            ^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN yum install -y curl-7.76.1 ./own.rpm && yum update -y
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN yum install -y $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-yum-package",
        aliases: &["hadolint:DL3033"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(YUM.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = YUM.packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned_rpm) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}
