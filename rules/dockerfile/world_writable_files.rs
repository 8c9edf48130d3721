//! `world-writable-files`.
use crate::checks;
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::source::Span;

crate::rule! {
    /// Flags files that anyone may write: `chmod 777`.
    ///
    /// ## Why
    /// Any process in the container, whatever its user, may change them, programs and configuration among them. Give them to
    /// the user or group that needs them. Images that run as any user need it now and then, which is why the rule is not on
    /// by default. A directory with the sticky bit (`1777`), as `/tmp` is, passes.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN mkdir /data && chmod -R 0777 /data
    ///                             ^^^^ lets anyone write
    /// RUN chmod a+rwx,u+x run.sh && chmod o=rw /log
    ///           ^^^^^^^^^ lets anyone write
    ///                                     ^^^^ lets anyone write
    /// COPY --chmod=666 a.conf /etc/
    ///              ^^^ lets anyone write
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN chmod 0755 /app && chmod 1777 /tmp && chmod -R g+w /data && chmod o-w /a && chmod +x run.sh
    /// COPY --chmod=u=rwx,go=rx run.sh /
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN chmod $MODE /data && chmod --reference=/a /b && chmod a=rx /c
    /// ```
    pub RULE {
        name: "world-writable-files",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["chmod"], check), Check::Instruction(&[Keyword::Copy, Keyword::Add], check_copy)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    checks::chmod_mode(command, lets_anyone_write, report, sink);
}

fn check_copy(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    checks::copy_mode(copy, lets_anyone_write, report, sink);
}

fn report(span: Span, mode: &str, sink: &mut Sink<'_>) {
    sink.report(span, format!("mode `{mode}` lets anyone write"))
        .caption("lets anyone write")
        .help("give the files to the user or group that writes them");
}

fn lets_anyone_write(mode: &str) -> bool {
    match checks::octal_mode(mode) {
        Some(bits) => bits & 0o002 != 0 && bits & 0o1000 == 0,
        None if mode.contains('t') => false,
        None => checks::granting_clauses(mode).any(|(who, what)| who.contains(['a', 'o']) && what.contains('w')),
    }
}
