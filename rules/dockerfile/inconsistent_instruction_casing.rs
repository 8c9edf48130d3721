//! `inconsistent-instruction-casing`.
use crate::dockerfile::{Instruction, Keyword};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an instruction that is not written in the case of the others.
    ///
    /// ## Why
    /// Instructions in capitals, or all in small letters, stand out from what they are given. Where capitals and small letters
    /// are as many, capitals win.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// run make
    /// ^^^ is not in capitals
    /// Cmd ["app"]
    /// ^^^ is not in capitals
    /// COPY . .
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN make
    /// CMD ["app"]
    /// COPY . .
    /// ```
    /// ```dockerfile bad
    /// from debian:12.11-slim
    /// run make
    /// CMD ["app"]
    /// ^^^ is not in small letters
    /// ```
    /// ```dockerfile fixed
    /// from debian:12.11-slim
    /// run make
    /// cmd ["app"]
    /// ```
    /// ```dockerfile good
    /// from debian:12.11-slim
    /// run make
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ONBUILD run make
    /// COPY . .
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
    let known = |instruction: &&Instruction| instruction.stage.is_some() && instruction.keyword != Keyword::Unknown;
    let all: Vec<&Instruction> = document.file.instructions.iter().filter(known).collect();
    let is_lower = |text: &str| !text.contains(|c: char| c.is_ascii_uppercase());
    let is_upper = |text: &str| !text.contains(|c: char| c.is_ascii_lowercase());
    let count = |test: fn(&str) -> bool| all.iter().filter(|instruction| test(&instruction.keyword_text)).count();
    let lower = count(is_lower) > count(is_upper);
    for instruction in all {
        let text = instruction.keyword_text.as_str();
        if if lower { is_lower(text) } else { is_upper(text) } {
            continue;
        }
        let (wanted, case) = match lower {
            true => (text.to_ascii_lowercase(), "small letters"),
            false => (text.to_ascii_uppercase(), "capitals"),
        };
        let finding = sink.report(instruction.keyword_span, format!("`{text}` is not in {case}, as the others are"));
        finding.caption(format!("is not in {case}")).help(format!("write `{wanted}`"));
        // A keyword that is split over lines is left to its author.
        if document.file.slice(instruction.keyword_span) == text {
            let title = format!("Write `{wanted}`");
            finding.fix(Safety::Safe, title, vec![(instruction.keyword_span, wanted)]);
        }
    }
}
