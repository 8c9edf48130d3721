//! `exposed-ssh-port`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags the port of SSH, 22, in `EXPOSE`.
    ///
    /// ## Why
    /// A container is entered with `docker exec` and `kubectl exec`; a second way in needs its own users, keys and updates.
    /// Images that serve SSH on purpose exist, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// EXPOSE 80 22/tcp
    ///           ^^^^^^ is the port of SSH
    /// ARG PORT=22
    /// EXPOSE $PORT
    ///        ^^^^^ is the port of SSH
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE 2222 8022/tcp 20-25
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG PORT
    /// EXPOSE $PORT
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
        let port = expose.expand(word).unwrap_or_default().to_ascii_lowercase();
        if matches!(port.as_str(), "22" | "22/tcp" | "22/udp") {
            sink.report(word.span, format!("port {port} is that of SSH"))
                .caption("is the port of SSH")
                .help("enter the container with `docker exec` or `kubectl exec`");
        }
    }
}
