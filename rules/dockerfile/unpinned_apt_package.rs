//! `unpinned-apt-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::APT_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that apt installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. A pin has its price: distributions drop old versions from their
    /// archives, and the build then fails. This is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y --no-install-recommends curl=7.88.1-10 git ca-certificates
    ///                                                                                 ^^^ no version
    /// ONBUILD RUN sudo apt install -t bookworm-backports -y vim
    ///                                                       ^^^ no version
    /// RUN ["apt-get", "install", "-y", "jq"]
    ///                                  ^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y curl=7.88.1-10+deb12u5 git/bookworm ./local.deb
    /// RUN apt-get update && apt-get remove -y curl && apt-cache policy git
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG CURL=7.88.1-10
    /// RUN apt-get install -y curl="$CURL" $PACKAGES $(cat packages.txt)
    /// ```
    pub RULE {
        name: "unpinned-apt-package",
        aliases: &["hadolint:DL3008"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["apt-get", "apt", "aptitude"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = APT_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("apt installs {} without a version", found.names))
        .caption("no version")
        .help("write `name=version`, or pin the base image by digest and accept its packages");
}
