//! `kind: Rule`: our own format.
//!
//! `read.rs` turns the YAML into a [`Definition`] and says what is wrong with it, and where; `schema.rs` is the format
//! as a JSON Schema; `examples.rs` tries the examples of a rule. This file is the rule itself: what it matches, what it
//! asserts there, and what it reports.

mod examples;
mod read;
mod schema;

use std::borrow::Cow;

use super::blame::{self, Blamed, Found};
use super::cel::{self, Expression};
use super::model::{self, Scope, Step, Variable};
use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView, ManifestDocument};
use crate::kubernetes::{Container, ImageRef, Object, PodSpec, Role};
use crate::rule::{Policy, Sink};
use crate::source::Span;

pub use examples::{Example, test_examples};
pub use read::rules;
pub use schema::schema;

/// The `apiVersion` of the format.
pub const API_VERSION: &str = "shipworthy.dev/v1";

/// What a rule looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Target {
    /// Each instruction of these keywords; of every one where the list is empty.
    Instruction(Vec<Keyword>),
    /// Each command of these programs; of every one where the list is empty.
    Command(Vec<String>),
    /// Each stage, or the final one.
    Stage { last: bool },
    /// Each object of these kinds.
    Object(Vec<Kind>),
    /// Each pod specification of objects of these kinds.
    Pod(Vec<Kind>),
    /// Each container with one of these roles, of objects of these kinds.
    Container(Vec<Kind>, Vec<Role>),
}

impl Target {
    /// The variables of the model that an expression may read, the matched thing first.
    fn variables(&self) -> &'static [&'static str] {
        match self {
            Self::Instruction(_) => &["instruction", "image", "run", "stage"],
            Self::Command(_) => &["command", "instruction", "stage"],
            Self::Stage { .. } => &["stage"],
            Self::Object(_) => &["object"],
            Self::Pod(_) => &["pod", "podMetadata", "object"],
            Self::Container(..) => &["container", "image", "role", "pod", "podMetadata", "object"],
        }
    }

    fn is_dockerfile(&self) -> bool {
        matches!(self, Self::Instruction(_) | Self::Command(_) | Self::Stage { .. })
    }
}

/// A kind that a rule names: `Deployment`, `v1/Pod`, `apps/v1/Deployment`, `apps/*/*`. Parts left open are `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Kind {
    group: Option<String>,
    version: Option<String>,
    kind: Option<String>,
}

impl Kind {
    fn matches(&self, object: Object<'_>) -> bool {
        let version = object.api_version.rsplit('/').next().unwrap_or_default();
        let is = |wanted: &Option<String>, own: &str| wanted.as_deref().is_none_or(|wanted| wanted == own);
        is(&self.group, object.group()) && is(&self.version, version) && is(&self.kind, object.kind)
    }
}

/// A message: text, and expressions whose values are put in.
#[derive(Debug, Default)]
struct Message(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Value(Expression),
}

/// A rule that was read.
#[derive(Debug)]
pub struct Definition {
    /// Where its name stands in the policy file.
    name: Span,
    target: Target,
    condition: Option<Expression>,
    assertion: Expression,
    message: Message,
    help: Option<Cow<'static, str>>,
    path: Option<Vec<Step>>,
    /// Texts that the rule must flag.
    pub bad: Vec<Example>,
    /// Texts that it must not flag.
    pub good: Vec<Example>,
}

impl Definition {
    /// Whether any expression of the rule reads the variable.
    fn reads(&self, name: &str) -> bool {
        let in_message = self.message.0.iter().any(|part| matches!(part, Part::Value(value) if value.reads(name)));
        let in_condition = self.condition.as_ref().is_some_and(|condition| condition.reads(name));
        in_message || in_condition || self.assertion.reads(name)
    }
}

/// A thing that a rule matched.
struct Matched<'a> {
    /// What expressions see.
    scope: Scope<'a>,
    /// Where a finding lies when no field can be blamed.
    span: Span,
    /// Places that explain a finding.
    labels: Vec<(Span, String)>,
    /// Fields that something else sets.
    set_elsewhere: &'a dyn Fn(&Blamed<'_>) -> bool,
    /// Whether commands of the instruction could not be read.
    partly_read: bool,
}

impl Policy for Definition {
    fn check_dockerfile(&self, document: &DockerDocument, sink: &mut Sink<'_>) {
        match &self.target {
            Target::Stage { last } => self.check_stages(document, *last, sink),
            target if target.is_dockerfile() => {
                document.views().for_each(|view| self.check_instruction(document, view, sink));
            }
            _ => {}
        }
    }

    fn check_manifest(&self, document: &ManifestDocument, sink: &mut Sink<'_>) {
        let (Target::Object(kinds) | Target::Pod(kinds) | Target::Container(kinds, _)) = &self.target else { return };
        for object in document.objects() {
            if kinds.is_empty() || kinds.iter().any(|kind| kind.matches(object)) {
                self.check_object(document, object, sink);
            }
        }
    }
}

impl Definition {
    fn check_stages(&self, document: &DockerDocument, last: bool, sink: &mut Sink<'_>) {
        let stages = &document.file.stages;
        for stage in stages.iter().skip(if last { stages.len().saturating_sub(1) } else { 0 }) {
            let variable = model::stage(document, stage, true);
            self.judge(&Matched::new(vec![&variable], document.file.stage_span(stage)), sink);
        }
    }

    fn check_instruction(&self, document: &DockerDocument, view: InstructionView<'_>, sink: &mut Sink<'_>) {
        let own = view.instruction;
        let stage = own.stage.and_then(|index| document.file.stages.get(index));
        let stage = stage.filter(|_| self.reads("stage")).map(|stage| model::stage(document, stage, false));
        match &self.target {
            Target::Instruction(keywords) if keywords.is_empty() || keywords.contains(&own.keyword) => {
                let instruction = model::instruction(view);
                let image = Some(()).filter(|()| self.reads("image")).and_then(|()| model::image_of_instruction(view));
                let run = Some(()).filter(|()| self.reads("run")).and_then(|()| model::run(view));
                let variables = [Some(&instruction), image.as_ref(), run.as_ref(), stage.as_ref()];
                let mut matched = Matched::new(variables.into_iter().flatten().collect(), own.keyword_span);
                matched.partly_read = self.reads("run") && model::is_partly_read(view);
                self.judge(&matched, sink);
            }
            Target::Command(programs) if own.keyword == Keyword::Run => {
                let Some(script) = view.script() else { return };
                let named = |program: &str| programs.is_empty() || programs.iter().any(|own| own == program);
                let instruction = model::instruction(view);
                for command in script.commands.iter().filter(|command| named(command.program())) {
                    let variable = model::command(command, view);
                    let variables = [Some(&variable), Some(&instruction), stage.as_ref()];
                    let span = if command.name_span.is_empty() { own.keyword_span } else { command.name_span };
                    self.judge(&Matched::new(variables.into_iter().flatten().collect(), span), sink);
                }
                let unread = script.unread.as_ref().map(|unread| view.text(unread.span));
                if unread.is_some_and(|text| programs.is_empty() || programs.iter().any(|own| text.contains(own))) {
                    sink.undecided("part of the shell text cannot be read");
                }
            }
            _ => {}
        }
    }

    fn check_object(&self, document: &ManifestDocument, object: Object<'_>, sink: &mut Sink<'_>) {
        let set = |blamed: &Blamed<'_>| is_set_elsewhere(document, object, blamed);
        let variable = Variable::node("object", object.node, object.kind_span());
        if let Target::Object(_) = &self.target {
            let mut matched = Matched::new(vec![&variable], object.span());
            matched.set_elsewhere = &set;
            return self.judge(&matched, sink);
        }
        for pod in object.pod_specs() {
            let node = Variable::node("pod", pod.node, pod.span());
            let metadata = metadata_of(pod);
            let below = [&node, &metadata, &variable];
            if let Target::Pod(_) = &self.target {
                let mut matched = Matched::new(below.to_vec(), pod.span());
                matched.labels.push((object.span(), object.title()));
                matched.set_elsewhere = &set;
                self.judge(&matched, sink);
                continue;
            }
            for container in pod.containers() {
                self.check_container(container, &below, &set, sink);
            }
        }
    }

    fn check_container(
        &self,
        container: Container<'_>,
        below: &[&Variable<'_>],
        set: &dyn Fn(&Blamed<'_>) -> bool,
        sink: &mut Sink<'_>,
    ) {
        let Target::Container(_, roles) = &self.target else { return };
        if !roles.is_empty() && !roles.contains(&container.role) {
            return;
        }
        let variable = Variable::node("container", container.node, container.span());
        let image = Some(()).filter(|()| self.reads("image")).and_then(|()| model::image_of_container(container));
        let role = model::role(container);
        let own = [Some(&variable), image.as_ref(), Some(&role)];
        let scope = own.into_iter().flatten().chain(below.iter().copied()).collect();
        let mut matched = Matched::new(scope, container.span());
        matched.labels.push((container.span(), container.title()));
        matched.labels.push((container.pod.object.span(), container.pod.object.title()));
        matched.set_elsewhere = set;
        self.judge(&matched, sink);
    }

    /// Asks the expressions about one thing, and reports.
    fn judge(&self, matched: &Matched<'_>, sink: &mut Sink<'_>) {
        let mut context = cel::context();
        context.set_variable_resolver(&matched.scope);
        match self.condition.as_ref().map(|condition| condition.decide(&context)) {
            Some(Ok(false)) => return,
            Some(Err(failed)) => return sink.undecided(failed.0),
            Some(Ok(true)) | None => {}
        }
        match self.assertion.decide(&context) {
            Ok(true) if matched.partly_read => sink.undecided("part of the shell text cannot be read"),
            Ok(true) => {}
            Ok(false) => self.report(matched, &context, sink),
            Err(failed) => sink.undecided(failed.0),
        }
    }

    fn report(&self, matched: &Matched<'_>, context: &::cel::Context<'_, '_>, sink: &mut Sink<'_>) {
        let mut blamed = match blame::find(&self.assertion, &matched.scope, context) {
            Found::Field(blamed) => Some(blamed),
            Found::Nothing => None,
            Found::Unknown => return sink.undecided("a value is filled in later"),
        };
        if blamed.as_ref().is_some_and(|blamed| (matched.set_elsewhere)(blamed)) {
            return sink.undecided("a kustomization sets the value");
        }
        if let Some(path) = &self.path {
            blamed = blame::at_path(path, &matched.scope);
        }
        let message = self.message.text(context);
        let span = blamed.as_ref().map_or(matched.span, |blamed| blamed.span);
        let finding = match blamed.and_then(|blamed| blamed.value) {
            Some(value) => sink.report_value(value, message),
            None => sink.report(span, message),
        };
        for (place, text) in matched.labels.iter().filter(|(place, _)| *place != span) {
            finding.label(*place, text.clone());
        }
        if let Some(help) = &self.help {
            finding.help(help.clone());
        }
    }
}

impl<'a> Matched<'a> {
    fn new(variables: Vec<&'a Variable<'a>>, span: Span) -> Self {
        Self { scope: Scope(variables), span, labels: Vec::new(), set_elsewhere: &|_| false, partly_read: false }
    }
}

impl Message {
    /// The text; a value that cannot be had is shown as `?`.
    fn text(&self, context: &::cel::Context<'_, '_>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Value(value) => value.render(context).unwrap_or_else(|_| "?".to_owned()),
        };
        let text: String = self.0.iter().map(part).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// The metadata of the pod or its template; empty where there is none.
fn metadata_of(pod: PodSpec<'_>) -> Variable<'_> {
    let metadata = pod.template.and_then(|template| template.get("metadata")).filter(|metadata| metadata.is_mapping());
    match metadata {
        Some(metadata) => Variable::node("podMetadata", metadata, crate::kubernetes::place::missing_in(metadata)),
        None => model::empty("podMetadata", pod.span()),
    }
}

/// Whether a kustomization sets the field, so that what the file says of it is not the last word.
fn is_set_elsewhere(document: &ManifestDocument, object: Object<'_>, blamed: &Blamed<'_>) -> bool {
    let transforms = &document.transforms;
    let key = |index: usize| match blamed.steps.get(index) {
        Some(Step::Key(key)) => key.as_str(),
        _ => "",
    };
    match (blamed.root, key(0), key(1)) {
        ("object", "metadata", "namespace") => transforms.namespace,
        ("object" | "podMetadata", "metadata" | "labels", _) => {
            transforms.labels && (key(0) == "labels" || key(1) == "labels")
        }
        ("object", "spec", "replicas") => transforms.replicas.contains(object.name_text()),
        ("image", ..) | ("container", "image", _) => object
            .pod_specs()
            .iter()
            .flat_map(|pod| pod.containers())
            .filter(|container| container.node.span().contains(blamed.span))
            .filter_map(|container| ImageRef::parse(container.image()?.text()?))
            .any(|image| {
                let name =
                    image.registry.map_or_else(String::new, |registry| format!("{registry}/")) + image.repository;
                transforms.images.contains(&name)
            }),
        _ => false,
    }
}
