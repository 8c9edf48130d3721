//! `setuid-bit`.
use crate::checks;
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::source::Span;

crate::rule! {
    /// Flags `chmod u+s` and its like: programs that run as their owner, whoever starts them.
    ///
    /// ## Why
    /// A program that belongs to root and has this bit is root's for every user of the container; a fault in it is a way
    /// to root. Give the one capability that it needs with `setcap`, or start it as the user that may do what it does.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN chmod u+s /usr/bin/ping && chmod 4755 /usr/bin/mount
    ///           ^^^ gives every user the rights of the owner
    ///                                      ^^^^ gives every user the rights of the owner
    /// COPY --chmod=6755 tool /usr/bin/
    ///              ^^^^ gives every user the rights of the owner
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN chmod u-s /usr/bin/ping && chmod 0755 /a && chmod 1777 /tmp && chmod g+s /shared
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN chmod a+rx,o-s /a && chmod $MODE /b && chmod --reference=/a /c
    /// ```
    pub RULE {
        name: "setuid-bit",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["chmod"], check), Check::Instruction(&[Keyword::Copy, Keyword::Add], check_copy)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    checks::chmod_mode(command, sets_user, report, sink);
}

fn check_copy(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    checks::copy_mode(copy, sets_user, report, sink);
}

fn report(span: Span, mode: &str, sink: &mut Sink<'_>) {
    sink.report(span, format!("mode `{mode}` gives every user the rights of the owner"))
        .caption("gives every user the rights of the owner")
        .help("use `setcap` for the one capability that is needed");
}

fn sets_user(mode: &str) -> bool {
    match checks::octal_mode(mode) {
        Some(bits) => bits & 0o4000 != 0,
        None => checks::granting_clauses(mode)
            .any(|(who, what)| (who.is_empty() || who.contains(['u', 'a'])) && what.contains('s')),
    }
}
