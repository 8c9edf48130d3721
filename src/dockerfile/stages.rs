//! The stages of a file and what each takes from which.

use std::collections::HashMap;
use std::ops::Range;

use super::{Args, Dockerfile, Instruction, Keyword, Word};
use crate::source::Span;

/// One stage: a `FROM` and what follows it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// Its number, from 0.
    pub index: usize,
    /// Its name as written; BuildKit compares names in lower case.
    pub name: Option<Word>,
    /// The `FROM` instruction.
    pub from: usize,
    /// What it is built on.
    pub base: StageBase,
    /// Its instructions, `FROM` included.
    pub instructions: Range<usize>,
}

/// What a stage is built on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StageBase {
    /// An earlier stage.
    ParentStage(usize),
    /// An image, its variables expanded.
    Image(String),
    /// Nothing.
    Scratch,
    /// A variable that the file does not tell the value of.
    Unknown,
}

/// How one stage takes from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// `FROM stage`.
    From,
    /// `COPY --from=stage`.
    CopyFrom,
    /// `RUN --mount=from=stage`.
    MountFrom,
}

/// A reference to a stage or image from within a stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// How it is referred to.
    pub kind: EdgeKind,
    /// The stage that refers.
    pub stage: usize,
    /// The instruction that refers.
    pub instruction: usize,
    /// The reference as written.
    pub word: Word,
    /// The stage it means; none when it is an image, a later stage, a wrong number or unknown.
    pub target: Option<usize>,
}

/// Stages by name in lower case, each list ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(HashMap<String, Vec<usize>>);

impl Names {
    pub fn find(&self, name: &str, before: usize) -> Option<usize> {
        let all = self.0.get(name.to_lowercase().as_str())?;
        all[..all.partition_point(|index| *index < before)].last().copied()
    }
}

impl Dockerfile {
    /// Finds the stages, their bases and the edges between them; instructions and global arguments are known.
    pub(super) fn link(&mut self) {
        let starts: Vec<usize> =
            (0..self.instructions.len()).filter(|at| self.instructions[*at].keyword == Keyword::From).collect();
        for (index, from) in starts.iter().copied().enumerate() {
            let end = starts.get(index + 1).copied().unwrap_or(self.instructions.len());
            for instruction in &mut self.instructions[from..end] {
                instruction.stage = Some(index);
                instruction.onbuild.iter_mut().for_each(|inner| inner.stage = Some(index));
            }
            self.add_stage(index, from, from..end);
            for at in from..end {
                self.add_edges(index, at);
            }
        }
    }

    fn add_stage(&mut self, index: usize, from: usize, instructions: Range<usize>) {
        let (name, base) = match &self.instructions[from].args {
            Args::From { image, alias, .. } => (alias.clone(), self.base(image, index)),
            _ => (None, StageBase::Unknown),
        };
        if let Some(name) = &name {
            self.names.0.entry(name.value.to_lowercase()).or_default().push(index);
        }
        if let (Args::From { image, .. }, StageBase::ParentStage(parent)) = (&self.instructions[from].args, &base) {
            let (word, target) = (image.clone(), Some(*parent));
            self.edges.push(Edge { kind: EdgeKind::From, stage: index, instruction: from, word, target });
        }
        self.stages.push(Stage { index, name, from, base, instructions });
    }

    fn base(&self, image: &Word, index: usize) -> StageBase {
        let Some(image) = self.expand_global(image) else { return StageBase::Unknown };
        match self.names.find(&image, index) {
            Some(parent) => StageBase::ParentStage(parent),
            None if image == "scratch" => StageBase::Scratch,
            None => StageBase::Image(image),
        }
    }

    fn add_edges(&mut self, stage: usize, instruction: usize) {
        let Instruction { keyword, flags, .. } = &self.instructions[instruction];
        let found: Vec<(EdgeKind, Word)> = match keyword {
            Keyword::Copy => {
                let from = flags.iter().filter(|flag| flag.name == "from");
                from.filter_map(|flag| Some((EdgeKind::CopyFrom, flag.value.clone()?))).collect()
            }
            Keyword::Run => {
                let mounts = flags.iter().filter_map(|flag| flag.mount());
                mounts.filter_map(|mount| Some((EdgeKind::MountFrom, mount.from.clone()?))).collect()
            }
            _ => return,
        };
        for (kind, word) in found {
            let target = word.is_literal().then(|| self.stage_by_ref(&word.value, stage)).flatten();
            self.edges.push(Edge { kind, stage, instruction, word, target });
        }
    }

    /// The stage that a name or number means to an instruction of stage `before`: the last earlier stage of that
    /// name, else the earlier stage of that number.
    pub fn stage_by_ref(&self, reference: &str, before: usize) -> Option<usize> {
        let number = || reference.parse::<usize>().ok().filter(|number| *number < before.min(self.stages.len()));
        self.names.find(reference, before).or_else(number)
    }

    /// Any stage of that name, later ones too: the last.
    pub fn stage_by_name(&self, name: &str) -> Option<usize> {
        self.names.find(name, usize::MAX)
    }

    /// The last stage: what a build without `--target` gives.
    pub fn final_stage(&self) -> Option<&Stage> {
        self.stages.last()
    }

    /// What an instruction takes from other stages and images.
    pub fn edges_of(&self, instruction: usize) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.instruction < instruction);
        let length = self.edges[start..].partition_point(|edge| edge.instruction == instruction);
        &self.edges[start..start + length]
    }

    /// The numbers of the stages that the final one needs, itself included, ascending.
    pub fn reachable_stages(&self) -> Vec<usize> {
        let mut needed = vec![false; self.stages.len()];
        if let Some(last) = needed.last_mut() {
            *last = true;
        }
        // Edges lead to earlier stages only, so that one pass from the end sees all.
        for edge in self.edges.iter().rev() {
            if let (true, Some(target)) = (needed[edge.stage], edge.target) {
                needed[target] = true;
            }
        }
        (0..needed.len()).filter(|stage| needed[*stage]).collect()
    }

    /// The stages that `stage` is built on, nearest first, itself left out.
    pub fn ancestors(&self, stage: usize) -> impl Iterator<Item = usize> {
        let parent = |stage: &usize| match self.stages.get(*stage)?.base {
            StageBase::ParentStage(parent) => Some(parent),
            _ => None,
        };
        std::iter::successors(parent(&stage), move |stage| parent(stage))
    }

    /// Whether `stage` is built on `ancestor`.
    pub fn is_ancestor(&self, ancestor: usize, stage: usize) -> bool {
        self.ancestors(stage).any(|at| at == ancestor)
    }

    /// What the chain of `FROM` ends in: the base of the first stage of it.
    pub fn root_base(&self, stage: usize) -> &StageBase {
        let first = self.ancestors(stage).last().unwrap_or(stage);
        &self.stages[first].base
    }

    /// The image of a stage's `FROM`, as written.
    pub fn stage_image(&self, stage: &Stage) -> Option<&Word> {
        self.instructions[stage.from].word()
    }

    /// The instructions of a stage with their numbers, `FROM` first.
    pub fn stage_instructions(&self, stage: &Stage) -> impl Iterator<Item = (usize, &Instruction)> {
        stage.instructions.clone().map(|at| (at, &self.instructions[at]))
    }

    /// Where what a stage lacks is reported: the keyword of its `FROM`.
    pub fn stage_span(&self, stage: &Stage) -> Span {
        self.instructions[stage.from].keyword_span
    }
}
