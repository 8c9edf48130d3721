//! What expressions see: the variables of the model, each a value for CEL and a tree to find places in.
//!
//! A variable of a manifest is the YAML tree itself, typed as kubectl types it; entries that are null are absent, as
//! they are to the API. A variable of a Dockerfile is a [`Spot`] tree made of the parsed instruction. What the file does
//! not tell (a variable that has no value here) is absent, so that an expression that needs it fails instead of
//! guessing.

use std::sync::OnceLock;

use ::cel::common::types::{CelDouble, CelNull, CelUInt};
use ::cel::common::value::{CowVal, Val};
use ::cel::context::VariableResolver;

use super::cel;
use crate::dockerfile::{Args, Command as CommandForm, Instruction, Keyword, Pair, Stage, StageBase, Word};
use crate::document::{DockerDocument, InstructionView};
use crate::kubernetes::{Container, ImageRef, Role, is_placeholder};
use crate::shell::{self, Argument};
use crate::source::Span;
use crate::yaml::{Node, Scalar};

/// A value with its place.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The value.
    pub value: Leaf,
    /// Where it stands; none for what is said of the whole.
    pub span: Option<Span>,
}

/// The value of a [`Spot`].
#[derive(Clone, Debug)]
pub enum Leaf {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// True or false.
    Bool(bool),
    /// A list.
    List(Vec<Spot>),
    /// A mapping, in order.
    Map(Vec<(String, Spot)>),
}

impl Spot {
    fn text(text: impl Into<String>, span: impl Into<Option<Span>>) -> Self {
        Self { value: Leaf::Text(text.into()), span: span.into() }
    }

    fn bool(flag: bool) -> Self {
        Self { value: Leaf::Bool(flag), span: None }
    }

    fn list(items: impl IntoIterator<Item = Spot>) -> Self {
        Self { value: Leaf::List(items.into_iter().collect()), span: None }
    }

    fn map(entries: Vec<(String, Spot)>, span: impl Into<Option<Span>>) -> Self {
        Self { value: Leaf::Map(entries), span: span.into() }
    }

    /// The entry `key`, the last one of that name.
    pub fn get(&self, key: &str) -> Option<&Spot> {
        match &self.value {
            Leaf::Map(entries) => entries.iter().rev().find(|entry| entry.0 == key).map(|entry| &entry.1),
            _ => None,
        }
    }

    fn to_val(&self) -> Box<dyn Val> {
        match &self.value {
            Leaf::Text(text) => cel::text(text),
            Leaf::Int(number) => cel::int(*number),
            Leaf::Bool(flag) => cel::bool(*flag),
            Leaf::List(items) => cel::list(items.iter().map(Self::to_val).collect()),
            Leaf::Map(entries) => cel::map(entries.iter().map(|(key, value)| (key.clone(), value.to_val()))),
        }
    }
}

/// A place in a variable.
#[derive(Clone, Copy, Debug)]
pub enum At<'a> {
    /// In a manifest.
    Node(Node<'a>),
    /// In what was made of a Dockerfile or of an image reference.
    Spot(&'a Spot),
}

/// One step from a value into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the entry of a mapping.
    Key(String),
    /// To the item of a list.
    Index(usize),
}

impl<'a> At<'a> {
    /// The part that `step` leads to.
    pub fn child(self, step: &Step) -> Option<At<'a>> {
        match (self, step) {
            (At::Node(node), Step::Key(key)) => node.get(key).filter(|value| !value.is_null()).map(At::Node),
            (At::Node(node), Step::Index(index)) => node.items().nth(*index).map(At::Node),
            (At::Spot(spot), Step::Key(key)) => spot.get(key).map(At::Spot),
            (At::Spot(spot), Step::Index(index)) => match &spot.value {
                Leaf::List(items) => items.get(*index).map(At::Spot),
                _ => None,
            },
        }
    }

    /// The steps to each item of a list, or to each entry of a mapping with its key.
    pub fn steps(self) -> Vec<Step> {
        let keys = |keys: Vec<&str>| keys.into_iter().map(|key| Step::Key(key.to_owned())).collect();
        match self {
            At::Node(node) if node.is_sequence() => (0..node.len()).map(Step::Index).collect(),
            At::Node(node) => keys(
                node.entries().filter(|entry| !entry.value.is_null()).filter_map(|entry| entry.key_text()).collect(),
            ),
            At::Spot(Spot { value: Leaf::List(items), .. }) => (0..items.len()).map(Step::Index).collect(),
            At::Spot(Spot { value: Leaf::Map(entries), .. }) => {
                keys(entries.iter().map(|entry| entry.0.as_str()).collect())
            }
            At::Spot(_) => Vec::new(),
        }
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        match self {
            At::Node(node) => node.is_sequence(),
            At::Spot(spot) => matches!(spot.value, Leaf::List(_)),
        }
    }

    /// The text of a scalar, if something else fills it in later.
    pub fn is_placeholder(self) -> bool {
        match self {
            At::Node(node) => node.is_unknown() || node.text().is_some_and(is_placeholder),
            At::Spot(_) => false,
        }
    }

    /// The value for CEL.
    pub fn to_val(self) -> Box<dyn Val> {
        match self {
            At::Node(node) => node_val(node),
            At::Spot(spot) => spot.to_val(),
        }
    }
}

fn node_val(node: Node<'_>) -> Box<dyn Val> {
    if node.is_mapping() {
        let entries = node.entries().filter(|entry| !entry.value.is_null() && !entry.value.is_unknown());
        return cel::map(entries.filter_map(|entry| Some((entry.key_text()?.to_owned(), node_val(entry.value)))));
    }
    if node.is_sequence() {
        return cel::list(node.items().map(node_val).collect());
    }
    match node.k8s() {
        Some(Scalar::Bool(flag)) => cel::bool(flag),
        Some(Scalar::Int(number)) => cel::int(number),
        Some(Scalar::Uint(number)) => Box::new(CelUInt::from(number)),
        Some(Scalar::Float(number)) => match node.as_i64() {
            // A float without a fraction becomes a whole number on its way into the API.
            Some(number) => cel::int(number),
            None => Box::new(CelDouble::from(number)),
        },
        Some(Scalar::Str(text)) => cel::text(text),
        Some(Scalar::Null) | None => Box::new(CelNull),
    }
}

/// A variable: its name, its tree, and its value once something asked for it.
#[derive(Debug)]
pub struct Variable<'d> {
    /// The name in expressions.
    pub name: &'static str,
    /// Where something missing in it is reported.
    pub missing: Span,
    tree: Tree<'d>,
    value: OnceLock<Box<dyn Val>>,
}

#[derive(Debug)]
enum Tree<'d> {
    Node(Node<'d>),
    Spot(Spot),
}

impl<'d> Variable<'d> {
    /// A variable that is a part of a manifest; what it lacks is reported at `missing`.
    pub fn node(name: &'static str, node: Node<'d>, missing: Span) -> Self {
        Self { name, missing, tree: Tree::Node(node), value: OnceLock::new() }
    }

    /// A variable that was made.
    pub fn spot(name: &'static str, spot: Spot) -> Self {
        Self { name, missing: spot.span.unwrap_or_default(), tree: Tree::Spot(spot), value: OnceLock::new() }
    }

    /// The tree.
    pub fn at(&self) -> At<'_> {
        match &self.tree {
            Tree::Node(node) => At::Node(*node),
            Tree::Spot(spot) => At::Spot(spot),
        }
    }
}

/// The variables of one evaluation, the nearest to the matched thing first.
#[derive(Debug)]
pub struct Scope<'a>(
    /// The variables.
    pub Vec<&'a Variable<'a>>,
);

impl<'a> Scope<'a> {
    /// The variable of this name.
    pub fn find(&self, name: &str) -> Option<&'a Variable<'a>> {
        self.0.iter().copied().find(|variable| variable.name == name)
    }
}

impl VariableResolver for Scope<'_> {
    fn resolve<'b>(&'b self, name: &str) -> Option<CowVal<'b, 'b>> {
        let variable = self.find(name)?;
        Some(CowVal::Borrowed(variable.value.get_or_init(|| variable.at().to_val()).as_ref()))
    }
}

/// `image` of a container; none where its text is unknown.
pub fn image_of_container(container: Container<'_>) -> Option<Variable<'static>> {
    let node = container.image()?;
    let text = node.text()?;
    let own = node.anchored().is_none() && node.raw() == text;
    let within = |range: std::ops::Range<usize>| {
        let start = node.span().start as usize;
        if own { Span::new(start + range.start, start + range.end) } else { node.span() }
    };
    Some(Variable::spot("image", image(text, node.span(), &within)?))
}

/// The parts of an image reference; a part that is not written stands at the whole.
fn image(text: &str, whole: Span, within: &dyn Fn(std::ops::Range<usize>) -> Span) -> Option<Spot> {
    let image = ImageRef::parse(text)?;
    let name = image.canonical_name();
    let (registry, repository) = name.split_once('/').unwrap_or(("docker.io", &name));
    let part = |part: Option<&str>| {
        let start = part.map(|part| part.as_ptr() as usize - text.as_ptr() as usize);
        start.zip(part).map_or(whole, |(start, part)| within(start..start + part.len()))
    };
    let entries = [
        ("reference", Spot::text(text, whole)),
        ("name", Spot::text(name.clone(), whole)),
        ("registry", Spot::text(registry, part(image.registry))),
        ("repository", Spot::text(repository, part(Some(image.repository)))),
        ("tag", Spot::text(image.tag.unwrap_or_default(), part(image.tag))),
        ("digest", Spot::text(image.digest.unwrap_or_default(), part(image.digest))),
    ];
    Some(Spot::map(entries.map(|(key, spot)| (key.to_owned(), spot)).into(), whole))
}

/// `instruction`.
pub fn instruction(view: InstructionView<'_>) -> Variable<'static> {
    Variable::spot("instruction", instruction_spot(view))
}

fn instruction_spot(view: InstructionView<'_>) -> Spot {
    let own = view.instruction;
    let value = |word: &Word| known(view, word).unwrap_or_else(|| word.value.clone());
    let flags = own.flags.iter().map(|flag| (flag.name.clone(), Spot::text(flag.text(), flag.span))).collect();
    let args = own.words().into_iter().map(|word| Spot::text(value(word), word.span));
    let text = match own.shell_text() {
        Some(text) => text.text().to_owned(),
        None => view.text(own.body_span).to_owned(),
    };
    let mut entries = vec![
        ("keyword", Spot::text(own.keyword.as_str(), own.keyword_span)),
        ("text", Spot::text(text, None)),
        ("flags", Spot::map(flags, None)),
        ("args", Spot::list(args)),
        ("form", Spot::text(if own.json_words().is_some() { "json" } else { "shell" }, None)),
        ("onbuild", Spot::bool(view.onbuild)),
    ];
    match &own.args {
        Args::Pairs(pairs) => entries.push(("pairs", pairs_spot(view, pairs))),
        Args::Copy { sources, dest, .. } => {
            entries.push(("sources", Spot::list(sources.iter().map(|word| Spot::text(value(word), word.span)))));
            entries.push(("destination", Spot::text(value(dest), dest.span)));
        }
        Args::From { image: word, alias, .. } => {
            entries.extend(alias.iter().map(|alias| ("alias", Spot::text(&*alias.value, alias.span))));
            entries.extend(base_image(view, word).map(|image| ("image", image)));
        }
        _ => {}
    }
    Spot::map(entries.into_iter().map(|(key, spot)| (key.to_owned(), spot)).collect(), own.keyword_span)
}

fn known(view: InstructionView<'_>, word: &Word) -> Option<String> {
    view.file().scope_at(view.index).expand(word)
}

/// The pairs of `LABEL`, `ENV`, `ARG`; those with an unknown value are left out.
fn pairs_spot(view: InstructionView<'_>, pairs: &[Pair]) -> Spot {
    let entry = |pair: &Pair| match &pair.value {
        Some(word) => Some((pair.key.value.clone(), Spot::text(known(view, word)?, word.span))),
        None => Some((pair.key.value.clone(), Spot::text("", pair.key.span))),
    };
    Spot::map(pairs.iter().filter_map(entry).collect(), None)
}

/// `image` of a `FROM`; none where it is a stage or not known.
fn base_image(view: InstructionView<'_>, word: &Word) -> Option<Spot> {
    let text = known(view, word)?;
    let stage = view.instruction.stage.and_then(|index| view.file().stages.get(index));
    if stage.is_some_and(|stage| matches!(stage.base, StageBase::ParentStage(_))) {
        return None;
    }
    let plain = word.vars.is_empty() && view.text(word.span) == text;
    let within = |range: std::ops::Range<usize>| {
        let start = word.span.start as usize;
        if plain { Span::new(start + range.start, start + range.end) } else { word.span }
    };
    image(&text, word.span, &within)
}

/// `image` as a variable of its own, beside `instruction.image`.
pub fn image_of_instruction(view: InstructionView<'_>) -> Option<Variable<'static>> {
    match &view.instruction.args {
        Args::From { image: word, .. } => Some(Variable::spot("image", base_image(view, word)?)),
        _ => None,
    }
}

/// `run`: the commands of an instruction that runs something.
pub fn run(view: InstructionView<'_>) -> Option<Variable<'static>> {
    let commands = view.script()?.commands.iter().map(|command| command_spot(command, view));
    let commands = Spot { value: Leaf::List(commands.collect()), span: Some(view.instruction.keyword_span) };
    Some(Variable::spot("run", Spot::map(vec![("commands".to_owned(), commands)], view.instruction.keyword_span)))
}

/// `command`.
pub fn command(command: &shell::Command, view: InstructionView<'_>) -> Variable<'static> {
    Variable::spot("command", command_spot(command, view))
}

fn command_spot(command: &shell::Command, view: InstructionView<'_>) -> Spot {
    let word = |word: &shell::Word| Spot::text(word.literal().unwrap_or(&word.raw), word.span);
    let arguments = command.arguments(&[]);
    let flags = arguments.iter().filter_map(|argument| match argument {
        Argument::Flag(flag) => Some((flag.name.to_owned(), Spot::text(flag.value.unwrap_or_default(), flag.span))),
        Argument::Operand(_) => None,
    });
    let operands = arguments.iter().filter_map(|argument| match argument {
        Argument::Operand(operand) => Some(word(operand)),
        Argument::Flag(_) => None,
    });
    let wrappers = command.wrappers.iter().map(|wrapper| Spot::text(&*wrapper.name, wrapper.span));
    let entries = [
        ("program", Spot::text(command.program(), command.name_span)),
        ("text", Spot::text(view.text(command.span), None)),
        ("args", Spot::list(command.args.iter().map(word))),
        ("operands", Spot::list(operands)),
        ("flags", Spot::map(flags.collect(), None)),
        ("wrappers", Spot::list(wrappers)),
    ];
    Spot::map(entries.map(|(key, spot)| (key.to_owned(), spot)).into(), command.name_span)
}

/// `stage`: what a stage is, and for a rule about stages what stands in it.
pub fn stage(document: &DockerDocument, stage: &Stage, whole: bool) -> Variable<'static> {
    let file = &document.file;
    let from = &file.instructions[stage.from];
    let name = stage.name.as_ref();
    let mut entries = vec![
        ("index", Spot { value: Leaf::Int(stage.index as i64), span: None }),
        ("name", Spot::text(name.map_or("", |word| &word.value), name.map(|word| word.span))),
        ("final", Spot::bool(stage.index + 1 == file.stages.len())),
    ];
    let word = from.word().map(|word| word.span);
    match &stage.base {
        StageBase::ParentStage(_) | StageBase::Unknown => {}
        StageBase::Scratch => entries.push(("base", Spot::text("scratch", word))),
        StageBase::Image(image) => entries.push(("base", Spot::text(&**image, word))),
    }
    if whole {
        entries.extend(stage_content(document, stage));
    }
    let entries = entries.into_iter().map(|(key, spot)| (key.to_owned(), spot)).collect();
    Variable::spot("stage", Spot::map(entries, file.stage_span(stage)))
}

/// Labels, environment, user and instructions of a stage and of those it is built on.
fn stage_content(document: &DockerDocument, stage: &Stage) -> Vec<(&'static str, Spot)> {
    let file = &document.file;
    let mut chain: Vec<usize> = file.ancestors(stage.index).collect();
    chain.reverse();
    chain.push(stage.index);
    let (mut labels, mut env, mut user, mut instructions) = (Vec::new(), Vec::new(), None, Vec::new());
    for index in chain.into_iter().flat_map(|stage| file.stages[stage].instructions.clone()) {
        let view = document.view(index);
        let own: &Instruction = view.instruction;
        if view.onbuild {
            continue;
        }
        let pairs = || match pairs_spot(view, own.pairs()).value {
            Leaf::Map(entries) => entries,
            _ => Vec::new(),
        };
        match own.keyword {
            Keyword::Label => labels.extend(pairs()),
            Keyword::Env => env.extend(pairs()),
            Keyword::User => {
                let word = own.word();
                user = word.and_then(|word| Some(Spot::text(known(view, word)?, word.span)));
            }
            _ => {}
        }
        instructions.push(instruction_spot(view));
    }
    let mut entries = vec![
        ("labels", Spot::map(labels, None)),
        ("env", Spot::map(env, None)),
        ("instructions", Spot::list(instructions)),
    ];
    entries.extend(user.map(|user| ("user", user)));
    entries
}

/// Whether the instruction has commands that could not be read, so that `run` does not hold all of them.
pub fn is_partly_read(view: InstructionView<'_>) -> bool {
    let runs = matches!(view.instruction.command(), Some(CommandForm::Shell(_)));
    runs && view.script().is_some_and(|script| script.unread.is_some())
}

/// `role`: `app`, `init`, `sidecar` or `ephemeral`.
pub fn role(container: Container<'_>) -> Variable<'static> {
    let role = ROLES.into_iter().find(|(_, role)| *role == container.role).map_or("app", |(word, _)| word);
    Variable::spot("role", Spot::text(role, container.span()))
}

/// The words for the roles of containers.
pub const ROLES: [(&str, Role); 4] =
    [("app", Role::App), ("init", Role::Init), ("sidecar", Role::Sidecar), ("ephemeral", Role::Ephemeral)];

/// An empty mapping; what it lacks is reported at `span`.
pub fn empty(name: &'static str, span: Span) -> Variable<'static> {
    Variable::spot(name, Spot::map(Vec::new(), span))
}
