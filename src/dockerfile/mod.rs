//! Dockerfile text to instructions with spans.
//!
//! [`Dockerfile::parse`] reads what BuildKit reads, in BuildKit's order: byte order mark, parser directives
//! ([`directives`]), logical lines joined over continuations ([`lines`]), keyword, flags and the rest, the parser of
//! each keyword ([`instruction`]), heredoc bodies ([`heredoc`]), words with their quotes and variables ([`words`],
//! [`expand`]), and last the graph of stages and what each variable holds where ([`stages`], [`scope`]).
//!
//! It never fails. What BuildKit refuses is one [`SyntaxError`] for the instruction at fault, and reading goes on
//! with the next one; an instruction at fault is kept, with as much of it as could be told. Nothing is lost: the
//! [`Piece`]s of a file, joined, are its bytes.
//!
//! Errors here are only those for which BuildKit refuses the line as it reads it. Unknown flags, bad mount options,
//! forbidden `ONBUILD` triggers, impossible ports and the like are kept as written; rules report them. A file
//! without `FROM` is read too, since fragments are included by other tools.

mod directives;
mod expand;
mod flags;
mod heredoc;
mod instruction;
mod lines;
mod scope;
mod stages;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::source::{MappedText, Span, SyntaxError};

pub use expand::{Lookup, MAX_NESTING, Modifier, Op, Quote, VarRef, Word, expand_with};
pub use flags::{FlagSpec, MOUNT_KINDS, MOUNT_OPTIONS, MountSpec, SHARING, Takes, WITH_FLAGS, flags_of};
pub use lines::MAX_LINE;
pub use scope::{BUILD_ARGS, PLATFORM_ARGS, PROXY_ARGS, Scope};
pub use stages::{Edge, EdgeKind, Stage, StageBase};

/// A Dockerfile, read.
#[derive(Debug)]
pub struct Dockerfile {
    /// The text that was read; all spans are in it.
    pub text: Arc<str>,
    /// The parser directives at the head of the file, in order.
    pub directives: Vec<Directive>,
    /// The escape character: a backslash, or a backtick by directive.
    pub escape: char,
    /// All instructions, those at fault too.
    pub instructions: Vec<Instruction>,
    /// All comments but directives, those within instructions too.
    pub comments: Vec<Comment>,
    /// The stages, one for each `FROM`.
    pub stages: Vec<Stage>,
    /// What a stage takes from other stages, in file order.
    pub edges: Vec<Edge>,
    /// The lines that BuildKit refuses, in file order, one for each instruction at most.
    pub errors: Vec<SyntaxError>,
    pieces: Vec<Piece>,
    definitions: scope::Definitions,
    stage_definitions: OnceLock<scope::Definitions>,
    names: stages::Names,
}

/// A stretch of the file. The pieces follow each other without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it is.
    pub kind: PieceKind,
    /// Whole lines, with their ends.
    pub span: Span,
}

/// What a [`Piece`] of the file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// The byte order mark.
    ByteOrderMark,
    /// Blank lines.
    Blank,
    /// The directive of this index.
    Directive(usize),
    /// The comment of this index.
    Comment(usize),
    /// The instruction of this index, with its heredocs.
    Instruction(usize),
}

/// A parser directive: `# name=value` at the head of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// `syntax`, `escape` or `check`, in lower case.
    pub name: String,
    /// The value, without the blanks around it.
    pub value: String,
    /// Where the name stands.
    pub name_span: Span,
    /// Where the value stands.
    pub value_span: Span,
    /// The line, from `#`.
    pub span: Span,
}

/// A comment line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the end of the line.
    pub span: Span,
    /// The instruction between whose lines it stands.
    pub inside: Option<usize>,
}

/// What an instruction does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is the instruction of its name")]
pub enum Keyword {
    From,
    Run,
    Cmd,
    Label,
    Maintainer,
    Expose,
    Env,
    Add,
    Copy,
    Entrypoint,
    Volume,
    User,
    Workdir,
    Arg,
    Onbuild,
    Stopsignal,
    Healthcheck,
    Shell,
    /// None of them.
    Unknown,
}

impl Keyword {
    /// Every keyword that BuildKit knows.
    pub const ALL: [Keyword; 18] = [
        Self::From,
        Self::Run,
        Self::Cmd,
        Self::Label,
        Self::Maintainer,
        Self::Expose,
        Self::Env,
        Self::Add,
        Self::Copy,
        Self::Entrypoint,
        Self::Volume,
        Self::User,
        Self::Workdir,
        Self::Arg,
        Self::Onbuild,
        Self::Stopsignal,
        Self::Healthcheck,
        Self::Shell,
    ];

    /// The keyword in capitals; empty for [`Keyword::Unknown`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::From => "FROM",
            Self::Run => "RUN",
            Self::Cmd => "CMD",
            Self::Label => "LABEL",
            Self::Maintainer => "MAINTAINER",
            Self::Expose => "EXPOSE",
            Self::Env => "ENV",
            Self::Add => "ADD",
            Self::Copy => "COPY",
            Self::Entrypoint => "ENTRYPOINT",
            Self::Volume => "VOLUME",
            Self::User => "USER",
            Self::Workdir => "WORKDIR",
            Self::Arg => "ARG",
            Self::Onbuild => "ONBUILD",
            Self::Stopsignal => "STOPSIGNAL",
            Self::Healthcheck => "HEALTHCHECK",
            Self::Shell => "SHELL",
            Self::Unknown => "",
        }
    }

    /// The keyword that `text` is, in any case.
    pub fn from_text(text: &str) -> Self {
        Self::ALL.into_iter().find(|keyword| keyword.as_str().eq_ignore_ascii_case(text)).unwrap_or(Self::Unknown)
    }

    /// Whether heredocs may follow the instruction.
    pub fn takes_heredocs(self) -> bool {
        matches!(self, Self::Run | Self::Copy | Self::Add)
    }
}

/// One instruction.
#[derive(Clone, Debug)]
pub struct Instruction {
    /// What it does.
    pub keyword: Keyword,
    /// Where the keyword stands.
    pub keyword_span: Span,
    /// The keyword as written.
    pub keyword_text: String,
    /// From the keyword to the end of its last line, heredocs included.
    pub span: Span,
    /// The leading words that begin with `--`, known or not.
    pub flags: Vec<Flag>,
    /// What follows the keyword and flags, without heredoc bodies.
    pub body_span: Span,
    /// What follows, understood.
    pub args: Args,
    /// The heredocs it announces, in order. Those of `ONBUILD` are with the inner instruction.
    pub heredocs: Vec<Heredoc>,
    /// The stage it belongs to; none before the first `FROM`.
    pub stage: Option<usize>,
    /// The instruction that `ONBUILD` puts off.
    pub onbuild: Option<Box<Instruction>>,
    /// The comments between the instruction before and this one, as a range of [`Dockerfile::comments`].
    pub comments_above: Range<usize>,
    /// Blank lines between its lines, which BuildKit warns of.
    pub empty_continuation_lines: Vec<Span>,
    /// Whether BuildKit refuses it: there is an entry in [`Dockerfile::errors`].
    pub has_error: bool,
}

/// A `--flag` of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The name, without dashes.
    pub name: String,
    /// The name with its dashes.
    pub name_span: Span,
    /// What follows `=`, if there is one.
    pub value: Option<Word>,
    /// The whole flag.
    pub span: Span,
    mount: Option<Box<Mount>>,
}

impl Flag {
    /// The options of a `--mount` flag.
    pub fn mount(&self) -> Option<&Mount> {
        self.mount.as_deref()
    }

    /// The value as text; empty for a flag without one.
    pub fn text(&self) -> &str {
        self.value.as_ref().map_or("", |word| &word.value)
    }
}

/// The value of a `--mount` flag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mount {
    /// The type in lower case: `bind` unless said otherwise.
    pub kind: String,
    /// The stage or image it comes from.
    pub from: Option<Word>,
    /// All options, in order.
    pub options: Vec<MountOption>,
}

impl Mount {
    fn new(options: Vec<MountOption>) -> Self {
        let mut mount = Self { kind: "bind".to_owned(), from: None, options };
        if let Some(kind) = mount.value(&["type"]) {
            mount.kind = kind.value.to_ascii_lowercase();
        }
        mount.from = mount.value(&["from"]).cloned();
        mount
    }

    /// The last option with one of these keys.
    pub fn option(&self, keys: &[&str]) -> Option<&MountOption> {
        self.options.iter().rev().find(|option| keys.contains(&option.key.as_str()))
    }

    /// The value of the last option with one of these keys.
    pub fn value(&self, keys: &[&str]) -> Option<&Word> {
        self.option(keys).and_then(|option| option.value.as_ref())
    }

    /// Where it is mounted.
    pub fn target(&self) -> Option<&Word> {
        self.value(&["target", "dst", "destination"])
    }

    /// What is mounted.
    pub fn source(&self) -> Option<&Word> {
        self.value(&["source", "src"])
    }
}

/// One option of a mount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MountOption {
    /// The key in lower case.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// What follows `=`, if there is one.
    pub value: Option<Word>,
    /// Key and value.
    pub span: Span,
}

/// Whether a list is written as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words between blanks.
    Shell,
    /// A JSON array of strings.
    Json,
}

/// What follows the keyword and the flags of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Args {
    /// `FROM image [AS alias]`; the platform is `instruction.flag("platform")`.
    From {
        /// The image or stage.
        image: Word,
        /// The word `AS`.
        as_span: Option<Span>,
        /// The stage's name as written.
        alias: Option<Word>,
    },
    /// `EXPOSE` and `VOLUME`: words. `USER`, `WORKDIR`, `STOPSIGNAL` and `MAINTAINER`: one word, the rest of the line.
    Words {
        /// How they are written.
        form: Form,
        /// The words.
        words: Vec<Word>,
    },
    /// `ENV`, `LABEL`, `ARG`.
    Pairs(Vec<Pair>),
    /// `COPY` and `ADD`.
    Copy {
        /// How the list is written.
        form: Form,
        /// What is copied, without heredocs, which are in [`Instruction::heredocs`].
        sources: Vec<Word>,
        /// Where to.
        dest: Word,
    },
    /// `RUN`, `CMD`, `ENTRYPOINT`, `SHELL` (always JSON) and `HEALTHCHECK CMD`.
    Command(Command),
    /// `HEALTHCHECK NONE`.
    None {
        /// The word `NONE`.
        span: Span,
    },
    /// `ONBUILD`: see [`Instruction::onbuild`].
    Onbuild,
    /// What follows cannot be read.
    Unreadable,
}

/// `key=value` of `ENV`, `LABEL` or `ARG`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The key.
    pub key: Word,
    /// The value; only `ARG` may have none.
    pub value: Option<Word>,
    /// Written `KEY value`.
    pub legacy: bool,
    /// Key and value.
    pub span: Span,
}

/// A command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// The exec form. BuildKit expands nothing in it.
    Json(Vec<Word>),
    /// The shell form: the text given to the shell, continuations, comments and blank lines within it removed.
    Shell(MappedText),
}

/// A heredoc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The name: what ends the body, and the file's name in `COPY` and `ADD`.
    pub name: String,
    /// The name as written, quotes included.
    pub delimiter: Span,
    /// The whole word: `3<<-'EOF'`.
    pub word_span: Span,
    /// Some of the name is quoted: nothing is expanded in the body.
    pub quoted: bool,
    /// Written `<<-`: tabs before each line of the body are taken away.
    pub strip_tabs: bool,
    /// The file descriptor written before `<<`.
    pub fd: Option<u32>,
    /// The body, whole lines with their ends.
    pub body_span: Span,
    /// The name on the line that ends the body; empty where that line is missing.
    pub terminator_span: Span,
}

impl Instruction {
    /// The first flag of this name.
    pub fn flag(&self, name: &str) -> Option<&Flag> {
        self.flags.iter().find(|flag| flag.name == name)
    }

    /// The mounts of a `RUN`, each with its flag.
    pub fn mounts(&self) -> impl Iterator<Item = (&Flag, &Mount)> {
        self.flags.iter().filter_map(|flag| Some((flag, flag.mount()?)))
    }

    /// The command of `RUN`, `CMD`, `ENTRYPOINT`, `SHELL`, `HEALTHCHECK CMD`.
    pub fn command(&self) -> Option<&Command> {
        match &self.args {
            Args::Command(command) => Some(command),
            _ => None,
        }
    }

    /// The shell form's text.
    pub fn shell_text(&self) -> Option<&MappedText> {
        match self.command()? {
            Command::Shell(text) => Some(text),
            Command::Json(_) => None,
        }
    }

    /// The words of the exec form.
    pub fn json_words(&self) -> Option<&[Word]> {
        match self.command()? {
            Command::Json(words) => Some(words),
            Command::Shell(_) => None,
        }
    }

    /// The pairs of `ENV`, `LABEL`, `ARG`; none for others.
    pub fn pairs(&self) -> &[Pair] {
        match &self.args {
            Args::Pairs(pairs) => pairs,
            _ => &[],
        }
    }

    /// All words after the flags, in order: a command's only in exec form.
    pub fn words(&self) -> Vec<&Word> {
        match &self.args {
            Args::From { image, alias, .. } => std::iter::once(image).chain(alias).collect(),
            Args::Words { words, .. } | Args::Command(Command::Json(words)) => words.iter().collect(),
            Args::Pairs(pairs) => pairs.iter().flat_map(|pair| std::iter::once(&pair.key).chain(&pair.value)).collect(),
            Args::Copy { sources, dest, .. } => sources.iter().chain(std::iter::once(dest)).collect(),
            Args::Command(Command::Shell(_)) | Args::None { .. } | Args::Onbuild | Args::Unreadable => Vec::new(),
        }
    }

    /// The first word after the flags.
    pub fn word(&self) -> Option<&Word> {
        match &self.args {
            Args::From { image, .. } => Some(image),
            Args::Words { words, .. } | Args::Command(Command::Json(words)) => words.first(),
            Args::Pairs(pairs) => pairs.first().map(|pair| &pair.key),
            Args::Copy { sources, dest, .. } => Some(sources.first().unwrap_or(dest)),
            Args::Command(Command::Shell(_)) | Args::None { .. } | Args::Onbuild | Args::Unreadable => None,
        }
    }

    /// The instruction itself, or what `ONBUILD` puts off.
    pub fn effective(&self) -> &Instruction {
        self.onbuild.as_deref().unwrap_or(self)
    }

    /// The heredoc that is the whole command of a `RUN`: the shell runs its body, or the interpreter that
    /// [`Heredoc::shebang`] names. In `RUN <<EOF python3` the heredoc is input, not the command.
    pub fn script(&self) -> Option<&Heredoc> {
        let [heredoc] = self.heredocs.as_slice() else { return None };
        let text = self.shell_text()?;
        (self.keyword == Keyword::Run && text.span(0..text.text().len()) == heredoc.word_span).then_some(heredoc)
    }
}

impl Dockerfile {
    /// Reads a Dockerfile. What cannot be read is in [`Dockerfile::errors`].
    pub fn parse(text: impl Into<Arc<str>>) -> Self {
        instruction::parse(text.into())
    }

    /// Stretches of the file that follow each other without gaps: all bytes, and what they are.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The directive of this name.
    pub fn directive(&self, name: &str) -> Option<&Directive> {
        self.directives.iter().find(|directive| directive.name == name)
    }

    /// The comments between the instruction before and this one.
    pub fn comments_above(&self, instruction: &Instruction) -> &[Comment] {
        &self.comments[instruction.comments_above.clone()]
    }

    /// The variables that BuildKit expands in the body of a heredoc of `COPY` or `ADD`.
    pub fn heredoc_body(&self, heredoc: &Heredoc) -> Option<Word> {
        let joined = lines::Joined::slice(&self.text, heredoc.body_span.range());
        let all = 0..joined.text().len();
        (!heredoc.quoted).then(|| expand::Lexer::body(&joined, all, self.escape as u8).ok()).flatten()
    }
}
