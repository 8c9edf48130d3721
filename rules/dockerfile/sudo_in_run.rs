//! `sudo-in-run`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::source::Span;

crate::rule! {
    /// Flags `sudo` in `RUN`.
    ///
    /// ## Why
    /// `RUN` is root already unless `USER` says otherwise, so `sudo` does nothing but bring along a program that lets
    /// an attacker become root later. Where root is needed after `USER`, switch with `USER root` and back.
    ///
    /// By default the rule speaks only where the step is surely root: images that come with another user (as those for
    /// development containers do) need `sudo`.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN sudo apt-get update
    ///     ^^^^ `sudo` does nothing here
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    /// ```
    /// In a pipe, in a heredoc, after other wrappers:
    /// ```dockerfile bad default
    /// FROM vendor.example.com/base:1 AS base
    /// USER root
    /// FROM base
    /// RUN echo deb | env A=1 sudo -E tee /etc/apt/sources.list
    ///                        ^^^^ `sudo` does nothing here
    /// RUN <<EOF
    /// sudo -u postgres createdb app
    /// sudo ldconfig
    /// ^^^^ `sudo` does nothing here
    /// EOF
    /// ```
    /// The user is not known, so this is shown only when asked for:
    /// ```dockerfile bad
    /// FROM mcr.microsoft.com/devcontainers/base:bookworm
    /// RUN sudo apt-get update
    ///     ^^^^ `sudo` is run
    /// ONBUILD RUN sudo make
    ///             ^^^^ `sudo` is run
    /// ```
    /// ```dockerfile good default
    /// FROM mcr.microsoft.com/devcontainers/base:bookworm
    /// RUN sudo apt-get update
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// USER app
    /// RUN sudo apt-get update
    /// ```
    /// Installing it is not running it:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y sudo && echo "sudo make me a sandwich"
    /// ```
    pub RULE {
        name: "sudo-in-run",
        aliases: &["hadolint:DL3004", "trivy:DS-0010", "checkov:CKV2_DOCKER_1"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["*"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let wrapper = command.wrapped_by("sudo");
    let Some(span) = wrapper.map(|sudo| sudo.span).or((command.program() == "sudo").then_some(command.name_span))
    else {
        return;
    };
    let changes_user = wrapper.is_none_or(|sudo| sudo.args.iter().any(|word| is_user_option(word.known_prefix())));
    let root = !run.onbuild && run.document.user_before(run.instruction.stage, run.index).is_root();
    if !root || changes_user {
        sink.report(span, "`sudo` is run in the build")
            .caption("`sudo` is run")
            .help("switch with `USER root` before the step that needs root, and back after it")
            .pedantic();
        return;
    }
    let finding = sink.report(span, format!("`sudo {}` runs as root already", command.program()));
    finding.caption("`sudo` does nothing here").help("drop `sudo`");
    let alone = wrapper.is_some_and(|sudo| sudo.args.is_empty()) && run.text(span) == "sudo";
    let next = run.file().text[span.end as usize..].find(|c| c != ' ');
    if let (true, Some(blanks @ 1..)) = (alone, next) {
        let edit = Span { start: span.start, end: span.end + blanks as u32 };
        finding.fix(Safety::Safe, "Drop `sudo`", vec![(edit, String::new())]);
    }
}

/// Whether an option of `sudo` names another user or group.
fn is_user_option(text: &str) -> bool {
    let letters = text.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
    letters.is_some_and(|letters| letters.contains(['u', 'g']))
        || text.starts_with("--user")
        || text.starts_with("--group")
}
