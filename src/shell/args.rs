//! Arguments as flags and operands.
//!
//! Without knowledge of a program's options `-o file` is a flag and an operand, and `-ofile` is five flags, as hadolint
//! reads them. A rule that knows which flags take a value names them, and gets `o` with its value.

use super::{Command, Word};
use crate::source::Span;

/// A flag: one letter of `-abc`, or the name of `--name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag<'c> {
    /// The name without dashes.
    pub name: &'c str,
    /// The known value: of `--name=value`, of `-n value` and `-nvalue` where `n` is known to take one.
    pub value: Option<&'c str>,
    /// The word that holds the value, where there is one: the flag's own or the next.
    pub value_word: Option<&'c Word>,
    /// Place of the word that holds the flag.
    pub span: Span,
}

/// An argument: a flag, or a word that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument<'c> {
    /// A flag.
    Flag(Flag<'c>),
    /// Any other word.
    Operand(&'c Word),
}

impl Command {
    /// The arguments in order, where the flags named in `values` (without dashes) take a value.
    pub fn arguments<'c>(&'c self, values: &[&str]) -> Vec<Argument<'c>> {
        split(&self.args, values)
    }

    /// The flags, none of which is known to take the next word as its value.
    pub fn flags(&self) -> impl Iterator<Item = Flag<'_>> {
        self.flags_with(&[])
    }

    /// The flags, where those named in `values` take a value.
    pub fn flags_with(&self, values: &[&str]) -> impl Iterator<Item = Flag<'_>> {
        self.arguments(values).into_iter().filter_map(|argument| match argument {
            Argument::Flag(flag) => Some(flag),
            Argument::Operand(_) => None,
        })
    }

    /// Whether one of the flags `names` is given. A longer name is also found after one dash (`-nodes`).
    pub fn has_flag(&self, names: &[&str]) -> bool {
        let single_dash = |word: &&Word| {
            let name = word.literal().and_then(|text| text.strip_prefix('-'));
            name.is_some_and(|name| name.len() > 1 && names.contains(&name))
        };
        let before_end = || self.args.iter().take_while(|word| !word.is("--"));
        self.flags().any(|flag| names.contains(&flag.name)) || before_end().any(|word| single_dash(&word))
    }

    /// The words that are no flags.
    pub fn operands(&self) -> impl Iterator<Item = &Word> {
        self.operands_with(&[])
    }

    /// The words that are no flags, nor values of the flags named in `values`.
    pub fn operands_with(&self, values: &[&str]) -> impl Iterator<Item = &Word> {
        self.arguments(values).into_iter().filter_map(|argument| match argument {
            Argument::Operand(word) => Some(word),
            Argument::Flag(_) => None,
        })
    }

    /// The first operand: `install` of `apt-get -o X=Y install`, where `values` names `o`.
    pub fn subcommand(&self, values: &[&str]) -> Option<&Word> {
        self.operands_with(values).next()
    }
}

/// Splits `words` into flags and operands.
fn split<'c>(words: &'c [Word], values: &[&str]) -> Vec<Argument<'c>> {
    let mut found = Vec::with_capacity(words.len());
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let known = word.known_prefix();
        if word.is("--") {
            found.extend(rest.map(Argument::Operand));
            break;
        } else if let Some(name) = known.strip_prefix("--") {
            found.push(Argument::Flag(long(word, name, values, &mut rest)));
        } else if known.len() > 1 && known.starts_with('-') {
            short(word, &known[1..], values, &mut rest, &mut found);
        } else {
            found.push(Argument::Operand(word));
        }
    }
    found
}

type Rest<'c> = std::slice::Iter<'c, Word>;

fn long<'c>(word: &'c Word, text: &'c str, values: &[&str], rest: &mut Rest<'c>) -> Flag<'c> {
    match text.split_once('=') {
        Some((name, value)) => {
            let value = (!word.has_expansion).then_some(value);
            Flag { name, value, value_word: Some(word), span: word.span }
        }
        None => {
            let next = if values.contains(&text) { rest.next() } else { None };
            Flag { name: text, value: next.and_then(Word::literal), value_word: next, span: word.span }
        }
    }
}

fn short<'c>(word: &'c Word, letters: &'c str, values: &[&str], rest: &mut Rest<'c>, found: &mut Vec<Argument<'c>>) {
    for (at, letter) in letters.char_indices() {
        let end = at + letter.len_utf8();
        let mut flag = Flag { name: &letters[at..end], value: None, value_word: None, span: word.span };
        let attached = &letters[end..];
        let takes_value = values.contains(&flag.name);
        let ends_here = takes_value || attached.starts_with('=');
        if takes_value && attached.is_empty() && !word.has_expansion {
            flag.value_word = rest.next();
            flag.value = flag.value_word.and_then(Word::literal);
        } else if ends_here {
            flag.value_word = Some(word);
            flag.value = (!word.has_expansion).then(|| attached.trim_start_matches('='));
        }
        found.push(Argument::Flag(flag));
        if ends_here {
            break;
        }
    }
}
