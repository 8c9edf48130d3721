//! `instruction-before-from`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an instruction before the first `FROM`.
    ///
    /// ## Why
    /// Only `ARG` may stand there; the build refuses anything else. A file without any `FROM` is taken for a part that other
    /// files include.
    ///
    /// ```dockerfile bad default
    /// ARG VERSION=12
    /// ENV LANG=C
    /// ^^^ stands before the first FROM
    /// RUN true
    /// ^^^ stands before the first FROM
    /// FROM debian:$VERSION
    /// ```
    /// ```dockerfile good
    /// # syntax=docker/dockerfile:1
    /// # a comment
    /// ARG VERSION=12
    /// FROM debian:$VERSION
    /// ENV LANG=C
    /// ```
    /// ```dockerfile good
    /// RUN apt-get update
    /// ENV LANG=C
    /// ```
    pub RULE {
        name: "instruction-before-from",
        aliases: &["hadolint:DL3061"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(first) = document.file.stages.first() else { return };
    let from = document.file.stage_span(first);
    for instruction in &document.file.instructions[..first.from] {
        if !matches!(instruction.keyword, Keyword::Arg | Keyword::Unknown) {
            let name = instruction.keyword.as_str();
            sink.report(instruction.keyword_span, format!("{name} stands before the first FROM, where only ARG may"))
                .caption("stands before the first FROM")
                .label(from, "the first FROM")
                .help("move it below FROM");
        }
    }
}
