//! `apt-without-yes`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT, insert_after};
use crate::rule::{Check, Sink};
use crate::shell::{Command, ListOp};

crate::rule! {
    /// Flags `apt-get install` and its like without `-y`.
    ///
    /// ## Why
    /// As soon as something besides the named package has to be installed, `apt-get` asks whether to go on. Nobody
    /// answers in a build: it stops.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get --no-install-recommends install curl
    ///                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get --no-install-recommends install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ONBUILD RUN apt upgrade -q
    ///             ^^^^^^^^^^^ asks before it goes on
    /// RUN <<EOF
    /// /usr/bin/apt-get install \
    /// ^^^^^^^^^^^^^^^^^^^^^^^^ asks before it goes on
    ///   curl
    /// EOF
    /// RUN ["apt-get", "install", "curl"]
    ///      ^^^^^^^^^^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get -qq install curl && apt-get install -q=2 git && apt-get install --assume-yes jq
    /// RUN yes | apt-get install make
    /// RUN apt-get -o APT::Get::Assume-Yes=true install gcc
    /// RUN apt-get update --quiet && apt-cache policy install
    /// ```
    /// A configuration may say yes, and so may a variable:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// RUN echo 'APT::Get::Assume-Yes "true";' > /etc/apt/apt.conf.d/yes
    /// FROM base
    /// RUN apt-get install curl
    /// FROM debian:12.11-slim
    /// ARG APT_OPTIONS
    /// RUN apt-get install $APT_OPTIONS curl
    /// ```
    pub RULE {
        name: "apt-without-yes",
        aliases: &["hadolint:DL3014", "trivy:DS-0021"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = APT.asks(run, command) else { return };
    let what = format!("{} {}", command.program(), word.raw);
    let finding =
        sink.report(run.head(command, word), format!("`{what}` asks before it goes on, and a build answers no"));
    finding.caption("asks before it goes on").help("add `-y`");
    if let Some(edit) = insert_after(run, word, " -y") {
        finding.fix(Safety::Safe, "Insert `-y`", vec![edit]);
    }
    // `dpkg -i x.deb && apt-get -f install`: nothing is broken then, and nothing is asked.
    let names_packages = command.operands().any(|operand| operand.span != word.span);
    let repairs = command.has_flag(&["f", "fix-broken"]) && !names_packages;
    if repairs && command.within.before == Some(ListOp::And) {
        finding.pedantic();
    }
}
