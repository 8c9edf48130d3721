//! `shell-changed-by-link`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags a link put in the place of `/bin/sh`.
    ///
    /// ## Why
    /// Every script of the image that is written for `/bin/sh` runs by another shell then. `SHELL` changes it for the
    /// instructions of this file only.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN rm /bin/sh && ln -s /bin/bash /bin/sh
    ///                                   ^^^^^^^ is replaced
    /// ONBUILD RUN ln -sf bash "/bin/sh"
    ///                         ^^^^^^^^^ is replaced
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// SHELL ["/bin/bash", "-c"]
    /// RUN ln -s /bin/bash /usr/local/bin/sh
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN ln -s /bin/sh /usr/bin/shell
    /// ```
    pub RULE {
        name: "shell-changed-by-link",
        aliases: &["hadolint:DL4005"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["ln"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(link) = command.operands().last().filter(|_| command.operands().count() > 1) else { return };
    if link.is("/bin/sh") {
        sink.report(link.span, "`/bin/sh` is replaced by a link to another shell")
            .caption("is replaced")
            .help("use `SHELL [\"/bin/bash\", \"-c\"]`");
    }
}
