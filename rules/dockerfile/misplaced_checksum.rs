//! `misplaced-checksum`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ADD --checksum` that no single address is downloaded for.
    ///
    /// ## Why
    /// The build fails: a checksum is compared with one download, not with files of the context or with several sources.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ADD --checksum=sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e app.tgz /tmp/
    ///     ^^^^^^^^^^ is for an address
    /// ADD --checksum=sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e https://a.example/a https://a.example/b /tmp/
    ///     ^^^^^^^^^^ is for one source
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ADD --checksum=sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e https://a.example/a.tgz /tmp/
    /// ADD --checksum=ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e https://a.example/a.git#v1 /src/
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG FROM_HERE=https://a.example/a.tgz
    /// ADD --checksum=sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e $FROM_HERE /tmp/
    /// ```
    pub RULE {
        name: "misplaced-checksum",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Add], check)],
    }
}

fn check(add: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { sources, .. } = &add.instruction.args else { return };
    let Some(flag) = add.instruction.flag("checksum") else { return };
    if sources.len() + add.instruction.heredocs.len() > 1 {
        sink.report(flag.name_span, "`--checksum` is for one source, and there are several")
            .caption("is for one source")
            .help("write an ADD for each");
        return;
    }
    let is_remote = |text: &str| ["://", "git@", ".git"].iter().any(|mark| text.contains(mark));
    let local = sources.first().is_none_or(|source| source.is_literal() && !is_remote(&source.value));
    if local {
        sink.report(flag.name_span, "`--checksum` is for an address that is downloaded, not for a local file")
            .caption("is for an address")
            .help("remove the flag");
    }
}
