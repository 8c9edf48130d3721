//! What each variable holds at each place: `ARG` and `ENV`, over stages.
//!
//! An `ARG` before the first `FROM` is seen by `FROM` lines only, and by stages that declare it again. A stage sees
//! what the stages it is built on have set. Within a line nothing sees what the line itself sets, but in `ARG`,
//! where BuildKit goes from word to word. Later definitions win.

use std::collections::HashMap;
use std::sync::Arc;

use super::expand::{Lookup, Word, expand_with};
use super::{Dockerfile, Instruction, Keyword, StageBase};

/// Arguments that every `FROM` may use and a stage may declare; their values depend on the build.
pub const PLATFORM_ARGS: [&str; 8] = [
    "BUILDPLATFORM",
    "BUILDOS",
    "BUILDARCH",
    "BUILDVARIANT",
    "TARGETPLATFORM",
    "TARGETOS",
    "TARGETARCH",
    "TARGETVARIANT",
];

/// Arguments that need no declaration.
pub const PROXY_ARGS: [&str; 10] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "FTP_PROXY",
    "ftp_proxy",
    "NO_PROXY",
    "no_proxy",
    "ALL_PROXY",
    "all_proxy",
];

/// Arguments whose value, if any, the builder gives to a stage that declares them.
pub const BUILD_ARGS: [&str; 2] = ["TARGETSTAGE", "SOURCE_DATE_EPOCH"];

/// Longest chain of stages that is followed.
const MAX_CHAIN: usize = 64;

/// Bytes that all values together may take, beyond the text's own length; later ones are unknown. It keeps
/// `ENV A=$A$A` over and over from filling memory.
const VALUE_BUDGET: usize = 1 << 20;

/// The definitions of variables, by stage (0 is before the first `FROM`) and name, in file order.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions(Vec<HashMap<String, Vec<Definition>>>);

#[derive(Clone, Debug)]
struct Definition {
    instruction: usize,
    lookup: Lookup,
}

impl Definitions {
    fn last(&self, slot: usize, name: &str, before: usize) -> Option<&Lookup> {
        let all = self.0.get(slot)?.get(name)?;
        all[..all.partition_point(|definition| definition.instruction < before)].last().map(|found| &found.lookup)
    }

    fn add(&mut self, slot: usize, name: &str, definition: Definition) {
        if self.0.len() <= slot {
            self.0.resize_with(slot + 1, HashMap::new);
        }
        self.0[slot].entry(name.to_owned()).or_default().push(definition);
    }
}

/// The variables as one instruction sees them.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'d> {
    file: &'d Dockerfile,
    /// The stage, or none for `FROM` lines and what stands before them.
    stage: Option<usize>,
    before: usize,
}

impl Scope<'_> {
    /// What is known of the variable `name`.
    pub fn lookup(&self, name: &str) -> Lookup {
        match self.stage {
            None => {
                let found = self.file.lookup_global(&self.file.definitions, name, self.before);
                if self.file.stages.is_empty() { in_fragment(found) } else { found }
            }
            Some(stage) => {
                let definitions = self.file.stage_definitions.get_or_init(|| self.file.define_stages());
                self.file.lookup_in(definitions, stage, name, self.before)
            }
        }
    }

    /// The word with its variables replaced; `None` when one of them is not known.
    pub fn expand(&self, word: &Word) -> Option<String> {
        expand_with(word, &|name| self.lookup(name))
    }

    /// Every name that an `ARG` or `ENV` declares here, for "did you mean".
    pub fn names(&self) -> Vec<&str> {
        let Some(stage) = self.stage else {
            return self
                .file
                .definitions
                .0
                .first()
                .into_iter()
                .flat_map(|names| names.keys())
                .map(String::as_str)
                .collect();
        };
        let definitions = self.file.stage_definitions.get_or_init(|| self.file.define_stages());
        let chain = std::iter::once(stage).chain(self.file.ancestors(stage)).take(MAX_CHAIN);
        let mut names: Vec<&str> = chain
            .flat_map(|at| definitions.0.get(at + 1).into_iter().flatten())
            .filter(|(_, all)| all.first().is_some_and(|first| first.instruction < self.before))
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

impl Dockerfile {
    /// The variables as the instruction of this number sees them: what stands before it.
    pub fn scope_at(&self, instruction: usize) -> Scope<'_> {
        let at = self.instructions.get(instruction).or(self.instructions.last());
        let stage = at.filter(|at| at.keyword != Keyword::From).and_then(|at| at.stage);
        Scope { file: self, stage, before: instruction }
    }

    /// The variables at the end of a stage.
    pub fn scope_after(&self, stage: usize) -> Scope<'_> {
        let before = self.stages.get(stage).map_or(usize::MAX, |stage| stage.instructions.end);
        Scope { file: self, stage: Some(stage), before }
    }

    pub(super) fn expand_global(&self, word: &Word) -> Option<String> {
        if word.is_literal() {
            return Some(word.value.clone());
        }
        expand_with(word, &|name| self.lookup_global(&self.definitions, name, usize::MAX))
    }

    fn lookup_global(&self, definitions: &Definitions, name: &str, before: usize) -> Lookup {
        match definitions.last(0, name, before) {
            Some(found) => found.clone(),
            None if PLATFORM_ARGS.contains(&name) || name == "TARGETSTAGE" => Lookup::Unknown,
            None => Lookup::Unset,
        }
    }

    fn lookup_in(&self, definitions: &Definitions, stage: usize, name: &str, before: usize) -> Lookup {
        let chain = std::iter::once(stage).chain(self.ancestors(stage)).take(MAX_CHAIN);
        let mut before = before;
        for at in chain {
            if let Some(found) = definitions.last(at + 1, name, before) {
                return found.clone();
            }
            before = usize::MAX;
        }
        match self.ancestors(stage).take(MAX_CHAIN).last().unwrap_or(stage) {
            _ if PROXY_ARGS.contains(&name) || name == "PATH" => Lookup::Unknown,
            root if self.stages[root].base == StageBase::Scratch => Lookup::Unset,
            _ => Lookup::Undeclared,
        }
    }

    /// Reads the `ARG`s before the first `FROM`; the stages are not known yet. In a fragment, a file without
    /// `FROM`, `ENV` counts as well.
    pub(super) fn define_globals(&mut self) {
        let mut definitions = Definitions::default();
        let mut budget = VALUE_BUDGET + self.text.len();
        let first = self.instructions.iter().position(|at| at.keyword == Keyword::From);
        for (index, instruction) in self.instructions.iter().enumerate().take(first.unwrap_or(usize::MAX)) {
            let before = match instruction.keyword {
                Keyword::Arg => usize::MAX,
                Keyword::Env if first.is_none() => index,
                _ => continue,
            };
            for pair in instruction.pairs() {
                let lookup = match &pair.value {
                    Some(value) => {
                        let found = |name: &str| self.lookup_global(&definitions, name, before);
                        let known = |name: &str| if first.is_none() { in_fragment(found(name)) } else { found(name) };
                        within(expand_with(value, &known), &mut budget)
                    }
                    None if PLATFORM_ARGS.contains(&pair.key.value.as_str()) => Lookup::Unknown,
                    None => Lookup::NoValue,
                };
                definitions.add(0, &pair.key.value, Definition { instruction: index, lookup });
            }
        }
        self.definitions = definitions;
    }

    /// Reads the definitions of all stages, once, at the first look into one.
    fn define_stages(&self) -> Definitions {
        let mut definitions = Definitions::default();
        let mut budget = VALUE_BUDGET + self.text.len();
        for (index, instruction) in self.instructions.iter().enumerate() {
            let Some(stage) = instruction.stage else { continue };
            match instruction.keyword {
                Keyword::Env => self.define_env(&mut definitions, stage, index, instruction, &mut budget),
                Keyword::Arg => self.define_args(&mut definitions, stage, index, instruction, &mut budget),
                _ => {}
            }
        }
        definitions
    }

    fn define_env(&self, to: &mut Definitions, stage: usize, index: usize, env: &Instruction, budget: &mut usize) {
        for pair in env.pairs() {
            let Some(value) = &pair.value else { continue };
            // What the line itself sets is not seen in it: definitions before `index` only.
            let found = expand_with(value, &|name| self.lookup_in(to, stage, name, index));
            let lookup = within(found, budget);
            to.add(stage + 1, &pair.key.value, Definition { instruction: index, lookup });
        }
    }

    fn define_args(&self, to: &mut Definitions, stage: usize, index: usize, arg: &Instruction, budget: &mut usize) {
        for pair in arg.pairs() {
            let name = pair.key.value.as_str();
            let lookup = match &pair.value {
                Some(value) => within(expand_with(value, &|name| self.lookup_in(to, stage, name, usize::MAX)), budget),
                None => match self.lookup_global(&self.definitions, name, usize::MAX) {
                    Lookup::Unset if self.lookup_in(to, stage, name, usize::MAX).value().is_some() => continue,
                    Lookup::Unset if PROXY_ARGS.contains(&name) || BUILD_ARGS.contains(&name) => Lookup::Unknown,
                    Lookup::Unset => Lookup::NoValue,
                    found => found,
                },
            };
            to.add(stage + 1, name, Definition { instruction: index, lookup });
        }
    }
}

/// In a file without `FROM` what is not declared may be declared where the file is included.
fn in_fragment(found: Lookup) -> Lookup {
    if found == Lookup::Unset { Lookup::Undeclared } else { found }
}

fn within(value: Option<String>, budget: &mut usize) -> Lookup {
    match value {
        Some(value) if value.len() <= *budget => {
            *budget -= value.len();
            Lookup::Value(Arc::from(value))
        }
        _ => Lookup::Unknown,
    }
}
