//! What of a file's tree outlives it: the facts that workspace rules read.

use crate::base_images::{BaseUser, base_user};
use crate::dockerfile::{Keyword, StageBase};
use crate::document::{DockerDocument, InstructionView, ManifestDocument};
use crate::kubernetes::{Container, LabelSelector, Object, PodSpec};
use crate::source::Span;
use crate::workspace::{ContainerFacts, DockerfileFacts, Facts, ImageUser, ObjectFacts, PodFacts, ServiceFacts};
use crate::yaml::Node;

/// The facts of a file of manifests.
pub fn of_manifest(document: &ManifestDocument, objects: &[Object<'_>]) -> Facts {
    Facts {
        objects: objects.iter().map(object).collect(),
        dockerfile: None,
        incomplete: !document.is_complete() || document.transforms.labels || document.transforms.patched,
    }
}

fn object(object: &Object<'_>) -> ObjectFacts {
    ObjectFacts {
        api_version: object.api_version.to_owned(),
        kind: object.kind.to_owned(),
        namespace: object.namespace().map(str::to_owned),
        name: object.name_text().to_owned(),
        span: object.span(),
        pods: object.pod_specs().iter().map(pod).collect(),
        service: service(object),
    }
}

fn pod(pod: &PodSpec<'_>) -> PodFacts {
    PodFacts { labels: pod.labels(), containers: pod.containers().iter().map(container).collect() }
}

fn container(container: &Container<'_>) -> ContainerFacts {
    let own = |key: &str| container.security_context(key).or_else(|| container.pod.security_context(key));
    let image = container.image();
    ContainerFacts {
        name: container.name().to_owned(),
        image: image.and_then(|image| Some((image.text()?.to_owned(), image.span()))),
        run_as_non_root: own("runAsNonRoot").filter(|value| value.as_bool() == Some(true)).map(Node::span),
        run_as_user: own("runAsUser").and_then(Node::as_i64),
        user_namespace: container.pod.node.get("hostUsers").and_then(Node::as_bool) == Some(false),
    }
}

/// A Service that selects pods; an ExternalName or one without a selector does not.
fn service(object: &Object<'_>) -> Option<ServiceFacts> {
    if object.kind != "Service" || object.api_version != "v1" {
        return None;
    }
    let spec = object.node.get("spec")?;
    let entry = spec.entry("selector")?;
    let external = spec.get("type").and_then(Node::text) == Some("ExternalName");
    if external || !entry.value.is_mapping() || entry.value.is_empty() {
        return None;
    }
    let values = entry.value.entries().filter_map(|label| Some((label.key.text()?.to_owned(), label.value.span())));
    Some(ServiceFacts {
        selector: LabelSelector::from_map(entry.value)?,
        values: values.collect(),
        span: entry.key_span(),
    })
}

/// The facts of a Dockerfile.
pub fn of_dockerfile(document: &DockerDocument) -> Facts {
    Facts { objects: Vec::new(), dockerfile: image(document), incomplete: !document.file.errors.is_empty() }
}

fn image(document: &DockerDocument) -> Option<DockerfileFacts> {
    let last = document.file.final_stage()?;
    let (user, user_span) = final_user(document, last.index);
    Some(DockerfileFacts {
        user,
        user_span,
        user_is_written: document
            .chain_of(last.index)
            .any(|view| !view.onbuild && view.instruction.keyword == Keyword::User),
        is_surely_not_root: document.user_before(Some(last.index), usize::MAX) == BaseUser::NonRoot,
        is_rootful_application: is_rootful_application(document, last.index),
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
