//! `mixed-case-expose-protocol`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a protocol in `EXPOSE` that is not in lower case.
    ///
    /// ## Why
    /// Everything else writes `tcp` and `udp`.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// EXPOSE 80/TCP 53/udp 443
    ///        ^^^^^^ is not in lower case
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// EXPOSE 80/tcp 53/udp 443
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE 80/tcp 53/udp 443
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG PROTOCOL
    /// EXPOSE 80/$PROTOCOL
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
    for word in expose.instruction.words().into_iter().filter(|word| word.is_literal()) {
        let protocol = word.value.split_once('/').map_or("", |(_, protocol)| protocol);
        if protocol.bytes().any(|byte| byte.is_ascii_uppercase()) {
            sink.report(word.span, format!("the protocol `{protocol}` is not in lower case"))
                .caption("is not in lower case")
                .help("write it in lower case")
                .fix(Safety::Safe, "Write it in lower case", vec![(word.span, word.value.to_ascii_lowercase())]);
        }
    }
}
