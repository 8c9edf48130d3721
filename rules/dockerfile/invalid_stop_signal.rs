//! `invalid-stop-signal`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a `STOPSIGNAL` that is no signal.
    ///
    /// ## Why
    /// The build fails.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// STOPSIGNAL SIGTREM
    ///            ^^^^^^^ is no signal
    /// STOPSIGNAL 90
    ///            ^^ is no signal
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// STOPSIGNAL SIGTERM
    /// STOPSIGNAL quit
    /// STOPSIGNAL 9
    /// STOPSIGNAL SIGRTMIN+3
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// STOPSIGNAL $SIGNAL
    /// ```
    pub RULE {
        name: "invalid-stop-signal",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Stopsignal], check)],
    }
}

const SIGNALS: [&str; 38] = [
    "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL",
    "PROF", "PWR", "QUIT", "RTMAX", "RTMIN", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU",
    "UNUSED", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "EMT",
];

fn check(stop: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Some(word) = stop.instruction.word() else { return };
    let Some(signal) = stop.expand(word).filter(|signal| !signal.is_empty()) else { return };
    let upper = signal.to_ascii_uppercase();
    let name = upper.strip_prefix("SIG").unwrap_or(&upper);
    let real_time = ["RTMIN+", "RTMAX-"].iter().find_map(|start| name.strip_prefix(start));
    let is_known = match (signal.parse::<u32>(), real_time) {
        (Ok(number), _) => (1..=64).contains(&number),
        (_, Some(offset)) => offset.parse::<u32>().is_ok_and(|offset| (1..=15).contains(&offset)),
        _ => SIGNALS.contains(&name),
    };
    if is_known {
        return;
    }
    let near = SIGNALS.iter().map(|own| (strsim::osa_distance(name, own), own)).min();
    let finding = sink.report(word.span, format!("`{signal}` is no signal"));
    finding.caption("is no signal");
    finding.help(match near {
        Some((1..=2, near)) if name.len() > 2 && !name.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("did you mean `SIG{near}`?")
        }
        _ => "write a name such as `SIGTERM`, or a number from 1 to 64".to_owned(),
    });
}
