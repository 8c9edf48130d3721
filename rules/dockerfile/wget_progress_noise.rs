//! `wget-progress-noise`.
use crate::base_images::has_bash;
use crate::dockerfile::StageBase;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::insert_after;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `wget` that fills the log with its progress bar.
    ///
    /// ## Why
    /// Where there is no terminal the bar becomes thousands of lines.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN wget -O a https://example.com/a
    ///     ^^^^ fills the log
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN wget --progress=dot:giga -O a https://example.com/a
    /// ```
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// ONBUILD RUN wget https://example.com/a
    ///             ^^^^ fills the log
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN wget -qO- https://example.com/a && wget -nv https://example.com/a
    /// RUN wget --progress=dot:giga https://example.com/a && wget --no-verbose https://example.com/a
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN wget -o log https://example.com/a && curl https://example.com/a
    /// ```
    pub RULE {
        name: "wget-progress-noise",
        aliases: &["hadolint:DL3047"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["wget"], check)],
    }
}

const QUIET: &[&str] =
    &["progress", "q", "quiet", "o", "output-file", "a", "append-output", "no-verbose", "nv", "version", "help"];

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    if command.has_flag(QUIET) || command.args.iter().any(crate::packages::may_be_flags) {
        return;
    }
    let finding = sink.report(command.name_span, "`wget` fills the build's log with its progress");
    finding.caption("fills the log").help("add `--progress=dot:giga`, or `-q` where wget is that of BusyBox");
    let is_gnu = run.instruction.stage.is_some_and(|stage| match run.file().root_base(stage) {
        StageBase::Image(image) => has_bash(image),
        _ => false,
    });
    if let Some(edit) = insert_after(run, &command.name, " --progress=dot:giga").filter(|_| is_gnu) {
        finding.fix(Safety::Safe, "Insert `--progress=dot:giga`", vec![edit]);
    }
}
