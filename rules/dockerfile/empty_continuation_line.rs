//! `empty-continuation-line`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags an empty line inside an instruction that goes on over several lines.
    ///
    /// ## Why
    /// Such lines are passed over today and are going to be an error.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN apt-get update \
    ///
    /// ^ is empty
    ///   && apt-get install -y curl
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// RUN apt-get update \
    ///   && apt-get install -y curl
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update \
    ///   # a comment
    ///   && apt-get install -y curl
    ///
    /// RUN true
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN <<EOF
    /// apt-get update
    ///
    /// apt-get install -y curl
    /// EOF
    /// ```
    pub RULE {
        name: "empty-continuation-line",
        aliases: &["buildkit:NoEmptyContinuation"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Deprecated, since: "0.1.0",
        fix: FixKind::Always, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for instruction in &document.file.instructions {
        for line in &instruction.empty_continuation_lines {
            let keyword = instruction.keyword.as_str();
            // The line with its end, so that nothing is left of it.
            let rest = &document.file.text[line.end as usize..];
            let end = ["\r\n", "\n"].iter().find(|end| rest.starts_with(**end)).map_or(0, |end| end.len());
            let whole = Span { start: line.start, end: line.end + end as u32 };
            sink.report(line.first_line(&document.file.text), format!("{keyword} goes on after an empty line"))
                .caption("is empty")
                .label(instruction.keyword_span, "this instruction")
                .help("remove the line")
                .fix(Safety::Safe, "Remove the line", vec![(whole, String::new())]);
        }
    }
}
