//! `copy-from-root-filesystem`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `COPY --from=.. / /`.
    ///
    /// ## Why
    /// It copies a whole system over another one. To put the result of a stage into few layers it is an established idiom,
    /// which is why this rule is not on by default; to add a tool, copy that tool.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY --from=example.com/tools:1 / /
    ///                                 ^ copies a whole system
    /// COPY --from=example.com/tools:1 ["/", "/"]
    ///                                  ^^^ copies a whole system
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// COPY --from=example.com/tools:1 /usr/bin/tool /usr/bin/
    /// COPY / /
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// COPY --from=example.com/tools:1 / /tools/
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
    let root = sources.iter().find(|source| source.value == "/");
    let (Some(root), "/", Some(_)) = (root, dest.value.as_str(), copy.instruction.flag("from")) else { return };
    sink.report(root.span, "a whole system is copied over this one")
        .caption("copies a whole system")
        .help("copy the files that you need");
}
