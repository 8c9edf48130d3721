//! `copied-then-extracted-archive`.
use crate::dockerfile::{Args, Keyword};
use crate::document::{DockerDocument, is_archive};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags an archive that is copied and then unpacked.
    ///
    /// ## Why
    /// `ADD` unpacks a tar archive as it brings it in; copied first, the archive stays in the image's layers. The saving is
    /// small and many prefer `COPY`, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY dist/app.tar.gz /tmp/
    ///      ^^^^^^^^^^^^^^^ is unpacked later
    /// RUN tar -xzf /tmp/app.tar.gz -C /opt
    ///     --- unpacks it
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY a.txt app.tgz /tmp/b.tgz/
    ///            ^^^^^^^ is unpacked later
    /// RUN cd /tmp && tar xf app.tgz
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ADD dist/app.tar.gz /opt/
    /// COPY other.tar.gz /tmp/
    /// RUN tar -czf /tmp/other.tar.gz /opt
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// COPY app.tgz /tmp/
    /// FROM debian:12.11-slim
    /// COPY --from=build /tmp/app.tgz /tmp/
    /// RUN tar -xzf /tmp/app.tgz
    /// ```
    pub RULE {
        name: "copied-then-extracted-archive",
        aliases: &["hadolint:DL3010"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for copy in
        document.views_of(&[Keyword::Copy]).filter(|copy| !copy.onbuild && copy.instruction.flag("from").is_none())
    {
        let Args::Copy { sources, dest, .. } = &copy.instruction.args else { continue };
        let renamed = is_archive(&dest.value).then(|| base_name(&dest.value));
        let stage = copy.instruction.stage.and_then(|stage| document.file.stages.get(stage));
        let later = stage.into_iter().flat_map(|stage| copy.index + 1..stage.instructions.end);
        let commands: Vec<&Command> = later
            .map(|index| document.view(index))
            .filter(|view| view.instruction.keyword == Keyword::Run && !view.onbuild)
            .filter_map(|run| run.script())
            .flat_map(|script| &script.commands)
            .collect();
        for source in sources.iter().filter(|source| is_archive(&source.value)) {
            let name = renamed.unwrap_or_else(|| base_name(&source.value));
            let Some(unpacks) = commands.iter().find(|command| unpacks(command, name)) else { continue };
            sink.report(
                source.span,
                format!("archive `{}` is copied and then unpacked, so it stays in the layers", source.value),
            )
            .caption("is unpacked later")
            .label(unpacks.name_span, "unpacks it")
            .help("use ADD, which unpacks a tar archive");
        }
    }
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn unpacks(command: &Command, name: &str) -> bool {
    const PROGRAMS: &[&str] = &["gunzip", "bunzip2", "unlzma", "unxz", "zgz", "uncompress", "zcat", "gzcat"];
    let letters = command
        .args
        .first()
        .and_then(|word| word.literal())
        .is_some_and(|text| !text.starts_with('-') && text.contains('x'));
    let tar = command.program() == "tar"
        && (letters || command.flags().any(|flag| matches!(flag.name, "x" | "extract" | "get")));
    let named = command.args.iter().any(|word| word.literal().is_some_and(|text| base_name(text) == name));
    named && (tar || PROGRAMS.contains(&command.program()))
}
