//! `port-out-of-range`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a port above 65535 in `EXPOSE`.
    ///
    /// ## Why
    /// There is no such port; the build fails.
    ///
    /// ```dockerfile bad default
    /// ARG PORT=70000
    /// FROM nginx:1.29
    /// ARG PORT
    /// EXPOSE 80 65536/tcp 8000-99999 $PORT
    ///           ^^^^^^^^^ port 65536 does not exist
    ///                     ^^^^^^^^^^ port 99999 does not exist
    ///                                ^^^^^ port 70000 does not exist
    /// ```
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// EXPOSE 0 65535/udp 8000-8010
    /// ```
    /// ```dockerfile good
    /// FROM nginx:1.29
    /// ARG PORT
    /// EXPOSE $PORT 80/tcp
    /// ```
    pub RULE {
        name: "port-out-of-range",
        aliases: &["hadolint:DL3011", "trivy:DS-0008"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Expose], check)],
    }
}

fn check(expose: InstructionView<'_>, sink: &mut Sink<'_>) {
    for word in expose.instruction.words() {
        let Some(text) = expose.expand(word) else { continue };
        let ports = text.split('/').next().unwrap_or_default();
        let ports = ports.rsplit(':').next().unwrap_or_default();
        let Some(port) = ports.split('-').find(|port| is_too_high(port)) else { continue };
        sink.report(word.span, format!("port {port} does not exist: the highest is 65535"))
            .caption(format!("port {port} does not exist"))
            .help("name a port between 1 and 65535");
    }
}

fn is_too_high(port: &str) -> bool {
    let digits = port.trim_start_matches('0');
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    is_number && (digits.len() > 5 || digits.parse::<u32>().is_ok_and(|number| number > 65_535))
}
