//! `copy-from-root-filesystem`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY --from` of a whole file system onto the root.
    ///
    /// ## Why
    /// Everything that stage needed to build comes along. Where the image is to be squashed into one layer, this is the way,
    /// which is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build / /
    ///                   ^ is the whole file system
    /// ```
    /// ```dockerfile good
    /// FROM golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build /app /
    /// COPY --from=build / /rootfs/
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// COPY / /
    /// ```
    pub RULE {
        name: "copy-from-root-filesystem",
        aliases: &["hadolint:DL3067"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Copy], check)],
    }
}

fn check(copy: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { sources, dest, .. } = &copy.instruction.args else { return };
    let Some(from) = copy.instruction.flag("from") else { return };
    if let [source] = sources.as_slice()
        && source.value == "/"
        && dest.value == "/"
    {
        sink.report(source.span, format!("the whole file system of `{}` is copied", from.text()))
            .caption("is the whole file system")
            .help("copy the files that the image needs");
    }
}
