//! `pointless-container-command`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags commands in `RUN` that make little sense in a container: `free`, `kill`, `mount`, `ps`, `service`, `shutdown`,
    /// `ssh`, `top`, `vim`.
    ///
    /// ## Why
    /// Nothing runs in a build but the build, and what a `RUN` starts ends with it. Some builds have a real use for one of these
    /// (a database that is filled, say), which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN service postgresql start && sudo /bin/mount /dev/sda1 /mnt
    ///     ^^^^^^^ makes little sense in a build
    ///                                      ^^^^^^^^^^ makes little sense in a build
    /// ONBUILD RUN top
    ///             ^^^ makes little sense in a build
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y vim ssh && ssh-keyscan example.com && echo ps
    /// ```
    /// With power over the builder `mount` works:
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1-labs
    /// FROM debian:12.11-slim
    /// RUN --security=insecure mount -t tmpfs none /mnt
    /// ```
    pub RULE {
        name: "pointless-container-command",
        aliases: &["hadolint:DL3001"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    if run.instruction.flag("security").is_some() {
        return;
    }
    sink.report(command.name_span, format!("`{}` makes little sense in a build", command.program()))
        .caption("makes little sense in a build")
        .help("start services when the container starts");
}
