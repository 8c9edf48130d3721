//! `unpinned-dnf-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::DNF_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that dnf or microdnf installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. A version that the repository drops stops the build, which is why
    /// the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM fedora:43
    /// RUN dnf -y install git && dnf clean all
    ///                    ^^^ no version
    /// RUN microdnf install -y --nodocs httpd-2.4.57 jq
    ///                                               ^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM fedora:43
    /// RUN dnf install -y httpd-2.4.57 ./own.rpm @core && dnf group install "Development Tools"
    /// RUN dnf module install -y nodejs:20
    /// ```
    /// ```dockerfile good
    /// FROM fedora:43
    /// RUN dnf install -y httpd-${HTTPD_VERSION} $PACKAGES && dnf upgrade -y
    /// ```
    pub RULE {
        name: "unpinned-dnf-package",
        aliases: &["hadolint:DL3041"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["dnf", "dnf5", "microdnf", "tdnf"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = DNF_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("dnf installs {} without a version", found.names))
        .caption("no version")
        .help("write `name-version`");
}
