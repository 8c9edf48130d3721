//! What a file is, and its parsed form. Parsing never fails: what cannot be read is a syntax error, and the rest is
//! there.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::base_images::{BaseUser, base_user, is_root};
use crate::dockerfile::{Args, Command, Dockerfile, Edge, Instruction, Keyword, Stage, StageBase, Word};
use crate::finding::Resource;
use crate::kubernetes::kustomize::Transforms;
use crate::kubernetes::{Container, Object};
use crate::shell::{Command as ShellCommand, Dialect, Script, Word as ShellWord};
use crate::source::{MappedText, Source, Span, SyntaxError};
use crate::yaml::{Node, Step, Yaml};

/// A file that was read.
#[derive(Debug)]
pub enum Document {
    /// A Dockerfile.
    Dockerfile(DockerDocument),
    /// YAML or JSON with Kubernetes objects.
    Manifest(ManifestDocument),
}

impl Document {
    /// The places that could not be read.
    pub fn errors(&self) -> Vec<SyntaxError> {
        match self {
            Self::Dockerfile(file) => file.file.errors.clone(),
            Self::Manifest(file) => file.errors(),
        }
    }

    /// The object and container at `offset`.
    pub fn resource_at(&self, offset: u32) -> Option<Resource> {
        match self {
            Self::Dockerfile(_) => None,
            Self::Manifest(file) => file.resource_at(offset),
        }
    }

    /// What stands at `offset`, in words that stay the same when lines move.
    pub fn identity_at(&self, offset: u32) -> String {
        match self {
            Self::Dockerfile(file) => file.identity_at(offset),
            Self::Manifest(file) => file.identity_at(offset),
        }
    }

    /// The whole that a finding at `offset` belongs to, for "one cause, one finding": an object or an instruction.
    pub fn whole_at(&self, offset: u32) -> Span {
        let whole = match self {
            Self::Dockerfile(file) => file.instruction_at(offset).map(|instruction| instruction.span),
            Self::Manifest(file) => file.object_at(offset).map(|object| object.node.span()),
        };
        whole.unwrap_or(Span { start: offset, end: offset })
    }
}

/// A Dockerfile with the commands of its instructions, each read once when first asked for.
#[derive(Debug)]
pub struct DockerDocument {
    /// The instructions and stages.
    pub file: Dockerfile,
    /// What keeps files out of the build.
    pub ignored: DockerIgnore,
    scripts: Vec<OnceLock<Option<Script>>>,
}

/// What is known of `.dockerignore` around a Dockerfile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum DockerIgnore {
    /// Not looked for: the text does not come from a file.
    #[default]
    Unknown,
    /// There is none beside the file, nor above it up to the root.
    Nowhere,
    /// There is one above the file: it counts if the build starts there.
    Above,
    /// The patterns of the one beside the file.
    Beside(Vec<String>),
}

impl DockerIgnore {
    /// The patterns in the text of a `.dockerignore`: without comments, blank lines and the slashes that change nothing.
    pub fn parse(text: &str) -> Self {
        let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
        let patterns = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
        Self::Beside(patterns.map(|line| line.trim_start_matches('/').trim_end_matches('/').to_owned()).collect())
    }
}

/// An instruction, with the file it stands in.
#[derive(Clone, Copy, Debug)]
pub struct InstructionView<'d> {
    /// The file.
    pub document: &'d DockerDocument,
    /// Its number among the instructions of the file.
    pub index: usize,
    /// The instruction; for `ONBUILD`, what is put off.
    pub instruction: &'d Instruction,
    /// Whether it stands under `ONBUILD`.
    pub onbuild: bool,
}

/// A place that gives an environment variable a value.
#[derive(Clone, Debug)]
pub struct Setting<'d> {
    /// The instruction.
    pub view: InstructionView<'d>,
    /// Name and value.
    pub span: Span,
    /// The value, where it is known.
    pub value: Option<String>,
}

impl<'d> InstructionView<'d> {
    /// The parsed file.
    pub fn file(&self) -> &'d Dockerfile {
        &self.document.file
    }

    /// The commands of its shell text or JSON form.
    pub fn script(&self) -> Option<&'d Script> {
        self.document.script(self.index)
    }

    /// The raw text of a span.
    pub fn text(&self, span: Span) -> &'d str {
        &self.document.file.text[span.range()]
    }

    /// The word with its variables replaced by what the file tells of them.
    pub fn expand(&self, word: &Word) -> Option<String> {
        self.file().scope_at(self.index).expand(word)
    }

    /// Where a finding about a command as a whole stands: from its program to `word`, as far as they are on one line.
    pub fn head(&self, command: &ShellCommand, word: &ShellWord) -> Span {
        let span = command.name_span.cover(word.span);
        let shown = span.first_line(&self.file().text);
        // A continuation between the two would leave its backslash marked.
        if shown == span { span } else { word.span }
    }

    /// Its lines with their end, from the start of its first one: what goes when it is removed.
    pub fn lines(&self) -> Span {
        let text = &self.file().text;
        let span = self.file().instructions[self.index].span;
        let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let end = text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at + 1);
        Span::new(start, end)
    }

    /// Whether what it leaves behind is part of the image that the file builds: its stage is the final one, or the
    /// final one is built on it.
    pub fn ships(&self) -> bool {
        let last = self.file().stages.len().checked_sub(1);
        let own = self.instruction.stage;
        own.zip(last).is_some_and(|(own, last)| own == last || self.file().is_ancestor(own, last))
    }

    /// Whether any stage is built on this one's.
    pub fn is_built_on(&self) -> bool {
        let base = self.instruction.stage.map(StageBase::ParentStage);
        base.is_some_and(|base| self.file().stages.iter().any(|stage| stage.base == base))
    }

    /// Whether a cache or a temporary file system is mounted at one of `folders`, above or below it.
    pub fn keeps_outside(&self, folders: &[&str]) -> bool {
        let outside = self.instruction.mounts().filter(|(_, mount)| matches!(mount.kind.as_str(), "cache" | "tmpfs"));
        let mut targets = outside.filter_map(|(_, mount)| mount.target());
        targets.any(|target| {
            let target = target.value.trim_end_matches('/');
            folders.iter().any(|folder| target.contains(folder) || target.len() > 1 && folder.starts_with(target))
        })
    }

    /// The instructions before it, nearest first, those of the stages that its stage is built on included.
    pub fn earlier(&self) -> impl Iterator<Item = InstructionView<'d>> + use<'d> {
        self.document.chain(self.instruction.stage, self.index)
    }
}

impl DockerDocument {
    /// Reads the text of a Dockerfile.
    pub fn parse(text: Arc<str>) -> Self {
        let file = Dockerfile::parse(text);
        let scripts = file.instructions.iter().map(|_| OnceLock::new()).collect();
        Self { file, ignored: DockerIgnore::default(), scripts }
    }

    /// The instruction of this number; under `ONBUILD` what is put off.
    pub fn view(&self, index: usize) -> InstructionView<'_> {
        let outer = &self.file.instructions[index];
        InstructionView { document: self, index, instruction: outer.effective(), onbuild: outer.onbuild.is_some() }
    }

    /// The instructions of a stage before number `before`, and of the stages it is built on, last first.
    pub fn chain(&self, stage: Option<usize>, before: usize) -> impl Iterator<Item = InstructionView<'_>> + use<'_> {
        let stages = stage.into_iter().chain(stage.into_iter().flat_map(|stage| self.file.ancestors(stage)));
        let numbers = stages.flat_map(|stage| self.file.stages[stage].instructions.clone().rev());
        numbers.filter(move |index| *index < before).map(|index| self.view(index))
    }

    /// The instructions that the image of `stage` is made of, last first.
    pub fn chain_of(&self, stage: usize) -> impl Iterator<Item = InstructionView<'_>> + use<'_> {
        self.chain(Some(stage), usize::MAX)
    }

    /// Every place that sets one of the environment variables `names`: in `ENV`, in `ARG`, and before, by or through
    /// `export` in commands of `RUN`.
    pub fn settings(&self, names: &[&str]) -> Vec<Setting<'_>> {
        let mut found = Vec::new();
        for view in self.views_of(&[Keyword::Env, Keyword::Arg, Keyword::Run]) {
            for pair in view.instruction.pairs().iter().filter(|pair| names.contains(&pair.key.value.as_str())) {
                let value = pair.value.as_ref().and_then(|value| view.expand(value));
                found.push(Setting { view, span: pair.span.first_line(&self.file.text), value });
            }
            let run = view.instruction.keyword == Keyword::Run;
            for command in view.script().filter(|_| run).into_iter().flat_map(|script| &script.commands) {
                for assignment in command.assignments.iter().filter(|one| names.contains(&one.name.as_str())) {
                    let value = assignment.value.literal().map(str::to_owned);
                    found.push(Setting { view, span: assignment.span.first_line(&self.file.text), value });
                }
                let exported = command.args.iter().filter(|_| matches!(command.program(), "export" | "setenv"));
                for word in exported {
                    if let Some((_, value)) =
                        word.literal().and_then(|text| text.split_once('=')).filter(|(name, _)| names.contains(name))
                    {
                        found.push(Setting {
                            view,
                            span: word.span.first_line(&self.file.text),
                            value: Some(value.to_owned()),
                        });
                    }
                }
            }
        }
        found
    }

    /// The values of the labels `names`, where they are known: the name, the value, and where the value stands.
    pub fn labels(&self, names: &[&str]) -> Vec<(String, String, Span)> {
        let mut found = Vec::new();
        for view in self.views_of(&[Keyword::Label]) {
            for pair in view.instruction.pairs().iter().filter(|pair| names.contains(&pair.key.value.as_str())) {
                let Some(word) = &pair.value else { continue };
                if let Some(value) = view.expand(word) {
                    let span = if word.span.is_empty() { pair.key.span } else { word.span };
                    found.push((pair.key.value.clone(), value, span.first_line(&self.file.text)));
                }
            }
        }
        found
    }

    /// The instructions of a keyword that have another one of it after them in their stage, each with the last one.
    pub fn overruled(&self, keyword: Keyword) -> Vec<(InstructionView<'_>, InstructionView<'_>)> {
        let mut found = Vec::new();
        for stage in &self.file.stages {
            let views = stage.instructions.clone().map(|index| self.view(index));
            let mut own: Vec<_> = views.filter(|view| !view.onbuild && view.instruction.keyword == keyword).collect();
            let Some(last) = own.pop() else { continue };
            found.extend(own.into_iter().map(|view| (view, last)));
        }
        found
    }

    /// The user that a stage has before instruction `before`: by its last `USER`, else by its base image.
    pub fn user_before(&self, stage: Option<usize>, before: usize) -> BaseUser {
        let Some(stage) = stage else { return BaseUser::Unknown };
        let named = |view: &InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::User;
        if let Some(user) = self.chain(Some(stage), before).find(named) {
            let name = user.instruction.word().and_then(|word| user.expand(word));
            return match name.as_deref().map(is_root) {
                Some(true) => BaseUser::RootRuntime,
                Some(false) => BaseUser::NonRoot,
                None => BaseUser::Unknown,
            };
        }
        match self.file.root_base(stage) {
            StageBase::Image(image) => base_user(image),
            StageBase::Scratch => BaseUser::RootSystem,
            StageBase::ParentStage(_) | StageBase::Unknown => BaseUser::Unknown,
        }
    }

    /// Whether the image of a stage gives root away when it starts, with one of the programs made for that.
    pub fn drops_root(&self, stage: usize) -> bool {
        const DROPPERS: [&str; 6] = ["gosu", "su-exec", "setpriv", "s6-setuidgid", "runuser", "s6-overlay"];
        self.chain_of(stage).any(|view| {
            let text = view.text(view.instruction.span);
            DROPPERS.iter().any(|program| text.contains(program))
        })
    }

    /// Every image that the file takes from a registry, as far as it tells, at the word that names it: those of
    /// `FROM`, `COPY --from` and `RUN --mount=from`.
    pub fn images(&self) -> Vec<(Span, String)> {
        let file = &self.file;
        let base = |stage: &Stage| match &stage.base {
            StageBase::Image(image) => Some((file.stage_image(stage)?.span, image.clone())),
            _ => None,
        };
        let from = |edge: &Edge| {
            let name = edge.word.value.as_str();
            let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
            let is_image = edge.target.is_none() && edge.word.is_literal() && !is_number && name != "scratch";
            (is_image && file.stage_by_name(name).is_none()).then(|| (edge.word.span, name.to_owned()))
        };
        file.stages.iter().filter_map(base).chain(file.edges.iter().filter_map(from)).collect()
    }

    /// Every instruction with one of these keywords, those under `ONBUILD` too.
    pub fn views_of<'d>(&'d self, keywords: &'d [Keyword]) -> impl Iterator<Item = InstructionView<'d>> {
        self.views().filter(|view| keywords.contains(&view.instruction.keyword))
    }

    /// Every instruction.
    pub fn views(&self) -> impl Iterator<Item = InstructionView<'_>> {
        (0..self.file.instructions.len()).map(|index| self.view(index))
    }

    /// The commands of an instruction that runs something; `None` for others.
    pub fn script(&self, index: usize) -> Option<&Script> {
        self.scripts[index].get_or_init(|| self.read_script(index)).as_ref()
    }

    fn read_script(&self, index: usize) -> Option<Script> {
        let instruction = self.view(index).instruction;
        if let Some(Command::Json(words)) = instruction.command().filter(|_| instruction.keyword != Keyword::Shell) {
            let words: Vec<_> = words.iter().map(|word| (word.value.clone(), word.span)).collect();
            return Some(Script::from_words(&words));
        }
        let (body, named) = self.shell_body(index)?;
        let dialect = named.map_or_else(|| self.dialect_at(index), Dialect::of_program);
        Some(Script::parse(&body, dialect))
    }

    /// The text that a shell runs for an instruction in shell form, heredocs included, and the interpreter that the
    /// first line of a heredoc names.
    pub fn shell_body(&self, index: usize) -> Option<(Cow<'_, MappedText>, Option<&str>)> {
        let instruction = self.view(index).instruction;
        let text = instruction.shell_text()?;
        let Some(heredoc) = instruction.script() else { return Some((self.with_heredocs(text, instruction), None)) };
        let body = &self.file.text[heredoc.body_span.range()];
        let mut mapped = MappedText::default();
        mapped.push(body, heredoc.body_span.start as usize);
        Some((Cow::Owned(mapped), interpreter(body)))
    }

    /// The text of a command with the heredocs it announces, as the shell gets them.
    fn with_heredocs<'a>(&self, text: &'a MappedText, instruction: &Instruction) -> Cow<'a, MappedText> {
        if instruction.heredocs.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut whole = text.clone();
        for heredoc in &instruction.heredocs {
            // The line end before the body; there is none where the file ends first, and then there is no body.
            if let Some(before) = self.file.text[..heredoc.body_span.start as usize].strip_suffix(['\n', '\r']) {
                whole.push("\n", before.len());
            }
            for span in [heredoc.body_span, heredoc.terminator_span] {
                whole.push(&self.file.text[span.range()], span.start as usize);
            }
        }
        Cow::Owned(whole)
    }

    /// The shell that the shell form of an instruction is run by: that of the last `SHELL` of its stages.
    pub fn dialect_at(&self, index: usize) -> Dialect {
        match self.shell_words_at(index).first() {
            Some(program) => Dialect::of_program(program),
            None if self.is_windows(index) => Dialect::of_program("cmd"),
            // Bash reads what other shells of a Linux image read, and more.
            None => Dialect::of_program("bash"),
        }
    }

    /// The words of the shell in force at an instruction: of the last `SHELL` or `# hadolint shell=` of its stages,
    /// else of the `# hadolint shell=` above the first `FROM`. Empty where nothing names one.
    pub fn shell_words_at(&self, index: usize) -> Vec<&str> {
        let shell = self.shell_at(index);
        let pragma = self.shell_pragma_at(index);
        let words = || shell.and_then(Instruction::json_words).unwrap_or_default();
        match (shell, pragma) {
            (Some(shell), Some((at, _))) if shell.span.start > at => words().iter().map(|word| &*word.value).collect(),
            (_, Some((_, pragma))) => pragma.split_whitespace().collect(),
            _ => words().iter().map(|word| &*word.value).collect(),
        }
    }

    /// The last `# hadolint shell=` that holds at an instruction, and where it stands.
    fn shell_pragma_at(&self, index: usize) -> Option<(u32, &str)> {
        let file = &self.file;
        let mut pragmas = file.comments.iter().filter_map(|comment| {
            let text = file.text[comment.span.range()].trim_start_matches('#').trim();
            let shell = text.strip_prefix("hadolint")?.trim_start().strip_prefix("shell")?.trim_start();
            Some((comment.span.start, shell.strip_prefix('=')?.trim()))
        });
        let first = pragmas.next()?;
        let pragmas: Vec<(u32, &str)> = std::iter::once(first).chain(pragmas).collect();
        let mut before = file.instructions[index].span.start;
        let mut stage = file.instructions[index].stage;
        while let Some(own) = stage {
            let from = &file.instructions[file.stages[own].instructions.start];
            let above = file.comments_above(from).first().map_or(from.span.start, |comment| comment.span.start);
            let holds = |pragma: &&(u32, &str)| above <= pragma.0 && pragma.0 < before;
            if let Some(found) = pragmas.iter().rev().find(holds) {
                return Some(*found);
            }
            let StageBase::ParentStage(parent) = file.stages[own].base else { break };
            before =
                file.stages[parent].instructions.end.checked_sub(1).map_or(0, |last| file.instructions[last].span.end);
            stage = Some(parent);
        }
        let first_from = file.instructions.iter().find(|instruction| instruction.keyword == Keyword::From)?;
        pragmas.into_iter().rev().find(|pragma| pragma.0 < first_from.span.start)
    }

    /// The `SHELL` instruction in force at an instruction, its parent stages' included.
    pub fn shell_at(&self, index: usize) -> Option<&Instruction> {
        let mut before = index;
        let mut stage = self.file.instructions[index].stage?;
        loop {
            let range = self.file.stages[stage].instructions.clone();
            let last = self.file.instructions[range.start..before.min(range.end)].iter().rev();
            if let Some(shell) = last.into_iter().find(|instruction| instruction.keyword == Keyword::Shell) {
                return Some(shell);
            }
            let StageBase::ParentStage(parent) = self.file.stages[stage].base else { return None };
            (stage, before) = (parent, usize::MAX);
        }
    }

    /// Whether the stage of an instruction is built on Windows, as far as the file tells.
    pub fn is_windows(&self, index: usize) -> bool {
        let Some(stage) = self.file.instructions[index].stage else { return self.file.escape == '`' };
        let base = self.file.root_base(stage);
        let windows = ["mcr.microsoft.com/windows", "windowsservercore", "nanoserver"];
        self.file.escape == '`'
            || matches!(base, StageBase::Image(image) if windows.iter().any(|part| image.contains(part)))
    }

    /// Places of comments, directives excluded.
    pub fn comments(&self) -> impl Iterator<Item = Span> {
        self.file.comments.iter().map(|comment| comment.span)
    }

    /// Whether a comment stands before every instruction.
    pub fn is_leading(&self, comment: Span) -> bool {
        self.file.instructions.first().is_none_or(|first| comment.end <= first.span.start)
    }

    /// What a comment speaks of: inside a continuation the next line that is no comment; above `FROM` the stage; else
    /// the instruction below.
    pub fn covered_by(&self, comment: Span) -> Option<Span> {
        let file = &self.file;
        let number = file.comments.iter().position(|known| known.span == comment)?;
        if file.comments[number].inside.is_some() {
            return self.next_line(comment);
        }
        let below = file.instructions.iter().find(|instruction| instruction.comments_above.contains(&number))?;
        match (below.keyword, below.stage) {
            (Keyword::From, Some(stage)) => {
                let last = &file.instructions[file.stages[stage].instructions.clone()];
                Some(last.iter().fold(below.span, |whole, instruction| whole.cover(instruction.span)))
            }
            _ => Some(below.span),
        }
    }

    fn next_line(&self, comment: Span) -> Option<Span> {
        let text = &self.file.text;
        let mut start = text[comment.end as usize..].find('\n')? + comment.end as usize + 1;
        loop {
            let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
            if !text[start..end].trim_start().starts_with('#') {
                return Some(Span::new(start, end));
            }
            start = (end < text.len()).then_some(end + 1)?;
        }
    }

    /// The instruction whose lines hold `offset`.
    pub fn instruction_at(&self, offset: u32) -> Option<&Instruction> {
        let instructions = &self.file.instructions;
        let after = instructions.partition_point(|instruction| instruction.span.start <= offset);
        instructions[..after].last()
    }

    fn identity_at(&self, offset: u32) -> String {
        let Some(instruction) = self.instruction_at(offset) else { return String::new() };
        let stage = instruction.stage.map(|index| &self.file.stages[index]);
        let name = stage.map_or_else(String::new, |stage| match &stage.name {
            Some(name) => name.value.to_lowercase(),
            None => stage.index.to_string(),
        });
        let text: Vec<&str> = self.file.text[instruction.span.range()].split_whitespace().collect();
        format!("{name}\n{}", text.join(" "))
    }
}

/// The interpreter a script's first line names.
fn interpreter(body: &str) -> Option<&str> {
    let line = body.trim_start_matches('\t').strip_prefix("#!")?.lines().next()?;
    let mut words = line.split_whitespace();
    let first = words.next()?;
    if first.ends_with("/env") { words.find(|word| !word.starts_with('-')) } else { Some(first) }
}

/// A file of manifests.
#[derive(Debug)]
pub struct ManifestDocument {
    /// The tree.
    pub yaml: Yaml,
    /// What kustomizations change in the file's objects.
    pub transforms: Transforms,
    /// Names of images that something in the repository builds and tags.
    pub built_images: Arc<std::collections::BTreeSet<String>>,
    /// Documents that are not linted, by index, with the reason.
    pub skipped: Vec<(usize, &'static str)>,
    /// Parts of the file that are templates: syntax errors there are none.
    templates: Vec<Span>,
}

impl ManifestDocument {
    /// Reads YAML, or JSON where `json` is true. `fragment` says why the whole file is a fragment, if it is.
    pub fn parse(source: &Source, json: bool, fragment: Option<&'static str>) -> Self {
        let text = Arc::clone(&source.text);
        let yaml = if json { Yaml::parse_json(text) } else { Yaml::parse(text) };
        let mut document = Self {
            yaml,
            transforms: Transforms::default(),
            built_images: Arc::default(),
            skipped: Vec::new(),
            templates: Vec::new(),
        };
        document.find_templates();
        document.find_fragments(fragment);
        document
    }

    /// The objects to lint.
    pub fn objects(&self) -> Vec<Object<'_>> {
        let linted =
            self.yaml.documents().filter(|document| !self.skipped.iter().any(|(index, _)| *index == document.index));
        linted.flat_map(Object::of_document).collect()
    }

    /// Whether every part of the file was read and linted.
    pub fn is_complete(&self) -> bool {
        self.skipped.is_empty() && self.templates.is_empty() && self.yaml.errors().is_empty()
    }

    /// How many parts of the file are templates that could not even be read.
    pub fn unread_templates(&self) -> usize {
        self.templates.len()
    }

    fn errors(&self) -> Vec<SyntaxError> {
        let in_template = |span: Span| self.templates.iter().any(|part| part.contains(span));
        self.yaml.errors().iter().filter(|error| !in_template(error.span)).cloned().collect()
    }

    /// Documents with template expressions where YAML expects structure: `{{ .. }}` reads as a flow mapping whose only
    /// key is a flow mapping, or cannot be read at all.
    fn find_templates(&mut self) {
        let text = self.yaml.text();
        if !text.contains("{{") && !text.contains("{%") {
            return;
        }
        let structural: Vec<usize> = self
            .yaml
            .documents()
            .filter(|document| has_template_structure(document.root, 0))
            .map(|document| document.index)
            .collect();
        self.skipped.extend(structural.into_iter().map(|index| (index, "template")));
        let mut parts: Vec<Span> = (self.yaml.errors().iter())
            .map(|error| part_around(text, error.span.start as usize))
            .filter(|part| ["{{", "{%"].iter().any(|mark| text[part.range()].contains(mark)))
            .collect();
        parts.dedup();
        self.templates = parts;
    }

    fn find_fragments(&mut self, fragment: Option<&'static str>) {
        for document in self.yaml.documents() {
            if self.skipped.iter().any(|(index, _)| *index == document.index) {
                continue;
            }
            let reason = fragment
                .or_else(|| is_policy(document.root).then_some("policy"))
                .or_else(|| is_patch(document.root).then_some("patch"));
            if let Some(reason) = reason {
                self.skipped.push((document.index, reason));
            }
        }
    }

    /// The object at `offset`, and the way from it to there.
    fn path_from_object(&self, offset: u32) -> Option<(Object<'_>, Vec<Step<'_>>)> {
        let root = self.yaml.document_at(offset as usize)?.root;
        let path = self.yaml.path_at(offset as usize);
        let mut found = (Object::new(root), 0);
        for (depth, step) in path.iter().enumerate() {
            let in_list = found.0.is_some_and(|object| object.kind.ends_with("List"));
            match step {
                Step::Key(entry) if in_list && entry.key_text() == Some("items") => {}
                Step::Item(_, item) if in_list => found = (Object::new(*item), depth + 1),
                _ => break,
            }
        }
        let (object, depth) = (found.0?, found.1);
        Some((object, path[depth..].to_vec()))
    }

    /// The object that holds `offset`.
    pub fn object_at(&self, offset: u32) -> Option<Object<'_>> {
        self.path_from_object(offset).map(|(object, _)| object)
    }

    fn resource_at(&self, offset: u32) -> Option<Resource> {
        let object = self.object_at(offset)?;
        Some(Resource {
            api_version: object.api_version.to_owned(),
            kind: object.kind.to_owned(),
            namespace: object.namespace().map(str::to_owned),
            name: object.name_text().to_owned(),
            container: container_at(object, offset)
                .map(|container| container.name().to_owned())
                .filter(|name| !name.is_empty()),
        })
    }

    fn identity_at(&self, offset: u32) -> String {
        let Some((object, path)) = self.path_from_object(offset) else { return String::new() };
        let container = container_at(object, offset).map_or("", |container| container.name());
        let mut keys = String::new();
        for step in path {
            match step {
                Step::Key(entry) => {
                    keys.push('.');
                    keys.push_str(entry.key_text().unwrap_or("?"));
                }
                Step::Item(_, item) => {
                    keys.push('[');
                    keys.push_str(&item_identity(item));
                    keys.push(']');
                }
            }
        }
        let (group, kind) = (object.group(), object.kind);
        format!("{group}/{kind}/{}/{}\n{container}\n{keys}", object.namespace().unwrap_or_default(), object.name_text())
    }
}

fn container_at(object: Object<'_>, offset: u32) -> Option<Container<'_>> {
    let containers = object.pod_specs().into_iter().flat_map(|pod| pod.containers());
    containers.into_iter().find(|container| {
        let span = container.node.span();
        span.start <= offset && offset < span.end
    })
}

/// An item of a list by its `name`, else by a hash of its content.
fn item_identity(item: Node<'_>) -> String {
    if let Some(name) = item.get("name").and_then(Node::text).filter(|name| !name.is_empty()) {
        return name.to_owned();
    }
    let words: Vec<&str> = item.raw().split_whitespace().collect();
    blake3::hash(words.join(" ").as_bytes()).to_hex().as_str()[..8].to_owned()
}

fn has_template_structure(node: Node<'_>, depth: u32) -> bool {
    if depth > 128 {
        return false;
    }
    let mut entries = node.raw_entries();
    let flow = node.raw().starts_with('{') && entries.len() == 1;
    if flow && entries.next().is_some_and(|entry| entry.key.is_mapping()) {
        return true;
    }
    node.raw_entries().any(|entry| {
        entry.key.is_mapping() && entry.key.raw().starts_with('{') || has_template_structure(entry.value, depth + 1)
    }) || node.items().any(|item| has_template_structure(item, depth + 1))
}

/// Whether a document is a custom rule of ours: its examples are no objects.
fn is_policy(root: Node<'_>) -> bool {
    Object::new(root).is_some_and(|object| object.group() == "shipworthy.dev" && object.kind == "Rule")
}

/// Whether an object is a kustomize patch by its own look: it says `$patch`, or its pod template's containers have no
/// image.
fn is_patch(root: Node<'_>) -> bool {
    let Some(object) = Object::new(root) else { return false };
    let pods = object.pod_specs();
    let containers: Vec<_> = pods.iter().flat_map(|pod| pod.containers()).collect();
    let without_image =
        !containers.is_empty() && containers.iter().all(|container| container.node.get("image").is_none());
    without_image || has_patch_directive(root, 0)
}

fn has_patch_directive(node: Node<'_>, depth: u32) -> bool {
    depth < 128
        && (node
            .raw_entries()
            .any(|entry| entry.key_text() == Some("$patch") || has_patch_directive(entry.value, depth + 1))
            || node.items().any(|item| has_patch_directive(item, depth + 1)))
}

/// The document around `offset`, from one `---` line to the next, by the text alone.
fn part_around(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind("\n---").map_or(0, |at| at + 1);
    let end = text[offset..].find("\n---").map_or(text.len(), |at| offset + at + 1);
    Span::new(start, end)
}

/// Whether bytes may hold a Kubernetes object: both keys are somewhere in it.
pub fn may_be_manifest(text: &str) -> bool {
    let has = |word: &[u8]| memchr::memmem::find(text.as_bytes(), word).is_some();
    has(b"apiVersion") && has(b"kind")
}

/// Whether text of a file with an unknown name reads like a Dockerfile: its first instruction is `FROM` or `ARG`.
pub fn may_be_dockerfile(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.next().is_some_and(|line| {
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        word == "FROM" || word == "ARG"
    })
}

/// The value of a `FROM`, `Args::From`; helper of rules that look at base images.
pub fn from_image(instruction: &Instruction) -> Option<&crate::dockerfile::Word> {
    match &instruction.args {
        Args::From { image, .. } => Some(image),
        _ => None,
    }
}

/// Ends of the names of files that `ADD` may unpack.
const ARCHIVES: [&str; 18] = [
    ".tar", ".z", ".bz2", ".gz", ".lz", ".lzma", ".tz", ".tb2", ".tbz", ".tbz2", ".tgz", ".tlz", ".tpz", ".txz", ".xz",
    ".zst", ".tzst", ".lzo",
];

/// Whether a file is an archive, by its name.
pub fn is_archive(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ARCHIVES.iter().any(|end| name.ends_with(end))
}
