//! `mixed-case-expose-protocol`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags capital letters in the protocol of `EXPOSE`.
    ///
    /// ## Why
    /// The protocol is `tcp`, `udp` or `sctp`. BuildKit takes capitals as well, other tools may not.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// EXPOSE 80/TCP 53/udp
    ///           ^^^ has capital letters
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// EXPOSE 80/tcp 53/udp
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE 80/tcp 53/udp 8080
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE ${PORT}/tcp $PORT/${PROTO}
    /// ```
    pub RULE {
        name: "mixed-case-expose-protocol",
        aliases: &["buildkit:ExposeProtoCasing"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Instruction(&[Keyword::Expose], check)],
    }
}

fn check(expose: InstructionView<'_>, sink: &mut Sink<'_>) {
    for word in expose.instruction.words() {
        let written = expose.text(word.span);
        let Some((port, protocol)) = written.rsplit_once('/') else { continue };
        let is_plain = protocol.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_plain && protocol.contains(|c: char| c.is_ascii_uppercase()) {
            let start = word.span.start as usize + port.len() + 1;
            let (span, lower) = (Span::new(start, start + protocol.len()), protocol.to_ascii_lowercase());
            sink.report(span, format!("the protocol `{protocol}` has capital letters"))
                .caption("has capital letters")
                .help(format!("write `{lower}`"))
                .fix(Safety::Safe, format!("Write `{lower}`"), vec![(span, lower)]);
        }
    }
}
