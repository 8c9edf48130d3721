//! ShellCheck's findings in a body of shell, found natively.
//!
//! The work is done by `shuck-linter`, a library with the rules of ShellCheck, behind the cargo feature `shell-lint`;
//! without it nothing is found. This module keeps the library at arm's length:
//!
//! - Only the codes of the table in `lint_codes.rs` run, and only where one of them was asked for.
//! - It never sees a path, and follows no `source`: nothing but the body is read.
//! - Its cost grows faster than the body. Bodies over the limits below are not given to it, and are counted instead.
//! - What it found in a body is kept: the same `apt-get` line stands in many files.
//! - A panic in it is caught, and counted.
//! - Its findings are corrected by what is known of a Dockerfile: the variables of `ARG` and `ENV`, and which shell
//!   `/bin/sh` is.

use std::ops::Range;

use super::{Command, Script, Unread, Why, Word};
use crate::source::{MappedText, Span};

/// Longest body that is linted, in bytes.
pub const MAX_BYTES: usize = 16 * 1024;
/// Most commands in a body that is linted.
pub const MAX_COMMANDS: usize = 200;

/// Which shell runs a body, as far as that is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shell {
    /// `/bin/sh`; which one is not known.
    #[default]
    Sh,
    /// dash: `/bin/sh` of Debian and Ubuntu.
    Dash,
    /// The shell of busybox: `/bin/sh` of Alpine.
    Ash,
    /// bash, and `/bin/sh` where that is bash.
    Bash,
    /// ksh.
    Ksh,
}

impl Shell {
    /// The shell that a program is, with `sh` for what `/bin/sh` is here; `None` for what is not linted.
    pub fn of_program(program: &str, sh: Self) -> Option<Self> {
        let name = program.rsplit('/').next().unwrap_or(program);
        match name {
            "sh" => Some(sh),
            "dash" => Some(Self::Dash),
            "ash" => Some(Self::Ash),
            "bash" => Some(Self::Bash),
            "ksh" => Some(Self::Ksh),
            _ => None,
        }
    }
}

/// When findings of a code show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Always, as an error.
    Error,
    /// Always, as an error, where the text cannot be parsed.
    Syntax,
    /// Always.
    Bug,
    /// When asked for.
    Ask,
    /// When asked for, as a matter of style.
    Style,
    /// In dash, which lacks the feature.
    Dash,
    /// In dash and ash, which lack it.
    Small,
    /// `echo` with backslashes.
    Echo,
}

/// How a finding is shown in a body of a certain shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// Always, as an error.
    Error,
    /// Always.
    Bug,
    /// When asked for.
    Ask,
    /// When asked for, as a matter of style.
    Style,
}

impl Show {
    /// Whether the finding is kept for those who ask.
    pub fn is_pedantic(self) -> bool {
        matches!(self, Self::Ask | Self::Style)
    }
}

impl When {
    /// How a code shows in `shell`; `None` where it does not apply.
    pub fn show_in(self, shell: Shell) -> Option<Show> {
        match (self, shell) {
            (Self::Error | Self::Syntax, _) => Some(Show::Error),
            (Self::Dash | Self::Small, Shell::Dash) | (Self::Small, Shell::Ash) => Some(Show::Error),
            (Self::Dash | Self::Small, _) => None,
            (Self::Bug, _) => Some(Show::Bug),
            (Self::Ask, _) => Some(Show::Ask),
            (Self::Style, _) => Some(Show::Style),
            (Self::Echo, Shell::Dash) => None,
            (Self::Echo, Shell::Bash | Shell::Ash) => Some(Show::Bug),
            (Self::Echo, Shell::Sh | Shell::Ksh) => Some(Show::Ask),
        }
    }
}

/// A row of the table.
#[derive(Debug)]
pub struct Code {
    /// `shellcheck:SC2086`.
    pub alias: &'static str,
    /// The library's own name for it; empty for codes that are found here.
    #[cfg_attr(not(feature = "shell-lint"), allow(dead_code, reason = "there is no library to name it to"))]
    rule: &'static str,
    /// When it shows.
    pub when: When,
    /// What is wrong; `{}` stands for the text at fault.
    message: &'static str,
}

impl Code {
    /// `SC2086`.
    pub fn id(&self) -> &'static str {
        self.alias.split_once(':').map_or(self.alias, |(_, id)| id)
    }
}

macro_rules! when {
    (error) => {
        When::Error
    };
    (syntax) => {
        When::Syntax
    };
    (bug) => {
        When::Bug
    };
    (ask) => {
        When::Ask
    };
    (style) => {
        When::Style
    };
    (dash) => {
        When::Dash
    };
    (small) => {
        When::Small
    };
    (echo) => {
        When::Echo
    };
}

macro_rules! table {
    ($($alias:literal $rule:literal $when:ident $message:literal;)*) => {
        /// Every code that may be reported, in order.
        pub static CODES: &[Code] =
            &[$(Code { alias: $alias, rule: $rule, when: when!($when), message: $message }),*];
    };
}
crate::shell_codes!(table);

/// The id of every code: `SC2086`.
pub fn ids() -> impl Iterator<Item = &'static str> {
    CODES.iter().map(Code::id)
}

/// Which codes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// Those that show always.
    Bugs,
    /// All.
    All,
}

/// How a body is linted.
pub struct Setting<'a> {
    /// The shell that runs it.
    pub shell: Shell,
    /// Whether that shell is started with `-e`.
    pub errexit: bool,
    /// Whether that shell is started with `-o pipefail`.
    pub pipefail: bool,
    /// Which codes are looked for.
    pub wanted: Wanted,
    /// Whether a variable is set before the body runs: by `ARG`, `ENV`, a mounted secret, the builder.
    pub is_set: &'a dyn Fn(&str) -> bool,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellFinding {
    /// `shellcheck:SC2086`.
    pub alias: &'static str,
    /// How it shows.
    pub show: Show,
    /// What is wrong.
    pub message: String,
    /// Where; may cross lines.
    pub span: Span,
}

/// A finding by its place in the body's text, as it is kept.
#[derive(Clone, Debug)]
struct Raw {
    code: &'static Code,
    range: Range<usize>,
}

/// Lints `body`, which was read as `script`. The error says why it was not linted.
///
/// # Errors
/// The body is over a limit, or the library failed on it.
pub fn lint(body: &MappedText, script: &Script, setting: &Setting<'_>) -> Result<Vec<ShellFinding>, &'static str> {
    if body.text().contains("\r\n") {
        return lint(&super::read::without_carriage_returns(body), script, setting);
    }
    within_limits(body, script)?;
    let mut found: Vec<Raw> = engine::lint(body.text(), setting)?.to_vec();
    if setting.wanted == Wanted::All {
        found.extend(own(body, script));
    }
    // Where the text does not parse, what follows was read wrongly: only the codes about that are right.
    let is_broken = matches!(&script.unread, Some(Unread { why: Why::Syntax(_), .. }));
    found.retain(|raw| if is_broken { raw.code.id().starts_with("SC1") } else { raw.code.when != When::Syntax });
    found.sort_by_key(|raw| (raw.range.start, raw.range.end, raw.code.alias));
    // One error of syntax: those after it are its echoes.
    let first = found.iter().find(|raw| raw.code.when == When::Syntax).map(|raw| raw.range.clone());
    found.retain(|raw| raw.code.when != When::Syntax || first.as_ref() == Some(&raw.range));
    let shown = found.into_iter().filter_map(|raw| {
        let span = body.span(raw.range.clone());
        let text = body.text()[raw.range].trim();
        let around = around(span, script);
        let show = raw.code.when.show_in(setting.shell).filter(|_| is_true(raw.code, text, around, setting))?;
        let show = if show == Show::Bug && !is_sure(raw.code, text, around) { Show::Ask } else { show };
        Some(ShellFinding { alias: raw.code.alias, show, message: message(raw.code, text), span })
    });
    Ok(shown.filter(|finding| setting.wanted == Wanted::All || !finding.show.is_pedantic()).collect())
}

/// The innermost command that holds `span`.
fn around(span: Span, script: &Script) -> Option<&Command> {
    let all = script.commands.iter().filter(|command| command.span.contains(span));
    all.min_by_key(|command| command.span.len())
}

/// Whether the body may be given to the library.
fn within_limits(body: &MappedText, script: &Script) -> Result<(), &'static str> {
    match &script.unread {
        _ if body.text().len() > MAX_BYTES => Err("shell text over 16 KB"),
        _ if script.commands.len() > MAX_COMMANDS => Err("shell text with over 200 commands"),
        Some(Unread { why: Why::TooLong, .. }) => Err("shell text over 16 KB"),
        Some(Unread { why: Why::TooMany, .. }) => Err("shell text with over 200 commands"),
        Some(Unread { why: Why::TooDeep, .. }) => Err("shell text nested over 32 levels"),
        _ => Ok(()),
    }
}

/// Corrects the library by what it cannot know.
fn is_true(code: &Code, text: &str, around: Option<&Command>, setting: &Setting<'_>) -> bool {
    let is_builtin = || around.is_none_or(|command| !command.name.raw.contains('/'));
    let has_option = || around.and_then(|command| command.args.first()).is_some_and(|first| first.raw.starts_with('-'));
    match code.id() {
        // What an image's author declares is split on purpose (`apk add $DEPS`), or holds no blanks (`$VERSION`).
        "SC2086" | "SC2153" | "SC2154" | "SC2223" => !(setting.is_set)(variable(text)),
        // Who writes `-e` or `-E` knows of the backslashes.
        "SC2028" => !has_option(),
        // dash knows `echo -n` and `read -p`; `/bin/echo` is another program.
        "SC3037" => text != "-n" && is_builtin(),
        "SC3045" => !matches!(text, "-p" | "-pr" | "-rp"),
        _ => true,
    }
}

/// Whether a fault is surely one, so that it shows unasked.
fn is_sure(code: &Code, text: &str, around: Option<&Command>) -> bool {
    let prints = || around.is_none_or(|command| matches!(command.program(), "" | "echo" | "printf"));
    match code.id() {
        // Code and configuration that `echo` writes to a file hold backslashes of their own.
        "SC2028" => text.contains("\\n") && !text.trim_matches(['"', '\'']).contains(['"', '\'', '%', ';', '{', '[']),
        // A text that is only shown, or kept to be shown.
        "SC2088" => !prints(),
        _ => true,
    }
}

/// The name in `$name`, `${name:-x}`, `name`.
fn variable(text: &str) -> &str {
    let start = text.trim_start_matches(['"', '$', '{', '!', '#']);
    &start[..start.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(start.len())]
}

/// The code's message about `text`.
fn message(code: &Code, text: &str) -> String {
    const LONGEST: usize = 40;
    let text = if matches!(code.id(), "SC2034" | "SC2154") { variable(text) } else { text };
    let line = text.lines().next().unwrap_or_default().trim_end();
    let shown: String = match line.chars().count() > LONGEST {
        true => line.chars().take(LONGEST - 3).chain("...".chars()).collect(),
        false => line.to_owned(),
    };
    match shown.is_empty() {
        true => code.message.replace("`{}`", "this"),
        false => code.message.replace("{}", &shown.replace('`', "'")),
    }
}

/// Codes that the library does not have and the commands tell.
fn own(body: &MappedText, script: &Script) -> Vec<Raw> {
    let Some(find) = CODES.iter().find(|code| code.id() == "SC2185") else { return Vec::new() };
    let Some(cat) = CODES.iter().find(|code| code.id() == "SC2002") else { return Vec::new() };
    let is_script = |command: &&Command| !command.within.shell_c && !command.within.eval;
    let mut found = Vec::new();
    for command in script.commands.iter().filter(is_script) {
        match command.program() {
            "find" if searches_no_folder(&command.args) => found.extend(raw(find, body, command.name_span)),
            "cat" if is_useless_cat(command, script) => found.extend(raw(cat, body, command.args[0].span)),
            _ => {}
        }
    }
    found
}

/// A finding at a place of the source, where that is one stretch of the body.
fn raw(code: &'static Code, body: &MappedText, span: Span) -> Option<Raw> {
    let start = body.offset_of(span.start)?;
    Some(Raw { code, range: start..start + span.len() }).filter(|raw| body.span(raw.range.clone()) == span)
}

fn searches_no_folder(args: &[Word]) -> bool {
    let before = |word: &&Word| ["-L", "-H", "-P"].iter().any(|option| word.is(option));
    let mut rest = args.iter().skip_while(before);
    rest.next().is_none_or(|first| {
        let starts = |start: &str| first.starts_with_literal(start);
        !(starts("--") || starts("-O") || starts("-D")) && (starts("-") || first.is("(") || first.is("!"))
    })
}

/// `cat file | program`: one file, named by a word that is no option, and the first stage of a pipeline.
fn is_useless_cat(command: &Command, script: &Script) -> bool {
    let [file] = command.args.as_slice() else { return false };
    let first = command.within.pipeline.is_some_and(|index| {
        command.within.stage == 0 && script.pipelines[index].operators.first().is_some_and(|pipe| pipe.len() == 1)
    });
    let one_file = !file.has_pattern && !file.raw.starts_with('-') && (file.quoted || !file.has_expansion);
    first && one_file && command.redirects.is_empty() && command.wrappers.is_empty()
}

#[cfg(not(feature = "shell-lint"))]
mod engine {
    //! Nothing is found in a build without the library.

    pub(super) fn lint(_: &str, _: &super::Setting<'_>) -> Result<std::sync::Arc<[super::Raw]>, &'static str> {
        Ok(std::sync::Arc::from([]))
    }
}

#[cfg(feature = "shell-lint")]
#[path = "lint_engine.rs"]
mod engine;

#[cfg(all(test, feature = "shell-lint"))]
#[path = "lint_tests.rs"]
mod tests;
