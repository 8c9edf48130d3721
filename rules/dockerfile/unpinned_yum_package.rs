//! `unpinned-yum-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::YUM_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that yum installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. A version that the repository drops stops the build, which is why
    /// the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM rockylinux:9.3
    /// RUN yum install -y --setopt=tsflags=nodocs httpd-2.4.57 git-lfs && yum clean all
    ///                                                         ^^^^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM rockylinux:9.3
    /// RUN yum install -y httpd-2.4.57 bash-5.1.8-6.el9 ./own.rpm @development https://example.com/a.rpm
    /// RUN yum -y groupinstall "Development Tools" && yum update -y && yum remove -y git
    /// ```
    /// ```dockerfile good
    /// FROM rockylinux:9.3
    /// RUN yum install -y httpd-${HTTPD_VERSION} $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-yum-package",
        aliases: &["hadolint:DL3033"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["yum"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = YUM_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("yum installs {} without a version", found.names))
        .caption("no version")
        .help("write `name-version`");
}
