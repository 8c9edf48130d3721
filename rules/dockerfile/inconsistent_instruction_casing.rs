//! `inconsistent-instruction-casing`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a keyword written in another case than most of the file.
    ///
    /// ## Why
    /// One file, one way to write keywords. Where both are as many, capitals win; mixed case is always flagged.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// run true
    /// ^^^ is not in capitals
    /// Env A=1
    /// ^^^ is not in capitals
    /// CMD ["a"]
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN true
    /// ENV A=1
    /// CMD ["a"]
    /// ```
    /// ```dockerfile good
    /// from debian:12.11-slim
    /// run true
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ONBUILD run true
    /// ```
    pub RULE {
        name: "inconsistent-instruction-casing",
        aliases: &["buildkit:ConsistentInstructionCasing"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let known = || document.file.instructions.iter().filter(|instruction| instruction.keyword != Keyword::Unknown);
    let is_lower = |text: &str| text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_upper = |text: &str| text.bytes().all(|byte| byte.is_ascii_uppercase());
    let lower = known().filter(|instruction| is_lower(&instruction.keyword_text)).count();
    let upper = known().filter(|instruction| is_upper(&instruction.keyword_text)).count();
    let (want_lower, caption) =
        if lower > upper { (true, "is not in lower case") } else { (false, "is not in capitals") };
    for instruction in known() {
        let text = &instruction.keyword_text;
        if if want_lower { is_lower(text) } else { is_upper(text) } {
            continue;
        }
        let capitals = instruction.keyword.as_str();
        let wanted = if want_lower { capitals.to_ascii_lowercase() } else { capitals.to_owned() };
        let finding =
            sink.report(instruction.keyword_span, format!("`{text}` {caption} as most keywords of the file are"));
        finding.caption(caption).help(format!("write `{wanted}`"));
        if document.file.slice(instruction.keyword_span) == *text {
            finding.fix(Safety::Safe, format!("Write `{wanted}`"), vec![(instruction.keyword_span, wanted)]);
        }
    }
}
