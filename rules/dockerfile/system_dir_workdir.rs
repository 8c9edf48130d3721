//! `system-dir-workdir`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a working directory in a folder of the system: `/proc`, `/sys`, `/dev`, `/boot`.
    ///
    /// ## Why
    /// These are the kernel's or the machine's, and mounted over when a container starts: what is put there is gone.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// WORKDIR "/proc/self"
    ///         ^^^^^^^^^^^^ belongs to the system
    /// WORKDIR /dev
    ///         ^^^^ belongs to the system
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// WORKDIR /development
    /// WORKDIR /srv/proc
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG DIR
    /// WORKDIR $DIR/dev
    /// ```
    pub RULE {
        name: "system-dir-workdir",
        aliases: &["trivy:DS-0030"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Workdir], check)],
    }
}

const SYSTEM: [&str; 6] = ["/proc", "/sys", "/boot", "/dev", "/initrd", "/lost+found"];

fn check(workdir: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = workdir.instruction.word() else { return };
    let Some(path) = workdir.expand(word) else { return };
    let inside =
        |folder: &&&str| path.strip_prefix(**folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if let Some(folder) = SYSTEM.iter().find(inside) {
        sink.report(
            word.span.first_line(&workdir.file().text),
            format!("working directory `{path}` lies in `{folder}`, which belongs to the system"),
        )
        .caption("belongs to the system")
        .help("work in a folder of your own");
    }
}
