//! `shell-changed-by-link`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags a link put in the place of `/bin/sh`.
    ///
    /// ## Why
    /// `SHELL ["/bin/bash", "-c"]` says which shell runs the following instructions, and leaves the image's own scripts the
    /// shell they were written for.
    ///
    /// ```dockerfile bad
    /// FROM ubuntu:24.04
    /// RUN ln -sf /bin/bash /bin/sh
    ///                      ^^^^^^^ is replaced by a link
    /// ONBUILD RUN sudo ln -sf bash /usr/bin/sh
    ///                              ^^^^^^^^^^^ is replaced by a link
    /// ```
    /// ```dockerfile good
    /// FROM ubuntu:24.04
    /// SHELL ["/bin/bash", "-c"]
    /// RUN ln -s /bin/sh /bin/shell
    /// ```
    /// ```dockerfile good
    /// FROM ubuntu:24.04
    /// RUN ls -l /bin/sh
    /// ```
    pub RULE {
        name: "shell-changed-by-link",
        aliases: &["hadolint:DL4005"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["ln"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let operands: Vec<_> = command.operands().collect();
    let Some(link) =
        operands.last().filter(|link| operands.len() > 1 && (link.is("/bin/sh") || link.is("/usr/bin/sh")))
    else {
        return;
    };
    sink.report(link.span, "the image's `/bin/sh` is replaced by a link")
        .caption("is replaced by a link")
        .help("name the shell with SHELL");
}
