//! `wget-progress-noise`.
use crate::base_images::has_bash;
use crate::dockerfile::StageBase;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{insert_after, may_be_flags};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `wget` that writes its progress into the build log.
    ///
    /// ## Why
    /// Without a terminal `wget` writes a line for every 50 KB, hundreds for one download.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN wget -O a.tgz https://example.com/a.tgz
    ///     ^^^^ writes its progress
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN wget --progress=dot:giga -O a.tgz https://example.com/a.tgz
    /// ```
    /// The wget of Alpine's busybox has no such option:
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN wget https://example.com/a.tgz
    ///     ^^^^ writes its progress
    /// ```
    /// ```dockerfile fixed
    /// FROM alpine:3.22
    /// RUN wget https://example.com/a.tgz
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN wget -qO- https://example.com/a && wget -nv https://example.com/b && wget --progress=dot:mega https://example.com/c
    /// RUN wget -o wget.log https://example.com/a && wget https://example.com/b 2>/dev/null
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN wget $WGET_OPTS https://example.com/a && wget --version
    /// ```
    pub RULE {
        name: "wget-progress-noise",
        aliases: &["hadolint:DL3047"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["wget"], check)],
    }
}

const QUIET: [&str; 11] =
    ["progress", "q", "quiet", "o", "output-file", "a", "append-output", "no-verbose", "nv", "version", "help"];

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let is_redirected = command.redirects.iter().any(|to| to.writes() && (to.fd == Some(2) || to.op.starts_with('&')));
    if command.has_flag(&QUIET) || is_redirected || command.args.iter().any(may_be_flags) {
        return;
    }
    let finding = sink.report(command.name_span, "`wget` writes its progress into the build log");
    finding.caption("writes its progress into the log").help("add `-nv` or `-q`, or `--progress=dot:giga` of GNU wget");
    let is_gnu = run
        .instruction
        .stage
        .is_some_and(|stage| matches!(run.file().root_base(stage), StageBase::Image(image) if has_bash(image)));
    if is_gnu && let Some(edit) = insert_after(run, &command.name, " --progress=dot:giga") {
        finding.fix(Safety::Safe, "Insert `--progress=dot:giga`", vec![edit]);
    }
}
