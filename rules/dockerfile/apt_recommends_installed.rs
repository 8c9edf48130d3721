//! `apt-recommends-installed`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT, insert_after};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get install` that takes recommended packages along.
    ///
    /// ## Why
    /// Recommended packages are often many times as large as what was asked for. Some of them may be needed, which is why the
    /// rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get install -y curl
    ///                            ^^^^^^^^^^^^^^^ takes recommended packages along
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get install --no-install-recommends -y curl
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y --no-install-recommends curl && apt-get -o APT::Install-Recommends=false install -y git
    /// RUN aptitude install -R curl
    /// ```
    /// A configuration may say so, and so may a variable:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/no-recommends
    /// FROM base
    /// RUN apt-get install -y curl
    /// FROM debian:12.11-slim
    /// RUN apt-get install $APT_OPTIONS curl
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
    let Some(word) = APT.takes_recommends(command) else { return };
    let configures = |view: &InstructionView<'_>| {
        let text = view.text(view.instruction.span).to_ascii_lowercase();
        text.contains("apt::install-recommends") || text.contains("apt.conf")
    };
    if configures(&run) || run.earlier().any(|view| configures(&view)) {
        return;
    }
    let what = format!("{} {}", command.program(), word.raw);
    let finding = sink.report(run.head(command, word), format!("`{what}` takes recommended packages along"));
    finding.caption("takes recommended packages along").help("add `--no-install-recommends`");
    if let Some(edit) = insert_after(run, word, " --no-install-recommends") {
        finding.fix(Safety::Unsafe, "Insert `--no-install-recommends`", vec![edit]);
    }
}
