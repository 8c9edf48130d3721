//! The facts of a Dockerfile: what its final stage is and does.

use std::collections::BTreeSet;

use crate::base_images::{BaseUser, base_user};
use crate::dockerfile::{Args, Flag, Instruction, Keyword, Stage, StageBase};
use crate::document::{DockerDocument, InstructionView};
use crate::source::Span;
use crate::workspace::{DockerfileFacts, Facts, ImageUser};

/// The facts of a Dockerfile.
pub fn of_dockerfile(document: &DockerDocument) -> Facts {
    Facts { dockerfile: image(document), incomplete: !document.file.errors.is_empty(), ..Facts::default() }
}

fn image(document: &DockerDocument) -> Option<DockerfileFacts> {
    let last = document.file.final_stage()?;
    let (user, user_span) = final_user(document, last.index);
    let from = &document.file.instructions[last.from];
    Some(DockerfileFacts {
        user,
        user_span,
        user_is_written: document
            .chain_of(last.index)
            .any(|view| !view.onbuild && view.instruction.keyword == Keyword::User),
        is_surely_not_root: document.user_before(Some(last.index), usize::MAX) == BaseUser::NonRoot,
        is_rootful_application: is_rootful_application(document, last.index),
        exposed: exposed(document, last),
        numbers: numbers(document, last),
        healthcheck: healthcheck(document, last),
        arch: from.flag("platform").and_then(literal_arch),
        bare: bare(document, last),
    })
}

/// A language runtime that files are copied into, or an operating system that files of another stage are copied into,
/// with a command of its own. An image without one is a base for others.
fn is_rootful_application(document: &DockerDocument, stage: usize) -> bool {
    let own = |view: &InstructionView<'_>| !view.onbuild;
    let starts = |view: InstructionView<'_>| matches!(view.instruction.keyword, Keyword::Cmd | Keyword::Entrypoint);
    let copies = document.file.stages[stage].instructions.clone().map(|index| document.view(index)).filter(own);
    let copies: Vec<_> =
        copies.filter(|view| matches!(view.instruction.keyword, Keyword::Copy | Keyword::Add)).collect();
    let has_files = match document.user_before(Some(stage), usize::MAX) {
        BaseUser::RootRuntime => !copies.is_empty(),
        BaseUser::RootSystem => {
            copies.iter().any(|view| document.file.edges_of(view.index).iter().any(|edge| edge.target.is_some()))
        }
        BaseUser::NonRoot | BaseUser::Unknown => false,
    };
    has_files && document.chain_of(stage).filter(own).any(starts) && !document.drops_root(stage)
}

/// The instructions of a stage and of the stages it is built on, the last first.
fn inherited<'d>(document: &'d DockerDocument, stage: &Stage) -> Vec<(usize, &'d Instruction)> {
    let file = &document.file;
    let stages = std::iter::once(stage.index).chain(file.ancestors(stage.index));
    stages
        .flat_map(|index| file.stage_instructions(&file.stages[index]).collect::<Vec<_>>().into_iter().rev())
        .collect()
}

fn exposed(document: &DockerDocument, stage: &Stage) -> Vec<(i64, Span)> {
    let mut ports = Vec::new();
    for (index, instruction) in inherited(document, stage) {
        if instruction.keyword != Keyword::Expose {
            continue;
        }
        for word in instruction.words() {
            let Some(text) = document.file.scope_at(index).expand(word) else { continue };
            let number = text.split('/').next().unwrap_or_default();
            let (first, last) = number.split_once('-').unwrap_or((number, number));
            if let (Ok(first), Ok(last)) = (first.parse::<i64>(), last.parse::<i64>()) {
                ports.extend((first..=last.min(first + 1000)).map(|port| (port, word.span)));
            }
        }
    }
    ports
}

/// Numbers in what tells a program where to listen.
fn numbers(document: &DockerDocument, stage: &Stage) -> BTreeSet<i64> {
    let told = [Keyword::Env, Keyword::Arg, Keyword::Cmd, Keyword::Entrypoint];
    let texts = inherited(document, stage).into_iter().filter(|(_, one)| told.contains(&one.keyword));
    let texts = texts.map(|(_, one)| &document.file.text[one.span.range()]);
    texts.flat_map(|text| text.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok())).collect()
}

fn healthcheck(document: &DockerDocument, stage: &Stage) -> Option<Span> {
    let last = inherited(document, stage).into_iter().find(|(_, one)| one.keyword == Keyword::Healthcheck)?.1;
    last.command().map(|_| last.keyword_span)
}

/// `arm64` of a literal `--platform=linux/arm64/v8`.
fn literal_arch(flag: &Flag) -> Option<(String, Span)> {
    let word = flag.value.as_ref().filter(|word| word.is_literal())?;
    let arch = word.value.split('/').nth(1)?;
    Some((arch.to_owned(), word.span))
}

/// The base and the files of an image that surely has no shell and none of its tools.
fn bare(document: &DockerDocument, stage: &Stage) -> Option<(Span, BTreeSet<String>)> {
    let file = &document.file;
    let is_bare = match file.root_base(stage.index) {
        StageBase::Scratch => true,
        StageBase::Image(image) => image.starts_with("gcr.io/distroless/") && !image.contains("debug"),
        _ => false,
    };
    let mut files = BTreeSet::new();
    for (index, instruction) in inherited(document, stage) {
        match &instruction.args {
            Args::Copy { sources, dest, .. } => {
                for word in sources.iter().chain([dest]) {
                    let text = file.scope_at(index).expand(word)?;
                    files.insert(put_in(&text)?.to_owned());
                }
            }
            _ if instruction.keyword == Keyword::Run => return None,
            _ => {}
        }
    }
    let from = &file.instructions[stage.from];
    is_bare.then(|| (from.word().map_or(from.keyword_span, |word| word.span), files))
}

/// The name of a file that is copied; `None` where it may be a folder with programs, or an archive.
fn put_in(path: &str) -> Option<&str> {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let folder = ["", ".", "bin", "sbin", "usr", "rootfs", "out", "root", "fs", "busybox"].contains(&name);
    let many = path.contains('*') || name.contains("tar") || name.contains("root");
    (!many && (!folder || path == "/" || path == "." || path == "./" || path.ends_with("bin/"))).then_some(name)
}

/// The user that a stage ends with: its last `USER`, else that of the stage or image it is built on.
pub fn final_user(document: &DockerDocument, stage: usize) -> (ImageUser, Span) {
    let file = &document.file;
    let mut at = stage;
    loop {
        let own = file.stages[at].instructions.clone();
        let last = own.rev().find(|index| file.instructions[*index].keyword == Keyword::User);
        if let Some(index) = last {
            let instruction = &file.instructions[index];
            let word = instruction.word();
            let span = word.map_or(instruction.keyword_span, |word| word.span);
            let user = word.and_then(|word| file.scope_at(index).expand(word));
            return (user.map_or(ImageUser::Unknown, |user| image_user(&user)), span);
        }
        match &file.stages[at].base {
            StageBase::ParentStage(parent) => at = *parent,
            base => {
                let span = file.instructions[file.stages[stage].from].keyword_span;
                return (by_base(base), span);
            }
        }
    }
}

fn by_base(base: &StageBase) -> ImageUser {
    let user = match base {
        StageBase::Image(image) => base_user(image),
        StageBase::Scratch => BaseUser::RootSystem,
        StageBase::ParentStage(_) | StageBase::Unknown => BaseUser::Unknown,
    };
    match user {
        BaseUser::RootSystem | BaseUser::RootRuntime => ImageUser::RootByBase,
        BaseUser::NonRoot | BaseUser::Unknown => ImageUser::Unknown,
    }
}

fn image_user(text: &str) -> ImageUser {
    let name = text.split(':').next().unwrap_or_default();
    match name.parse::<i64>() {
        Ok(0) => ImageUser::Root,
        Ok(id) => ImageUser::Numeric(id),
        Err(_) if name == "root" => ImageUser::Root,
        Err(_) if name.is_empty() => ImageUser::Unknown,
        Err(_) => ImageUser::Name(name.to_owned()),
    }
}
