//! Rules: what one is, how it is declared, and what it may do.
//!
//! A rule is data ([`Meta`]) and a list of [`Check`]s, plain functions that look at one kind of thing and report to a
//! [`Sink`]. They return nothing and cannot fail: a rule that is unsure is silent. [`RuleSet`] sorts the checks of the
//! enabled rules by what they look at, so that a file is walked once.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde_json::Value;

use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView, ManifestDocument};
use crate::finding::{FileId, Finding, Meta, OptionKind};
use crate::kubernetes::kustomize::Transforms;
use crate::kubernetes::{Container, Object, PodSpec, Version};
use crate::select::{Choice, Selector};
use crate::shell::Command;
use crate::source::Span;
use crate::workspace::Workspace;
use crate::yaml::Node;

/// A rule: its metadata and its checks.
#[derive(Clone, Debug)]
pub struct Rule {
    /// What is known of it without running it.
    pub meta: Meta,
    /// What it looks at.
    pub checks: std::borrow::Cow<'static, [Check]>,
}

/// A check of a whole Dockerfile.
pub type DockerfileCheck = fn(&DockerDocument, &mut Sink<'_>);
/// A check of an instruction.
pub type InstructionCheck = fn(InstructionView<'_>, &mut Sink<'_>);
/// A check of a command.
pub type CommandCheck = fn(InstructionView<'_>, &Command, &mut Sink<'_>);
/// A check of a file of manifests.
pub type ManifestCheck = fn(&ManifestDocument, &mut Sink<'_>);
/// A check of an object.
pub type ObjectCheck = fn(Object<'_>, &mut Sink<'_>);
/// A check of a pod specification.
pub type PodSpecCheck = fn(PodSpec<'_>, &mut Sink<'_>);
/// A check of a container.
pub type ContainerCheck = fn(Container<'_>, &mut Sink<'_>);
/// A check of the facts of all files.
pub type WorkspaceCheck = fn(&Workspace, &mut Sink<'_>);

/// One function of a rule, by what it looks at.
#[derive(Clone, Debug)]
pub enum Check {
    /// A whole Dockerfile.
    Dockerfile(DockerfileCheck),
    /// Each instruction of these keywords; the one under `ONBUILD` is not passed by itself.
    Instruction(&'static [Keyword], InstructionCheck),
    /// Each command of these programs in `RUN`, also under `ONBUILD`; `*` stands for every program.
    Command(&'static [&'static str], CommandCheck),
    /// A whole file of manifests.
    Yaml(ManifestCheck),
    /// Each object of these kinds, by kind name; `*` stands for every kind.
    Object(&'static [&'static str], ObjectCheck),
    /// Each pod specification: a Pod's, a pod template's.
    PodSpec(PodSpecCheck),
    /// Each container of each pod specification, init and ephemeral ones too.
    Container(ContainerCheck),
    /// The facts of all files, after each was read.
    Workspace {
        /// Whether a finding says that something does not exist: it then needs the whole repository.
        needs: Needs,
        /// The function.
        check: WorkspaceCheck,
    },
    /// Reported by the engine itself; there is nothing to call.
    Engine,
    /// A rule made from a policy file.
    Policy(Arc<dyn Policy>),
}

/// What a workspace check must see to be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Two things that contradict each other: always runs.
    Contradiction,
    /// That something is nowhere: runs only where everything is known.
    Absence,
}

/// A rule made at run time from a policy file.
pub trait Policy: Send + Sync + std::fmt::Debug {
    /// Looks at a Dockerfile.
    fn check_dockerfile(&self, document: &DockerDocument, sink: &mut Sink<'_>);
    /// Looks at a file of manifests.
    fn check_manifest(&self, document: &ManifestDocument, sink: &mut Sink<'_>);
}

/// What a run knows besides the files.
#[derive(Clone, Debug)]
pub struct Environment {
    /// The Kubernetes version the manifests are for.
    pub kubernetes_version: Version,
    /// The day of the run.
    pub today: Date,
}

/// A rule that is on, as it was chosen.
#[derive(Clone, Debug)]
pub struct Enabled {
    /// Its metadata.
    pub meta: Arc<Meta>,
    /// How it was chosen.
    pub choice: Choice,
    /// Options set in the configuration.
    pub options: HashMap<String, Value>,
}

/// The rules that are on, with their checks sorted by what they look at. Numbers are indexes into `enabled`.
#[derive(Debug, Default)]
pub struct RuleSet {
    /// The rules, in the order of the catalogue.
    pub enabled: Vec<Enabled>,
    /// Checks of whole Dockerfiles.
    pub dockerfile: Vec<(usize, DockerfileCheck)>,
    /// Checks of instructions, by keyword.
    pub instruction: HashMap<Keyword, Vec<(usize, InstructionCheck)>>,
    /// Checks of commands, by program.
    pub command: HashMap<&'static str, Vec<(usize, CommandCheck)>>,
    /// Checks of whole files of manifests.
    pub yaml: Vec<(usize, ManifestCheck)>,
    /// Checks of objects, by kind.
    pub object: HashMap<&'static str, Vec<(usize, ObjectCheck)>>,
    /// Checks of pod specifications.
    pub pod_spec: Vec<(usize, PodSpecCheck)>,
    /// Checks of containers.
    pub container: Vec<(usize, ContainerCheck)>,
    /// Checks of all facts.
    pub workspace: Vec<(usize, Needs, WorkspaceCheck)>,
    /// Policies.
    pub policy: Vec<(usize, Arc<dyn Policy>)>,
    /// The number of each rule, by name.
    numbers: HashMap<std::borrow::Cow<'static, str>, usize>,
}

impl RuleSet {
    /// Adds a rule that is on.
    pub fn enable(&mut self, enabled: Enabled, checks: &[Check]) {
        let index = self.enabled.len();
        // Of two rules with one name the first is found.
        self.numbers.entry(enabled.meta.name.clone()).or_insert(index);
        self.enabled.push(enabled);
        for check in checks {
            match check {
                Check::Dockerfile(check) => self.dockerfile.push((index, *check)),
                Check::Instruction(keywords, check) => {
                    keywords.iter().for_each(|key| self.instruction.entry(*key).or_default().push((index, *check)));
                }
                Check::Command(programs, check) => {
                    programs.iter().for_each(|name| self.command.entry(name).or_default().push((index, *check)));
                }
                Check::Yaml(check) => self.yaml.push((index, *check)),
                Check::Object(kinds, check) => {
                    kinds.iter().for_each(|kind| self.object.entry(kind).or_default().push((index, *check)));
                }
                Check::PodSpec(check) => self.pod_spec.push((index, *check)),
                Check::Container(check) => self.container.push((index, *check)),
                Check::Workspace { needs, check } => self.workspace.push((index, *needs, *check)),
                Check::Engine => {}
                Check::Policy(policy) => self.policy.push((index, Arc::clone(policy))),
            }
        }
    }

    /// The rule of this name, if it is on.
    pub fn get(&self, name: &str) -> Option<&Enabled> {
        self.numbers.get(name).map(|number| &self.enabled[*number])
    }
}

/// Where a rule reports to, and all that it may ask. There is no way from here to the file system.
pub struct Sink<'r> {
    /// The rule, and how it was chosen.
    pub rule: &'r Enabled,
    /// The Kubernetes version and the day.
    pub environment: &'r Environment,
    /// The file being looked at; workspace checks name files themselves.
    pub file: FileId,
    /// The manifests being looked at, where it is such a file.
    pub manifest: Option<&'r ManifestDocument>,
    /// The objects of that file.
    pub objects: &'r [Object<'r>],
    /// What was reported.
    pub findings: &'r mut Vec<Finding>,
    /// What could not be decided, and why.
    pub undecided: &'r mut Vec<(Arc<Meta>, &'static str)>,
}

impl Sink<'_> {
    /// Reports a fault at `span` of the file being looked at. The message states the fact in one sentence that can be
    /// understood alone, without a full stop; what is returned takes labels, help and a fix.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.report_in(self.file, span, message)
    }

    /// Reports a wrong value. Where it is reached through an alias, the finding stands at the place of use and the
    /// anchored value is a related label.
    pub fn report_value(&mut self, value: Node<'_>, message: impl Into<String>) -> &mut Finding {
        let finding = self.report_in(self.file, value.span(), message);
        if let Some(anchored) = value.anchored() {
            finding.label(anchored, "the value itself");
        }
        finding
    }

    /// Reports a fault in any file.
    pub fn report_in(&mut self, file: FileId, span: Span, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding::new(Arc::clone(&self.rule.meta), file, span, message));
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }

    /// What kustomizations set in the objects of the file being looked at.
    pub fn transforms(&self) -> Option<&Transforms> {
        self.manifest.map(|manifest| &manifest.transforms)
    }

    /// Whether an image's name stands for another one: a kustomization replaces it, or Skaffold builds and tags it.
    pub fn is_image_replaced(&self, name: &str) -> bool {
        let replaced = |manifest: &ManifestDocument| {
            manifest.transforms.images.contains(name) || manifest.built_images.contains(name)
        };
        self.manifest.is_some_and(replaced)
    }

    /// Whether findings are wanted for the standard `pss:restricted` alone: baseline checks that it overrides then do
    /// not count.
    pub fn is_restricted_only(&self) -> bool {
        let restricted = |selector: &Selector| *selector == Selector::Group("pss:restricted/".to_owned());
        !self.rule.choice.ids.is_empty() && self.rule.choice.ids.iter().all(restricted)
    }

    /// The Kubernetes version the manifests are for.
    pub fn version(&self) -> Version {
        self.environment.kubernetes_version
    }

    /// Counts that the rule could not decide about something.
    pub fn undecided(&mut self, reason: &'static str) {
        self.undecided.push((Arc::clone(&self.rule.meta), reason));
    }

    /// The texts of the list option `name`.
    pub fn list(&self, name: &str) -> Vec<&str> {
        match self.rule.options.get(name) {
            Some(value) => value.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
            None => match self.default_of(name) {
                Some(OptionKind::List(default)) => default.to_vec(),
                _ => Vec::new(),
            },
        }
    }

    /// The switch `name`.
    pub fn switch(&self, name: &str) -> bool {
        match self.rule.options.get(name) {
            Some(value) => value.as_bool().unwrap_or_default(),
            None => matches!(self.default_of(name), Some(OptionKind::Bool(true))),
        }
    }

    /// The whole number `name`.
    pub fn number(&self, name: &str) -> i64 {
        match (self.rule.options.get(name), self.default_of(name)) {
            (Some(value), _) => value.as_i64().unwrap_or_default(),
            (None, Some(OptionKind::Int(default))) => default,
            _ => 0,
        }
    }

    /// The text `name`.
    pub fn text(&self, name: &str) -> &str {
        match (self.rule.options.get(name), self.default_of(name)) {
            (Some(value), _) => value.as_str().unwrap_or_default(),
            (None, Some(OptionKind::Str(default))) => default,
            _ => "",
        }
    }

    fn default_of(&self, name: &str) -> Option<OptionKind> {
        self.rule.meta.options.iter().find(|option| option.name == name).map(|option| option.kind)
    }
}

/// Declares a rule. The doc comment is the rule's page.
#[macro_export]
macro_rules! rule {
    (
        $(#[doc = $doc:literal])+
        pub $id:ident {
            name: $name:literal,
            aliases: &[$($alias:literal),* $(,)?],
            severity: $severity:expr, tier: $tier:expr, family: $family:expr, since: $since:literal,
            fix: $fix:expr, options: &[$($option:expr),* $(,)?],
            $(replaces: &[$($replaced:literal),* $(,)?],)?
            checks: &[$($check:expr),* $(,)?] $(,)?
        }
    ) => {
        $(#[doc = $doc])+
        pub static $id: $crate::rule::Rule = {
            use std::borrow::Cow;
            const ALIASES: &[Cow<'static, str>] = &[$(Cow::Borrowed($alias)),*];
            const OPTIONS: &[$crate::finding::OptionSpec] = &[$($option),*];
            const REPLACES: &[Cow<'static, str>] = &[$($(Cow::Borrowed($replaced)),*)?];
            const CHECKS: &[$crate::rule::Check] = &[$($check),*];
            $crate::rule::Rule {
                meta: $crate::finding::Meta {
                    name: Cow::Borrowed($name),
                    aliases: Cow::Borrowed(ALIASES),
                    severity: $severity,
                    tier: $tier,
                    family: $family,
                    since: Cow::Borrowed($since),
                    fix: $fix,
                    options: Cow::Borrowed(OPTIONS),
                    replaces: Cow::Borrowed(REPLACES),
                    docs: Cow::Borrowed(concat!($($doc, "\n"),+)),
                },
                checks: Cow::Borrowed(CHECKS),
            }
        };
    };
}
