//! From the words of a simple command to what it runs: seen through wrappers, and the text it hands to a shell.

use std::ops::Range;

use super::wrappers::{self, Spec};
use super::{Assignment, Command, Redirect, Within, Word, Wrapper};
use crate::source::Span;

/// The parts of a simple command before wrappers are seen through.
#[derive(Default)]
pub(super) struct Parts {
    pub words: Vec<Word>,
    pub assignments: Vec<Assignment>,
    pub redirects: Vec<Redirect>,
}

/// The shell's options that rules ask for.
#[derive(Clone, Copy, Default)]
pub(super) struct Options {
    pub errexit: bool,
    pub pipefail: bool,
}

/// Makes a command of its parts; nothing if there is no part.
pub(super) fn assemble(parts: Parts, within: Within) -> Option<Command> {
    let Parts { words, mut assignments, redirects } = parts;
    let of_words = words.iter().map(|word| word.span);
    let of_assignments = assignments.iter().map(|assignment| assignment.span);
    let of_redirects = redirects.iter().map(|redirect| redirect.span);
    let span = of_words.chain(of_assignments).chain(of_redirects).reduce(Span::cover)?;
    let mut wrappers = Vec::new();
    let mut rest = words.as_slice();
    while let Some((spec, skip)) = through(rest) {
        let args = &rest[1..skip];
        assignments.extend(args.iter().filter(|_| spec.assignments).filter_map(env_assignment));
        wrappers.push(Wrapper { name: spec.name.to_owned(), span: rest[0].span, args: args.to_vec() });
        rest = &rest[skip..];
    }
    let program = rest.first().map(program_of).unwrap_or_default();
    let taken = words.len() - rest.len();
    let mut words = words.into_iter().skip(taken);
    let name =
        words.next().unwrap_or_else(|| Word { span: Span { start: span.start, end: span.start }, ..Word::default() });
    let name_span = name.span;
    Some(Command { name, args: words.collect(), assignments, redirects, span, name_span, wrappers, within, program })
}

/// Basename of the program a word names. `$HOME/bin/x` names `x`; `$x` and `$dir/bin-$x` name nothing known.
fn program_of(word: &Word) -> String {
    let known = match (&word.text, &word.suffix) {
        (Some(text), _) => text.rsplit('/').next(),
        (None, Some(suffix)) => suffix.rsplit_once('/').map(|(_, name)| name),
        (None, None) => None,
    };
    known.unwrap_or_default().to_owned()
}

/// The wrapper that `words` begin with, and how many words stand before its program; nothing if no program follows.
fn through(words: &[Word]) -> Option<(&'static Spec, usize)> {
    let spec = wrappers::find(&program_of(words.first()?))?;
    let mut at = 1;
    while let Some(text) = words.get(at).map(Word::known_prefix) {
        if text == "--" {
            at += 1;
            break;
        }
        let name = text.split('=').next().unwrap_or(text);
        if spec.instead.contains(&name) {
            return None;
        }
        let is_assignment = spec.assignments && env_assignment(&words[at]).is_some();
        if !is_assignment && !(text.starts_with('-') && (text.len() > 1 || spec.name == "env")) {
            break;
        }
        at += if takes_next(spec, text) { 2 } else { 1 };
    }
    at += spec.operands;
    // `env -- A=1 cmd` and `sudo -- A=1 cmd` have their assignments after the dashes.
    while spec.assignments && words.get(at).is_some_and(|word| env_assignment(word).is_some()) {
        at += 1;
    }
    (at < words.len()).then_some((spec, at))
}

/// Whether the option `text` takes the next word: `-u`, `-Eu`, `--user`, but not `-uroot`, `--user=root`.
fn takes_next(spec: &Spec, text: &str) -> bool {
    if text.starts_with("--") || text.len() <= 2 {
        return spec.values.contains(&text);
    }
    let takes = |letter: u8| spec.values.iter().any(|value| value.as_bytes() == [b'-', letter]);
    let letters = text.as_bytes();
    letters.iter().skip(1).position(|letter| takes(*letter)).is_some_and(|at| at + 2 == letters.len())
}

/// `NAME=value` as a word.
fn env_assignment(word: &Word) -> Option<Assignment> {
    let (name, _) = word.known_prefix().split_once('=')?;
    let is_name = !name.is_empty()
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if !is_name {
        return None;
    }
    let skip = name.len() + 1;
    let mut value = word.clone();
    value.text = value.text.map(|text| text[skip..].to_owned());
    value.prefix = value.prefix.map(|text| text[skip..].to_owned());
    if word.raw.starts_with(name) && word.span.len() == word.raw.len() {
        value.raw = word.raw[skip..].to_owned();
        value.span.start += skip as u32;
    }
    Some(Assignment { name: name.to_owned(), value, span: word.span })
}

/// The arguments of a command that are shell text.
pub(super) struct ShellText {
    pub range: Range<usize>,
    /// Whether they are joined by blanks and run by the same shell.
    pub eval: bool,
}

/// What of a command's arguments is shell text, if anything.
pub(super) fn shell_text(command: &Command) -> Option<ShellText> {
    let args = &command.args;
    if command.program() == "eval" {
        let from = args.iter().take_while(|word| word.is("--")).count();
        return (from < args.len()).then_some(ShellText { range: from..args.len(), eval: true });
    }
    let at = if wrappers::SHELLS.contains(&command.program()) {
        shell_c(args)?
    } else if wrappers::USER_SHELLS.contains(&command.program()) {
        args.iter().position(|word| word.is("-c") || word.is("--command") || word.is("-lc"))? + 1
    } else {
        return None;
    };
    (at < args.len()).then_some(ShellText { range: at..at + 1, eval: false })
}

/// The index of the text of `-c` among the arguments of a shell.
fn shell_c(args: &[Word]) -> Option<usize> {
    let mut at = 0;
    let mut is_text = false;
    while let Some(text) = args.get(at).and_then(Word::literal) {
        let Some(letters) = text.strip_prefix(['-', '+']).filter(|letters| !letters.is_empty()) else { break };
        at += 1;
        if letters == "-" {
            break;
        } else if letters.starts_with('-') {
            at += usize::from(matches!(letters, "-rcfile" | "-init-file"));
        } else {
            is_text |= text.starts_with('-') && letters.contains('c');
            at += letters.matches(['o', 'O']).count();
        }
    }
    is_text.then_some(at)
}

/// The options a shell is started with: `bash -eo pipefail -c`.
pub(super) fn shell_options(command: &Command) -> Options {
    let mut options = Options::default();
    if wrappers::SHELLS.contains(&command.program()) {
        apply_options(&mut options, &command.args, None);
    }
    options
}

/// `-e`, `+e`, `-o pipefail`, `-eo pipefail`. For `shopt` the names are set to `forced`.
pub(super) fn apply_options(options: &mut Options, args: &[Word], forced: Option<bool>) {
    let mut named = None;
    for text in args.iter().map_while(Word::literal) {
        let letters = text.strip_prefix(['-', '+']);
        if let Some(on) = named.take().or(forced.filter(|_| letters.is_none())) {
            match text {
                "pipefail" => options.pipefail = on,
                "errexit" => options.errexit = on,
                _ => {}
            }
            named = forced;
            continue;
        }
        let Some(letters) = letters.filter(|letters| !letters.is_empty() && !letters.starts_with('-')) else { break };
        let on = text.starts_with('-');
        if forced.is_none() && letters.contains('e') {
            options.errexit = on;
        }
        named = (forced.is_none() && letters.contains('o')).then_some(on);
    }
}
