//! `exposed-ssh-port`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `EXPOSE 22`.
    ///
    /// ## Why
    /// A container with an SSH server has users, keys and a way in of its own to look after; `docker exec` needs none of that.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// EXPOSE 80 22 443
    ///           ^^ is the port of SSH
    /// EXPOSE 22/TCP
    ///        ^^^^^^ is the port of SSH
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE 2222 80/tcp 20-25 $SSH_PORT
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN ssh-keyscan -p 22 example.com
    /// ```
    pub RULE {
        name: "exposed-ssh-port",
        aliases: &["trivy:DS-0004", "checkov:CKV_DOCKER_1"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Expose], check)],
    }
}

fn check(expose: InstructionView<'_>, sink: &mut Sink<'_>) {
    for word in expose.instruction.words() {
        let Some(port) = expose.expand(word) else { continue };
        let number = port.split('/').next().unwrap_or_default();
        if number == "22" {
            sink.report(word.span, "port 22, that of SSH, is exposed")
                .caption("is the port of SSH")
                .help("remove the port; use `docker exec` or `kubectl exec`");
        }
    }
}
