//! `invalid-exposed-port`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a word of `EXPOSE` that is no port.
    ///
    /// ## Why
    /// The build fails. A port is a number or a range of two, with `/tcp`, `/udp` or `/sctp` after it.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// EXPOSE http 8080,8081
    ///        ^^^^ is no port
    ///             ^^^^^^^^^ is no port
    /// EXPOSE 90-80 80/http
    ///        ^^^^^ runs backwards
    ///              ^^^^^^^ has no protocol
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// EXPOSE 80 443/TCP 53/udp 8000-8010/sctp 0
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG PORTS="80 443"
    /// EXPOSE $PORTS $PORT/tcp 127.0.0.1:80:80 70000
    /// ```
    pub RULE {
        name: "invalid-exposed-port",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Expose], check)],
    }
}

fn check(expose: InstructionView<'_>, sink: &mut Sink<'_>) {
    for word in expose.instruction.words() {
        let Some(text) = expose.expand(word).filter(|text| !text.is_empty() && !text.contains(char::is_whitespace))
        else {
            continue;
        };
        if let Some(fault) = fault(&text) {
            sink.report(word.span, format!("`{text}` {fault}"))
                .caption(fault)
                .help("write a number such as `8080`, or a range such as `8000-8010/udp`");
        }
    }
}

/// What is wrong; what maps to a port of the host, and numbers too high, are for other rules.
fn fault(text: &str) -> Option<&'static str> {
    let (ports, protocol) = text.split_once('/').unwrap_or((text, "tcp"));
    if ports.contains(':') {
        return None;
    }
    if !["tcp", "udp", "sctp"].iter().any(|known| known.eq_ignore_ascii_case(protocol)) {
        return Some("has no protocol that there is");
    }
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) => (first > last).then_some("runs backwards"),
        _ => Some("is no port"),
    }
}
