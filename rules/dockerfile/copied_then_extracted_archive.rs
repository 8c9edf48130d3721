//! `copied-then-extracted-archive`.
use crate::dockerfile::{Args, Keyword};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::{Command, Word};

crate::rule! {
    /// Flags an archive that is copied and then unpacked by a later `RUN`.
    ///
    /// ## Why
    /// The archive stays in the layer that copied it, besides what was in it. `ADD` unpacks a local archive as it copies it;
    /// a bind mount leaves it outside the image.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY vendor/rootfs.tar.gz /tmp/
    ///      ^^^^^^^^^^^^^^^^^^^^ is unpacked by a later RUN
    /// RUN mkdir /rootfs && tar -C /rootfs -xzf /tmp/rootfs.tar.gz && rm /tmp/rootfs.tar.gz
    /// ```
    /// The name that it was copied to counts:
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY ["a.tgz", "/tmp/b.tgz"]
    ///       ^^^^^^^ is unpacked by a later RUN
    /// WORKDIR /tmp
    /// RUN tar xf b.tgz
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// COPY a.tar.xz /tmp/
    /// RUN tar -tf /tmp/a.tar.xz && tar -xf /tmp/b.tar.xz
    /// FROM debian:12.11-slim
    /// COPY --from=build /tmp/b.tar.xz /tmp/
    /// RUN tar -xf /tmp/a.tar.xz && tar -xf /tmp/b.tar.xz
    /// ```
    /// `ADD` does not unpack these:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// COPY a.zip b.gz /tmp/
    /// RUN unzip /tmp/a.zip && gunzip /tmp/b.gz
    /// ```
    pub RULE {
        name: "copied-then-extracted-archive",
        aliases: &["hadolint:DL3010"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const ENDINGS: [&str; 10] =
    [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2", ".tar.xz", ".txz", ".tar.lzma", ".tar.zst"];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for copy in document.views().filter(|view| !view.onbuild && view.instruction.keyword == Keyword::Copy) {
        let Args::Copy { sources, dest, .. } = &copy.instruction.args else { continue };
        if copy.instruction.flag("from").is_some() {
            continue;
        }
        for source in sources.iter().filter(|source| is_archive(&source.value)) {
            let name = if is_archive(&dest.value) { base_name(&dest.value) } else { base_name(&source.value) };
            if let Some(command) = unpacking(copy, name) {
                sink.report(source.span, format!("archive `{}` is unpacked by a later RUN", source.value))
                    .caption("is unpacked by a later RUN")
                    .label(command.name_span, "here")
                    .help("use ADD, which unpacks it, or mount it into the RUN");
            }
        }
    }
}

/// The command of a later `RUN` in the stage that unpacks the archive of this name.
fn unpacking<'d>(copy: InstructionView<'d>, name: &str) -> Option<&'d Command> {
    let stage = copy.instruction.stage?;
    let range = copy.file().stages[stage].instructions.clone();
    let later = (copy.index + 1..range.end).map(|index| copy.document.view(index));
    let runs = later.filter(|view| !view.onbuild && view.instruction.keyword == Keyword::Run);
    runs.filter_map(|run| run.script()).flat_map(|script| &script.commands).find(|command| {
        let named = command.args.iter().filter_map(Word::literal).any(|word| base_name(word) == name);
        command.program() == "tar" && extracts(command) && named
    })
}

fn extracts(command: &Command) -> bool {
    let bundle = command.args.first().and_then(Word::literal).filter(|word| !word.starts_with('-'));
    command.has_flag(&["x", "extract", "get"]) || bundle.is_some_and(|word| word.contains('x') && word.len() < 8)
}

fn is_archive(path: &str) -> bool {
    ENDINGS.iter().any(|ending| path.ends_with(ending)) && !path.contains("://")
}

fn base_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
