//! `dnf-without-yes`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{DNF, insert_after};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `dnf install` and its like without `-y`.
    ///
    /// ## Why
    /// `dnf` asks whether to go on. Nobody answers in a build: it stops.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN dnf install curl
    ///     ^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN dnf install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN dnf update
    ///             ^^^^^^^^^^ asks before it goes on
    /// RUN <<EOF
    /// sudo dnf remove curl
    ///      ^^^^^^^^^^ asks before it goes on
    /// EOF
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN dnf install -y curl && dnf -y install git
    /// RUN yes | dnf install make
    /// RUN dnf search install
    /// ```
    /// Older `microdnf` never asks, so it is shown only when asked for:
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN microdnf install curl
    ///     ^^^^^^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile good default
    /// FROM example.com/base:1
    /// RUN microdnf install curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN dnf install --assumeyes curl && dnf --setopt=assumeyes=True install git
    /// ```
    pub RULE {
        name: "dnf-without-yes",
        aliases: &["hadolint:DL3038"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(DNF.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = DNF.asks(run, command) else { return };
    let what = format!("{} {}", command.program(), word.raw);
    let finding =
        sink.report(run.head(command, word), format!("`{what}` asks before it goes on, and nobody answers in a build"));
    finding.caption("asks before it goes on").help("add `-y`");
    if let Some(edit) = insert_after(run, word, " -y") {
        finding.fix(Safety::Safe, "Insert `-y`", vec![edit]);
    }
    if command.program() == "microdnf" {
        finding.pedantic();
    }
}
