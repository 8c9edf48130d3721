//! `apt-recommends-installed`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT, Manager, insert_after, may_be_flags};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get install` without `--no-install-recommends`.
    ///
    /// ## Why
    /// Packages that are only recommended are installed too, which can multiply the size of the layer. Some of them may be
    /// needed, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl
    ///                       ^^^^^^^^^^^^^^^ installs recommended packages
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install --no-install-recommends -y curl
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y --no-install-recommends curl
    /// RUN apt-get -o APT::Install-Recommends=false install -y curl
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/lean
    /// FROM base
    /// RUN apt-get install -y curl
    /// ```
    pub RULE {
        name: "apt-recommends-installed",
        aliases: &["hadolint:DL3015", "trivy:DS-0029"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = APT.runs(command, &["install"]) else { return };
    let refused = command.flags().any(|flag| flag.name == "no-install-recommends");
    // Options and configuration files say it alike.
    if refused || command.args.iter().any(may_be_flags) || Manager::is_written(run, "apt::install-recommends") {
        return;
    }
    let finding = sink
        .report(run.head(command, word), format!("`{} install` installs recommended packages too", command.program()));
    finding.caption("installs recommended packages").help("add `--no-install-recommends`");
    if let Some(edit) = insert_after(run, word, " --no-install-recommends") {
        finding.fix(Safety::Unsafe, "Insert `--no-install-recommends`", vec![edit]);
    }
}
