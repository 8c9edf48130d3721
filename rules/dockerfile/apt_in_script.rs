//! `apt-in-script`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::source::Span;

crate::rule! {
    /// Flags `apt` in `RUN`.
    ///
    /// ## Why
    /// `apt` is for people: its output and options may change between versions, and it says so itself. `apt-get` and
    /// `apt-cache` stay as they are.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt update && sudo apt full-upgrade -y && apt list
    ///     ^^^ `apt` is for people
    ///                        ^^^ `apt` is for people
    ///                                               ^^^ `apt` is for people
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get dist-upgrade -y && apt list
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-cache policy curl
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN ls /etc/apt && echo apt
    /// ```
    pub RULE {
        name: "apt-in-script",
        aliases: &["hadolint:DL3027", "checkov:CKV_DOCKER_9"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["apt"], check)],
    }
}

/// Subcommands that `apt-get` has as well, and its words for them.
const SAME: &[(&str, &str)] = &[
    ("install", "install"),
    ("update", "update"),
    ("upgrade", "upgrade"),
    ("remove", "remove"),
    ("purge", "purge"),
    ("autoremove", "autoremove"),
    ("clean", "clean"),
    ("full-upgrade", "dist-upgrade"),
];

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let finding = sink.report(command.name_span, "`apt` is for people: its output and options may change");
    finding.caption("`apt` is for people").help("use `apt-get` or `apt-cache`");
    let Some(word) = command.subcommand(crate::packages::APT.values) else { return };
    let Some((own, other)) = SAME.iter().find(|(own, _)| word.is(own)) else { return };
    let is_plain = run.instruction.json_words().is_none() && run.text(command.name_span) == command.name.raw;
    if !is_plain || run.text(word.span) != *own {
        return;
    }
    let mut edits = vec![(Span::empty(command.name_span.end as usize), "-get".to_owned())];
    if own != other {
        edits.push((word.span, (*other).to_owned()));
    }
    finding.fix(Safety::Safe, "Use `apt-get`", edits);
}
