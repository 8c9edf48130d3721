//! `apt-in-script`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::APT;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt` in `RUN`, where `apt-get` is meant for scripts.
    ///
    /// ## Why
    /// `apt` is for people: what it prints, and what its options do, may change between versions, and it says so itself.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt update && sudo apt install -y curl
    ///     ^^^ is meant for people
    ///                        ^^^ is meant for people
    /// RUN apt -y full-upgrade
    ///     ^^^ is meant for people
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update && sudo apt-get install -y curl
    /// RUN apt-get -y dist-upgrade
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt list --installed
    ///     ^^^ is meant for people
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt list --installed
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-cache policy apt && ls /etc/apt
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y apt
    /// CMD ["apt", "list"]
    /// ```
    pub RULE {
        name: "apt-in-script",
        aliases: &["hadolint:DL3027", "checkov:CKV_DOCKER_9"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["apt"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let finding = sink.report(command.name_span, "`apt` is meant for people, not for scripts");
    finding.caption("is meant for people").help("use `apt-get` or `apt-cache`");
    let Some(word) = command.subcommand(APT.values) else { return };
    let same = ["install", "reinstall", "update", "upgrade", "remove", "purge", "autoremove", "build-dep"];
    let mut edits = vec![(command.name_span, "apt-get".to_owned())];
    match word.literal() {
        Some(name) if same.contains(&name) => {}
        Some("full-upgrade") => edits.push((word.span, "dist-upgrade".to_owned())),
        _ => return,
    }
    if run.text(command.name_span) == "apt" && edits.iter().skip(1).all(|(span, _)| run.text(*span) == word.raw) {
        finding.fix(Safety::Safe, "Use `apt-get`", edits);
    }
}
