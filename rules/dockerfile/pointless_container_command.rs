//! `pointless-container-command`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags commands in `RUN` that make little sense while an image is built.
    ///
    /// ## Why
    /// What they do ends with the `RUN`: a service started, a file system mounted, a process killed. Some builds need just
    /// that, to set up a database for one; this is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN service postgresql start && createdb app
    ///     ^^^^^^^ ends with this RUN
    /// ONBUILD RUN sudo /bin/mount /dev/sda /mnt
    ///                  ^^^^^^^^^^ ends with this RUN
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get install -y vim ssh && ssh-keyscan example.com && command -v ps
    /// CMD ["top"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --mount=type=ssh ssh -T git@example.com
    /// RUN vim --version
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
    let program = command.program();
    let has_keys = run.instruction.mounts().any(|(_, mount)| mount.kind == "ssh");
    if program == "ssh" && has_keys || command.has_flag(&["version", "help"]) {
        return;
    }
    sink.report(
        command.name_span,
        format!("`{program}` makes little sense in a build: what it does ends with this RUN"),
    )
    .caption("ends with this RUN")
    .help("leave it to the running container");
}
