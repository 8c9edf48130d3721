//! The text of `RUN`, `CMD`, `ENTRYPOINT` and `HEALTHCHECK`, read as shell: a list of commands, each at its place.
//!
//! Rules do not want a syntax tree. They ask: is `apt-get install` run here, with `-y`, and what does it install? So
//! this module flattens a script into [`Command`]s in source order, from every depth (pipelines, lists, groups,
//! branches, loops, functions, substitutions), and says of each where it stood ([`Within`]). A command is seen through
//! what only starts it: `sudo -E env A=1 /usr/bin/apt-get install x` has the program `apt-get`; `sudo` and `env` are
//! its [`Wrapper`]s. The text of `sh -c '...'` and `eval '...'` is read as well; its commands follow the shell's own.
//!
//! `read.rs` walks the tree of the parser (`shuck-parser`), `word.rs` decodes a word from its text as written,
//! `command.rs` finds the program among the words with the table in `wrappers.rs`, `args.rs` splits what follows it
//! into flags and operands. `lint.rs` finds what ShellCheck finds.
//!
//! **Unsure means silent.** What a variable stands for is not known, so a [`Word`] has a text only where it holds no
//! expansion, and a command whose program is not known has the empty program, which no rule asks for. Where the text
//! does not parse, only whole statements before the first error are given, and [`Script::unread`] tells the rest.
//!
//! **Bounded.** Hostile text costs little: the limits below are checked before or while parsing.

mod args;
mod command;
pub mod lint;
mod lint_codes;
mod read;
mod word;
mod wrappers;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;

use crate::source::{MappedText, Span};

pub use args::{Argument, Flag};

/// Longest body that is read, in bytes. The longest among 1,600 real ones has 9 KB.
pub const MAX_BYTES: usize = 64 * 1024;
/// Most commands taken from one body.
pub const MAX_COMMANDS: usize = 2_000;
/// Deepest nesting of groups, branches and substitutions.
pub const MAX_NESTING: usize = 32;
/// Deepest nesting of `sh -c` and `eval` texts within each other.
pub const MAX_SHELLS: usize = 4;

/// Which shell runs the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// `/bin/sh`, the default. Read with the grammar of bash, as `/bin/sh` often is bash, and as hadolint does.
    #[default]
    Posix,
    /// bash, zsh, ksh.
    Bash,
    /// PowerShell, cmd, python: nothing is read.
    Other,
}

impl Dialect {
    /// The dialect of the program a `SHELL` instruction names: `/bin/bash`, `powershell`.
    pub fn of_program(program: &str) -> Self {
        let name = program.rsplit(['/', '\\']).next().unwrap_or(program).to_ascii_lowercase();
        match name.as_str() {
            "sh" | "dash" | "ash" => Self::Posix,
            "bash" | "zsh" | "ksh" | "mksh" => Self::Bash,
            _ => Self::Other,
        }
    }
}

/// A body read as shell.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// Which shell was assumed.
    pub dialect: Dialect,
    /// Every command at every depth, in the order they begin.
    pub commands: Vec<Command>,
    /// Every pipeline of two or more stages, in the order they begin.
    pub pipelines: Vec<Pipeline>,
    /// Redirections of groups, loops and subshells: `{ a; b; } > file`.
    pub group_redirects: Vec<Redirect>,
    /// What could not be read, if anything.
    pub unread: Option<Unread>,
}

/// A part of a body that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where reading stopped; may cross lines.
    pub span: Span,
    /// Why.
    pub why: Why,
}

/// Why a part of a body was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The text is not for a shell that is read here.
    Shell,
    /// Over [`MAX_BYTES`].
    TooLong,
    /// Over [`MAX_NESTING`].
    TooDeep,
    /// Over [`MAX_COMMANDS`].
    TooMany,
    /// It does not parse; the parser's message.
    Syntax(String),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shell => write!(f, "not a POSIX shell or bash"),
            Self::TooLong => write!(f, "shell text over {} KB", MAX_BYTES / 1024),
            Self::TooDeep => write!(f, "shell text nested over {MAX_NESTING} levels"),
            Self::TooMany => write!(f, "shell text with over {MAX_COMMANDS} commands"),
            Self::Syntax(message) => write!(f, "shell text does not parse: {message}"),
        }
    }
}

/// Commands joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// For each stage the commands it holds, as indexes into [`Script::commands`]. Of a simple stage the first is the
    /// command itself, others are those of its substitutions.
    pub stages: Vec<Range<usize>>,
    /// The `|` or `|&` between the stages; one less than stages.
    pub operators: Vec<Span>,
    /// From the first stage to the last.
    pub span: Span,
    /// Whether `set -o pipefail` was in force.
    pub pipefail: bool,
}

/// One simple command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The word that names the program, as written: `/usr/bin/apt-get`. Empty for assignments alone (`A=1`).
    pub name: Word,
    /// The words after it.
    pub args: Vec<Word>,
    /// Assignments before the command, or between `env` and its program.
    pub assignments: Vec<Assignment>,
    /// Redirections of this command.
    pub redirects: Vec<Redirect>,
    /// From the first assignment, wrapper or name to the last word or redirection; may cross lines.
    pub span: Span,
    /// Place of [`Command::name`].
    pub name_span: Span,
    /// What starts the program, outermost first.
    pub wrappers: Vec<Wrapper>,
    /// Where the command stands.
    pub within: Within,
    /// Basename of the program, or nothing.
    program: String,
}

/// A command that only starts another: `sudo`, `env`, `xargs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrapper {
    /// Basename of the wrapper.
    pub name: String,
    /// Place of the wrapper's name.
    pub span: Span,
    /// The wrapper's own options and operands.
    pub args: Vec<Word>,
}

/// `NAME=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The variable.
    pub name: String,
    /// The value; of an array the whole `(...)` without a known text.
    pub value: Word,
    /// From the name to the end of the value.
    pub span: Span,
}

/// A redirection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    /// `>`, `>>`, `>|`, `<`, `<>`, `<<`, `<<-`, `<<<`, `>&`, `<&`, `&>`, `&>>`.
    pub op: &'static str,
    /// The file descriptor where one is written.
    pub fd: Option<u32>,
    /// The file, the descriptor, the string, or the heredoc's delimiter.
    pub target: Word,
    /// The body of a heredoc.
    pub heredoc: Option<Span>,
    /// From the descriptor or operator to the target.
    pub span: Span,
}

impl Redirect {
    /// Whether the redirection writes to its target as a file.
    pub fn writes(&self) -> bool {
        matches!(self.op, ">" | ">>" | ">|" | "<>" | "&>" | "&>>")
    }
}

/// What stands between two commands of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListOp {
    /// `&&`
    And,
    /// `||`
    Or,
    /// `;` or a line end
    Then,
    /// `&`
    Background,
}

/// Where a command stands. The operators are those of the innermost list; a pipeline's stages share its operators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Within {
    /// In `( ... )`.
    pub subshell: bool,
    /// In `$( ... )`, backticks or `<( ... )`.
    pub substitution: bool,
    /// In the body of a function.
    pub function: bool,
    /// In the text of `sh -c`.
    pub shell_c: bool,
    /// In the text of `eval`.
    pub eval: bool,
    /// In the condition of `if`, `while` or `until`.
    pub condition: bool,
    /// In a branch of `if` or `case`, or in the body of a loop: may run any number of times.
    pub branch: bool,
    /// After `!`.
    pub negated: bool,
    /// The pipeline of which the command is a stage by itself, as an index into [`Script::pipelines`]. A command in a
    /// group that is a stage (`a | (b)`) has none; [`Pipeline::stages`] holds both.
    pub pipeline: Option<usize>,
    /// The stage of that pipeline, from 0.
    pub stage: usize,
    /// The operator before.
    pub before: Option<ListOp>,
    /// The operator after.
    pub after: Option<ListOp>,
    /// Whether `set -e` is in force.
    pub errexit: bool,
    /// Whether `set -o pipefail` is in force.
    pub pipefail: bool,
}

/// A word: what the shell makes one argument of, or several where it holds unquoted expansions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// Place of the word with its quotes.
    pub span: Span,
    /// What the word stands for, without quotes; nothing where that is not known.
    pub text: Option<String>,
    /// The word as written.
    pub raw: String,
    /// Whether any of it is in quotes.
    pub quoted: bool,
    /// Whether it holds `$x`, `$(..)`, backticks, `$((..))` or `<(..)`.
    pub has_expansion: bool,
    /// Whether unquoted `*`, `?`, `[`, `{a,b}` or a leading `~` make other words of it. Its text is as written then.
    pub has_pattern: bool,
    /// The variables read in it, outside of substitutions.
    pub variables: Vec<Variable>,
    /// Where the text is not known: what stands before the first expansion.
    prefix: Option<String>,
    /// Where the text is not known: what stands after the last expansion.
    suffix: Option<String>,
}

/// A variable read in a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// The name without `$` and braces.
    pub name: String,
    /// Place of `$x` or `${x...}`.
    pub span: Span,
    /// Whether it is in double quotes.
    pub quoted: bool,
}

impl Script {
    /// Reads `body`. Never fails: what cannot be read is told in [`Script::unread`].
    pub fn parse(body: &MappedText, dialect: Dialect) -> Self {
        read::text(body, dialect)
    }

    /// Reads the JSON form: `["apt-get", "install", "x"]` is one command, `["/bin/sh", "-c", "text"]` is that text.
    /// A span is that of the word, with or without its quotes; where it holds escapes, all of it is the place of what
    /// its text holds.
    pub fn from_words(words: &[(String, Span)]) -> Self {
        read::words(words)
    }

    /// Reads the body of a heredoc, which stands verbatim at `span`.
    pub fn script_of_heredoc(body: &str, span: Span, dialect: Dialect) -> Self {
        let mut mapped = MappedText::default();
        mapped.push(body, span.start as usize);
        Self::parse(&mapped, dialect)
    }

    /// Whether `set -o pipefail` is in force at `offset` of the source, that is at the last command that begins there
    /// or before.
    pub fn pipefail_at(&self, offset: u32) -> bool {
        self.command_at(offset).is_some_and(|command| command.within.pipefail)
    }

    /// Whether `set -e` is in force at `offset` of the source.
    pub fn errexit_at(&self, offset: u32) -> bool {
        self.command_at(offset).is_some_and(|command| command.within.errexit)
    }

    /// The commands of one stage of a pipeline.
    pub fn stage<'s>(&'s self, pipeline: &Pipeline, stage: usize) -> &'s [Command] {
        let range = pipeline.stages.get(stage).cloned().unwrap_or_default();
        self.commands.get(range).unwrap_or_default()
    }

    /// The commands whose program is one of `programs`.
    pub fn running<'s>(&'s self, programs: &'s [&'s str]) -> impl Iterator<Item = &'s Command> {
        self.commands.iter().filter(|command| programs.contains(&command.program()))
    }

    fn command_at(&self, offset: u32) -> Option<&Command> {
        self.commands.iter().rev().find(|command| command.span.start <= offset)
    }
}

impl Command {
    /// Basename of the program, seen through wrappers; empty where it is not known or there is none.
    pub fn program(&self) -> &str {
        &self.program
    }

    /// Whether the command came through the wrapper `name`.
    pub fn wrapped_by(&self, name: &str) -> Option<&Wrapper> {
        self.wrappers.iter().find(|wrapper| wrapper.name == name)
    }
}

impl Word {
    /// What the word stands for, where that is known.
    pub fn literal(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Whether the word is known to be `text`.
    pub fn is(&self, text: &str) -> bool {
        self.literal() == Some(text)
    }

    /// What is known of the word's beginning: all of it, or what stands before the first expansion.
    pub fn known_prefix(&self) -> &str {
        self.text.as_deref().or(self.prefix.as_deref()).unwrap_or_default()
    }

    /// Whether the word is known to begin with `start`.
    pub fn starts_with_literal(&self, start: &str) -> bool {
        self.known_prefix().starts_with(start)
    }
}
