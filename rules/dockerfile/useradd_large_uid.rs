//! `useradd-large-uid`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::insert_after;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `useradd` with a large user id and without `--no-log-init`.
    ///
    /// ## Why
    /// `useradd` makes room in `/var/log/faillog` and `/var/log/lastlog` for every id up to the new one. The files are sparse,
    /// but the image's layers are not: an id of six digits or more makes the image grow by megabytes to gigabytes.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN useradd -m -u 1000660000 app
    ///                ^^^^^^^^^^^^^ makes the layer grow
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN useradd --no-log-init -m -u 1000660000 app
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ONBUILD RUN useradd --uid=123456 app
    ///                     ^^^^^^^^^^^^ makes the layer grow
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN useradd -u 65532 app && useradd -lu 123456 b && useradd --no-log-init --uid 123456 c
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG USER_ID
    /// RUN useradd -u ${USER_ID} app && adduser --uid 1234567 b
    /// ```
    pub RULE {
        name: "useradd-large-uid",
        aliases: &["hadolint:DL3046"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["useradd"], check)],
    }
}

const VALUES: &[&str] = &[
    "u",
    "uid",
    "g",
    "gid",
    "G",
    "groups",
    "d",
    "home-dir",
    "home",
    "c",
    "comment",
    "s",
    "shell",
    "b",
    "base-dir",
    "e",
    "expiredate",
    "f",
    "inactive",
    "k",
    "skel",
    "K",
    "key",
    "p",
    "password",
    "R",
    "root",
    "P",
    "prefix",
    "Z",
];

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let flags: Vec<_> = command.flags_with(VALUES).collect();
    if flags.iter().any(|flag| matches!(flag.name, "l" | "no-log-init")) {
        return;
    }
    let Some(flag) = flags.iter().find(|flag| matches!(flag.name, "u" | "uid")) else { return };
    let Some(id) = flag.value.filter(|id| id.len() > 5 && id.bytes().all(|byte| byte.is_ascii_digit())) else { return };
    let span = flag.value_word.map_or(flag.span, |word| flag.span.cover(word.span)).first_line(&run.file().text);
    let finding =
        sink.report(span, format!("`useradd` with the id {id} makes the layer grow: it logs every id up to it"));
    finding.caption("makes the layer grow").help("add `--no-log-init`");
    if let Some(edit) = insert_after(run, &command.name, " --no-log-init") {
        finding.fix(Safety::Safe, "Insert `--no-log-init`", vec![edit]);
    }
}
