//! `curl-insecure`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::remove;
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::source::Span;

crate::rule! {
    /// Flags `curl --insecure`.
    ///
    /// ## Why
    /// What is downloaded comes from a server that nobody has verified, and becomes part of the image.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN curl -fsSLk https://example.com/a | sh
    ///          ^^^^^^ the server is not verified
    /// ONBUILD RUN curl --insecure -o a https://example.com/a
    ///                  ^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN curl -fsSL https://example.com/a | sh
    /// ONBUILD RUN curl -o a https://example.com/a
    /// ```
    ///
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN curl -o k -fsSL https://example.com/a
    /// RUN curl -sk https://localhost:8443/health
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "curl -k https://example.com"
    /// ```
    pub RULE {
        name: "curl-insecure",
        aliases: &["checkov:CKV2_DOCKER_2"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["curl"], check)],
    }
}

/// Short options that take a value.
const VALUES: &[&str] = &[
    "o", "d", "H", "u", "A", "e", "b", "c", "F", "T", "X", "w", "x", "m", "K", "E", "C", "D", "Y", "y", "z", "r", "Q",
    "P", "t", "U", "output", "data", "header", "user", "request", "max-time", "retry", "proxy",
];

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(flag) = command.flags_with(VALUES).find(|flag| matches!(flag.name, "k" | "insecure")) else { return };
    let local = ["//localhost", "//127.0.0.1", "//[::1]"];
    if command.args.iter().any(|word| local.iter().any(|host| word.raw.contains(host))) {
        return;
    }
    let finding = sink.report(flag.span, "`curl` downloads from a server that it does not verify");
    finding.caption("the server is not verified").help("drop the option; give another authority with `--cacert`");
    if let Some(edit) = without(run, flag.span) {
        finding.fix(Safety::Unsafe, "Drop the option", vec![edit]);
    }
}

/// The edit that drops the option, alone or among other letters: `-sk` becomes `-s`.
fn without(run: InstructionView<'_>, span: Span) -> Option<(Span, String)> {
    let text = run.text(span);
    let is_letters = text.bytes().skip(1).all(|byte| byte.is_ascii_alphabetic());
    match text {
        "-k" | "--insecure" => remove(run, span),
        _ if is_letters && text.matches('k').count() == 1 => Some((span, text.replace('k', ""))),
        _ => None,
    }
}
