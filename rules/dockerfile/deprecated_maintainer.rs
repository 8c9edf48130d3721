//! `deprecated-maintainer`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags `MAINTAINER`.
    ///
    /// ## Why
    /// It is deprecated since 2017. The label `org.opencontainers.image.authors` says the same, and tools read it.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// MAINTAINER Jane Doe <jane@example.com>
    /// ^^^^^^^^^^ is deprecated
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.authors="Jane Doe <jane@example.com>"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL maintainer="Jane Doe"
    /// ```
    /// Under `ONBUILD` it is refused, which is for `invalid-onbuild-trigger`:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ONBUILD MAINTAINER Jane Doe
    /// ```
    pub RULE {
        name: "deprecated-maintainer",
        aliases: &["hadolint:DL4000", "trivy:DS-0022", "checkov:CKV_DOCKER_6", "buildkit:MaintainerDeprecated"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Deprecated, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Instruction(&[Keyword::Maintainer], check)],
    }
}

fn check(view: InstructionView<'_>, sink: &mut Sink<'_>) {
    let span = view.instruction.keyword_span;
    let finding = sink.report(span, "MAINTAINER is deprecated");
    finding.caption("is deprecated").help("use `LABEL org.opencontainers.image.authors=\"...\"`");
    let body = view.instruction.body_span;
    let text = view.text(body);
    let bare = text.trim_matches('"');
    // What a label would expand or take for an escape, and what runs over lines, is left to the author.
    if !bare.is_empty() && !bare.contains(['"', '\\', '$', '\n', '`']) {
        let whole = Span { start: span.start, end: body.end };
        let label = format!("LABEL org.opencontainers.image.authors=\"{bare}\"");
        finding.fix(Safety::Safe, "Write a label", vec![(whole, label)]);
    }
}
