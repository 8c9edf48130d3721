//! `unused-arg`.
use crate::dockerfile::{BUILD_ARGS, Instruction, Keyword, PLATFORM_ARGS, PROXY_ARGS, Pair};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags an `ARG` that nothing uses.
    ///
    /// ## Why
    /// An `ARG` before the first `FROM` is seen by `FROM` lines only: a stage that wants it declares it again. One that is not
    /// declared again is empty there, whatever the build gives for it.
    ///
    /// By default the rule speaks of those, and of arguments after which nothing is run. A `RUN` may read an argument from its
    /// environment without naming it; such an `ARG` is shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// ARG VERSION=1.2
    ///     ^^^^^^^ is seen by FROM only
    /// FROM debian:12.11-slim
    /// RUN curl -fsSLO https://example.com/app-${VERSION}.tgz
    ///                                           ------- is empty here
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ARG PORT=80 HOST
    ///     ^^^^ is not used
    ///             ^^^^ is not used
    /// COPY . /app
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim AS base
    /// ARG MODE
    ///     ^^^^ is not used
    /// FROM base
    /// RUN make
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim AS base
    /// ARG MODE
    /// FROM base
    /// RUN make
    /// ```
    /// ```dockerfile good
    /// ARG VERSION=12.11 VARIANT=-slim
    /// ARG TAG=${VERSION}${VARIANT}
    /// ARG MODE HTTP_PROXY BUILDKIT_SBOM_SCAN_STAGE=true
    /// FROM debian:${TAG} AS base
    /// ARG MODE
    /// FROM base
    /// RUN make --mode=$MODE
    /// ```
    /// What an image may set itself, as `NODE_VERSION` is by `node`:
    /// ```dockerfile good
    /// ARG NODE_VERSION=22.11
    /// FROM node:${NODE_VERSION}
    /// RUN echo $NODE_VERSION
    /// ```
    pub RULE {
        name: "unused-arg",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let file = &document.file;
    if file.stages.is_empty() {
        return;
    }
    for arg in document.views_of(&[Keyword::Arg]).filter(|view| !view.onbuild) {
        for pair in arg.instruction.pairs().iter().filter(|pair| !is_of_builder(&pair.key.value)) {
            match arg.instruction.stage {
                None if !is_taken_up(document, arg, &pair.key.value) => report_global(document, pair, sink),
                Some(stage) => check_local(arg, stage, pair, sink),
                None => {}
            }
        }
    }
}

fn is_of_builder(name: &str) -> bool {
    let known = PROXY_ARGS.contains(&name) || PLATFORM_ARGS.contains(&name) || BUILD_ARGS.contains(&name);
    known || name.starts_with("BUILDKIT_") || name.contains("CACHE")
}

/// Whether a `FROM`, another argument before it, or a stage's own `ARG` takes up a global argument.
fn is_taken_up(document: &DockerDocument, arg: InstructionView<'_>, name: &str) -> bool {
    document.file.instructions.iter().enumerate().any(|(index, own)| match own.keyword {
        Keyword::From => mentions(document.file.slice(own.span), name),
        Keyword::Arg if own.stage.is_some() => own.pairs().iter().any(|pair| pair.key.value == name),
        Keyword::Arg => {
            let values = own.pairs().iter().filter_map(|pair| pair.value.as_ref());
            let mut vars = values.flat_map(|value| value.all_vars());
            vars.any(|var| var.name == name)
                || index != arg.index && own.pairs().iter().any(|pair| pair.key.value == name)
        }
        _ => false,
    })
}

fn report_global(document: &DockerDocument, pair: &Pair, sink: &mut Sink<'_>) {
    let name = &pair.key.value;
    let finding = sink.report(pair.key.span, format!("ARG `{name}` is seen by FROM lines only, and none uses it"));
    finding.caption("is seen by FROM only, and none uses it");
    let start = document.file.stages.first().map_or(0, |stage| document.file.instructions[stage.from].span.start);
    let text = &document.file.text[start as usize..];
    let used = [format!("${{{name}"), format!("${name}")];
    let place = used.iter().filter_map(|reference| Some((text.find(reference.as_str())?, reference.len()))).min();
    match place {
        Some((at, length)) => {
            let end = start as usize + at + length;
            finding.label(Span::new(end - name.len(), end), "is empty here, unless the image sets it");
            finding.help(format!("declare it in the stage: `ARG {name}` after FROM"));
        }
        None => {
            finding.help(format!("remove it, or write `ARG {name}` after the FROM of the stage that needs it"));
        }
    }
}

fn check_local(arg: InstructionView<'_>, stage: usize, pair: &Pair, sink: &mut Sink<'_>) {
    let (file, name) = (arg.file(), &pair.key.value);
    let heirs = file.stages.iter().filter(|own| file.is_ancestor(stage, own.index));
    let ranges = std::iter::once(arg.index + 1..file.stages[stage].instructions.end);
    let later: Vec<&Instruction> = ranges
        .chain(heirs.map(|heir| heir.instructions.clone()))
        .flatten()
        .map(|index| &file.instructions[index])
        .collect();
    let in_line = mentions(file.slice(arg.instruction.span).trim_start_matches(|c| c != ' '), &format!("${name}"))
        || mentions(file.slice(arg.instruction.span), &format!("${{{name}"));
    if in_line || later.iter().any(|own| mentions(file.slice(own.span), name)) {
        return;
    }
    let finding = sink.report(pair.key.span, format!("ARG `{name}` is not used in its stage"));
    finding.caption("is not used").help("remove it, or use it");
    if later.iter().any(|own| own.effective().keyword == Keyword::Run) {
        finding.pedantic();
    }
}

/// Whether `name` stands in `text` as a word of its own.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_part);
        let after = text[at + name.len()..].chars().next().is_some_and(is_part);
        !before && !after
    })
}
