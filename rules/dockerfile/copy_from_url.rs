//! `copy-from-url`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY` of an address.
    ///
    /// ## Why
    /// The build fails: only `ADD` downloads.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// COPY https://example.com/app.tgz /tmp/
    ///      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ is an address
    /// COPY ["git@example.com:team/app.git", "/src/"]
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is an address
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ADD https://example.com/app.tgz /tmp/
    /// COPY http/ app.git /tmp/
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build https:/ /tmp/
    /// COPY $SOURCE /tmp/
    /// ```
    pub RULE {
        name: "copy-from-url",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Copy], check)],
    }
}

fn check(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { sources, .. } = &copy.instruction.args else { return };
    let starts = ["http://", "https://", "git://", "ssh://", "git@"];
    for source in sources.iter().filter(|source| starts.iter().any(|start| source.value.starts_with(start))) {
        sink.report(source.span, format!("COPY cannot download `{}`", source.value))
            .caption("is an address, which COPY cannot download")
            .help("use ADD");
    }
}
