//! `zypper-interactive`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{ZYPPER, insert_after};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `zypper install` and its like without `-n`.
    ///
    /// ## Why
    /// `zypper` asks whether to go on. Nobody answers in a build: it stops.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN zypper install curl
    ///     ^^^^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN zypper -n install curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN zypper update
    ///             ^^^^^^^^^^^^^ asks before it goes on
    /// RUN <<EOF
    /// sudo zypper remove curl
    ///      ^^^^^^^^^^^^^ asks before it goes on
    /// EOF
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN zypper install -n curl && zypper -n install git
    /// RUN yes | zypper install make
    /// RUN zypper search install
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN zypper --non-interactive install curl && zypper in --no-confirm git && zypper refresh
    /// ```
    pub RULE {
        name: "zypper-interactive",
        aliases: &["hadolint:DL3034"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(ZYPPER.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = ZYPPER.asks(run, command) else { return };
    let what = format!("{} {}", command.program(), word.raw);
    let finding =
        sink.report(run.head(command, word), format!("`{what}` asks before it goes on, and nobody answers in a build"));
    finding.caption("asks before it goes on").help("add `-n`");
    if let Some(edit) = insert_after(run, &command.name, " -n") {
        finding.fix(Safety::Safe, "Insert `-n`", vec![edit]);
    }
}
