//! `add-without-checksum`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ADD` of an address without `--checksum`.
    ///
    /// ## Why
    /// What the server sends on the day of the build goes into the image, whatever it is. With `--checksum=sha256:..` the
    /// build stops when it is something else.
    ///
    /// By default the rule speaks of `http://`, where anyone on the way may change it; other addresses are shown only when
    /// asked for.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ADD http://example.com/app.tgz /tmp/
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^ is not checked
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ARG VERSION=1.2
    /// ADD https://example.com/app-${VERSION}.tgz /tmp/
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is not checked
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// ADD https://example.com/app.tgz /tmp/
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ADD --checksum=sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e http://example.com/a.tgz /tmp/
    /// ADD app.tgz /tmp/
    /// ADD https://example.com/team/app.git#v1.2 /src/
    /// ```
    pub RULE {
        name: "add-without-checksum",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Add], check)],
    }
}

fn check(add: InstructionView<'_>, sink: &mut Sink<'_>) {
    let Args::Copy { sources, .. } = &add.instruction.args else { return };
    if add.instruction.flag("checksum").is_some() {
        return;
    }
    for source in sources {
        let address = source.value.as_str();
        let is_git = address.split('#').next().is_some_and(|path| path.ends_with(".git"));
        let is_plain = address.starts_with("http://");
        if is_git || !(is_plain || address.starts_with("https://")) {
            continue;
        }
        let finding = sink.report(source.span, format!("what `{address}` sends is not checked"));
        finding.caption("is not checked").help("add `--checksum=sha256:..`");
        if !is_plain {
            finding.pedantic();
        }
    }
}
