//! Words: quotes, escapes and variable references as BuildKit's `shell.Lex` reads them, and their expansion.
//!
//! A [`Word`] keeps its value with quotes and escapes taken away and references left as written, and beside it a
//! list of the references; that list, not a `$` in the value, tells what is expanded (`\$x` and `'$x'` are text).

use std::ops::Range;
use std::sync::Arc;

use super::lines::Joined;
use crate::source::{Span, SyntaxError};

/// Deepest nesting of `${a:-${b:-..}}` that is read.
pub const MAX_NESTING: usize = 32;
/// Longest result of an expansion; longer ones are unknown.
const MAX_VALUE: usize = 65_536;
/// Longest value that a pattern with wildcards is replaced in.
const MAX_PATTERN_SUBJECT: usize = 256;

/// How a word is quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quote {
    /// No quotes.
    #[default]
    None,
    /// The whole word stands in single quotes.
    Single,
    /// The whole word stands in double quotes.
    Double,
    /// Some of it is quoted.
    Partly,
}

/// One word of an instruction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as written, quotes included. It crosses a line only where a continuation splits the word.
    pub span: Span,
    /// The word without quotes and escapes; variable references stand in it as written.
    pub value: String,
    /// How it is quoted.
    pub quote: Quote,
    /// What is expanded in it, in order.
    pub vars: Vec<VarRef>,
}

/// A reference to a variable within a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VarRef {
    /// The variable.
    pub name: String,
    /// The whole reference, `$` and braces included.
    pub span: Span,
    /// Where the reference stands in the value of its word.
    pub at: Range<usize>,
    /// What `${name..}` does besides giving the value.
    pub modifier: Option<Box<Modifier>>,
}

/// The part of `${name..}` after the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modifier {
    /// What is done.
    pub op: Op,
    /// The default, message or pattern.
    pub word: Word,
    /// What `/` and `//` put in place of the pattern.
    pub replacement: Option<Word>,
}

/// What a modifier does. `empty_too`: written with `:`, an empty value counts as unset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// `-` and `:-`: the word in place of an unset value.
    Default {
        /// Written with `:`.
        empty_too: bool,
    },
    /// `+` and `:+`: the word where a value is set.
    Alternate {
        /// Written with `:`.
        empty_too: bool,
    },
    /// `?` and `:?`: the build fails where no value is set.
    Require {
        /// Written with `:`.
        empty_too: bool,
    },
    /// `#` (shortest) and `##` (longest): a prefix is cut off.
    CutPrefix {
        /// Written twice.
        longest: bool,
    },
    /// `%` (shortest) and `%%` (longest): a suffix is cut off.
    CutSuffix {
        /// Written twice.
        longest: bool,
    },
    /// `/` (first) and `//` (all): a pattern is replaced.
    Replace {
        /// Written twice.
        all: bool,
    },
}

/// What is known of a variable at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// It has this value, unless `--build-arg` gives another to an `ARG`.
    Value(Arc<str>),
    /// It is declared and nothing in the file gives it a value.
    NoValue,
    /// It has a value that the file does not tell: platform and proxy arguments, values made from unknown ones.
    Unknown,
    /// Nothing in the file declares it, but the base image may.
    Undeclared,
    /// Nothing declares it, and nothing outside the file can.
    Unset,
}

impl Lookup {
    /// The value, when known.
    pub fn value(&self) -> Option<&str> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the file declares the variable or BuildKit defines it.
    pub fn is_declared(&self) -> bool {
        !matches!(self, Self::Undeclared | Self::Unset)
    }
}

/// The result of expanding `word` with what `lookup` tells of each variable; `None` when it cannot be known.
pub fn expand_with(word: &Word, lookup: &dyn Fn(&str) -> Lookup) -> Option<String> {
    let mut result = String::with_capacity(word.value.len());
    let mut from = 0;
    for var in &word.vars {
        result.push_str(word.value.get(from..var.at.start)?);
        result.push_str(&var.expand(lookup)?);
        from = var.at.end;
        if result.len() > MAX_VALUE {
            return None;
        }
    }
    result.push_str(word.value.get(from..)?);
    Some(result)
}

impl Word {
    /// A word taken as it stands, without quotes, escapes or variables.
    pub(super) fn plain(source: &Joined<'_>, range: Range<usize>) -> Self {
        Self { value: source.text()[range.clone()].to_owned(), span: source.span(range), ..Self::default() }
    }

    /// Whether nothing in it is expanded.
    pub fn is_literal(&self) -> bool {
        self.vars.is_empty()
    }

    /// Every reference in it, those nested in modifiers included.
    pub fn all_vars(&self) -> Vec<&VarRef> {
        let mut all = Vec::new();
        collect(self, &mut all);
        all
    }
}

fn collect<'w>(word: &'w Word, all: &mut Vec<&'w VarRef>) {
    for var in &word.vars {
        all.push(var);
        if let Some(modifier) = &var.modifier {
            collect(&modifier.word, all);
            modifier.replacement.iter().for_each(|word| collect(word, all));
        }
    }
}

impl VarRef {
    fn expand(&self, lookup: &dyn Fn(&str) -> Lookup) -> Option<String> {
        let found = lookup(&self.name);
        let Some(modifier) = &self.modifier else { return found.value().map(str::to_owned) };
        let word = || expand_with(&modifier.word, lookup);
        let unset = |empty_too: bool| match &found {
            Lookup::Value(value) => Some(empty_too && value.is_empty()),
            Lookup::NoValue | Lookup::Unset => Some(true),
            Lookup::Unknown | Lookup::Undeclared => None,
        };
        match modifier.op {
            Op::Default { empty_too } if unset(empty_too)? => word(),
            Op::Default { .. } => found.value().map(str::to_owned),
            Op::Alternate { empty_too } if unset(empty_too)? => Some(String::new()),
            Op::Alternate { .. } => word(),
            Op::Require { empty_too } => found.value().filter(|v| !(empty_too && v.is_empty())).map(str::to_owned),
            Op::CutPrefix { longest } => Some(cut_prefix(found.value()?, &word()?, longest)),
            Op::CutSuffix { longest } => {
                let reversed = cut_prefix_chars(found.value()?.chars().rev(), &reverse(&pattern(&word()?)), longest);
                Some(reversed.into_iter().rev().collect())
            }
            Op::Replace { all } => {
                let replacement = expand_with(modifier.replacement.as_ref()?, lookup)?;
                replace(found.value()?, &word()?, &replacement, all)
            }
        }
    }
}

/// One step of a shell pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Char(char),
    AnyOne,
    AnyMany,
}

fn pattern(text: &str) -> Vec<Step> {
    let mut steps = Vec::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        steps.push(match char {
            '*' => Step::AnyMany,
            '?' => Step::AnyOne,
            '\\' => Step::Char(chars.next().unwrap_or('\\')),
            other => Step::Char(other),
        });
    }
    steps
}

fn reverse(steps: &[Step]) -> Vec<Step> {
    steps.iter().rev().copied().collect()
}

fn cut_prefix(value: &str, text: &str, longest: bool) -> String {
    cut_prefix_chars(value.chars(), &pattern(text), longest).into_iter().collect()
}

fn cut_prefix_chars(value: impl Iterator<Item = char>, steps: &[Step], longest: bool) -> Vec<char> {
    let chars: Vec<char> = value.collect();
    let cut = matched_prefix(&chars, steps, longest).unwrap_or(0);
    chars[cut..].to_vec()
}

/// Length of the shortest or longest prefix of `chars` that the pattern matches: all states at once, so that the
/// time is the product of the lengths.
fn matched_prefix(chars: &[char], steps: &[Step], longest: bool) -> Option<usize> {
    let mut active = vec![false; steps.len() + 1];
    active[0] = true;
    let mut found = None;
    for at in 0..=chars.len() {
        for index in 0..steps.len() {
            if active[index] && steps[index] == Step::AnyMany {
                active[index + 1] = true;
            }
        }
        if active[steps.len()] {
            found = Some(at);
            if !longest {
                return found;
            }
        }
        let Some(char) = chars.get(at) else { break };
        let mut next = vec![false; steps.len() + 1];
        for index in (0..steps.len()).filter(|index| active[*index]) {
            match steps[index] {
                Step::AnyMany => next[index] = true,
                Step::AnyOne => next[index + 1] = true,
                Step::Char(want) if want == *char => next[index + 1] = true,
                Step::Char(_) => {}
            }
        }
        active = next;
        if !active.contains(&true) {
            break;
        }
    }
    found
}

fn replace(value: &str, text: &str, replacement: &str, all: bool) -> Option<String> {
    let steps = pattern(text);
    let literal: Option<String> =
        steps.iter().map(|step| if let Step::Char(char) = step { Some(*char) } else { None }).collect();
    if let Some(literal) = literal.filter(|literal| !literal.is_empty()) {
        let result = if all { value.replace(&literal, replacement) } else { value.replacen(&literal, replacement, 1) };
        return (result.len() <= MAX_VALUE).then_some(result);
    }
    if value.len() > MAX_PATTERN_SUBJECT || text.len() > MAX_PATTERN_SUBJECT {
        return None;
    }
    let chars: Vec<char> = value.chars().collect();
    let mut result = String::new();
    let mut at = 0;
    while at < chars.len() {
        match matched_prefix(&chars[at..], &steps, true).filter(|length| *length > 0) {
            Some(length) => {
                result.push_str(replacement);
                at += length;
                if !all {
                    break;
                }
            }
            None => {
                result.push(chars[at]);
                at += 1;
            }
        }
    }
    result.extend(&chars[at..]);
    Some(result)
}

/// A fault within joined text.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub range: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// As an error of the file, on one line.
    pub fn in_source(self, joined: &Joined<'_>, text: &str) -> SyntaxError {
        let span = joined.span(self.range).first_line(text);
        SyntaxError { span, message: self.message, help: self.help }
    }
}

/// Reads words out of joined text.
pub(super) struct Lexer<'j, 's> {
    source: &'j Joined<'s>,
    bytes: &'j [u8],
    at: usize,
    end: usize,
    escape: u8,
    /// Whether quotes mean anything; they do not in the body of a heredoc.
    quotes: bool,
}

impl<'j, 's> Lexer<'j, 's> {
    /// Reads `range` of `source` as one word.
    pub fn word(source: &'j Joined<'s>, range: Range<usize>, escape: u8) -> Result<Word, Fault> {
        Self::read(source, range, escape, true)
    }

    /// Reads `range` as the body of an expanding heredoc, where quotes are text.
    pub fn body(source: &'j Joined<'s>, range: Range<usize>, escape: u8) -> Result<Word, Fault> {
        Self::read(source, range, escape, false)
    }

    fn read(source: &'j Joined<'s>, range: Range<usize>, escape: u8, quotes: bool) -> Result<Word, Fault> {
        let bytes = source.text().as_bytes();
        let mut lexer = Self { source, bytes, at: range.start, end: range.end, escape, quotes };
        lexer.until(None, false, 0)
    }

    fn peek(&self) -> Option<u8> {
        (self.at < self.end).then(|| self.bytes[self.at])
    }

    /// The whole character at the cursor, so that an escape never splits one.
    fn take_char(&mut self) -> Range<usize> {
        let start = self.at;
        self.at += 1;
        while self.at < self.end && !self.source.text().is_char_boundary(self.at) {
            self.at += 1;
        }
        start..self.at
    }

    fn push(&self, word: &mut Word, range: Range<usize>) {
        word.value.push_str(&self.source.text()[range]);
    }

    /// Reads up to `stop` (taken too), or to the end.
    fn until(&mut self, stop: Option<u8>, raw_escapes: bool, depth: usize) -> Result<Word, Fault> {
        let start = self.at;
        let mut word = Word::default();
        let mut single = None;
        loop {
            let run = self.at;
            while self.peek().is_some_and(|byte| Some(byte) != stop && !self.is_special(byte)) {
                self.at += 1;
            }
            self.push(&mut word, run..self.at);
            match self.peek() {
                None if stop.is_none() => break,
                None => return Err(missing_brace(start..self.end)),
                byte if byte == stop => break,
                Some(b'\'') if self.quotes => single = Some(self.single_quoted(&mut word)?),
                Some(b'"') if self.quotes => single = Some(self.double_quoted(&mut word, raw_escapes, depth)?),
                Some(b'$') => self.dollar(&mut word, depth)?,
                _ => self.escaped(&mut word, raw_escapes),
            }
        }
        let range = start..self.at;
        word.span = self.source.span(range.clone());
        word.quote = quote_of(&self.bytes[range.clone()], single, range);
        if stop.is_some() {
            self.at += 1;
        }
        Ok(word)
    }

    fn is_special(&self, byte: u8) -> bool {
        byte == b'$' || byte == self.escape || (self.quotes && (byte == b'\'' || byte == b'"'))
    }

    fn escaped(&mut self, word: &mut Word, raw: bool) {
        let escape = self.take_char();
        if raw {
            self.push(word, escape);
        }
        if self.at < self.end {
            let char = self.take_char();
            self.push(word, char);
        }
    }

    /// Reads `'..'` and gives its range.
    fn single_quoted(&mut self, word: &mut Word) -> Result<Range<usize>, Fault> {
        let open = self.at;
        match memchr::memchr(b'\'', &self.bytes[open + 1..self.end]) {
            Some(length) => {
                self.at = open + 1 + length + 1;
                self.push(word, open + 1..self.at - 1);
                Ok(open..self.at)
            }
            None => Err(open_quote(open..self.end, '\'')),
        }
    }

    /// Reads `".."` and gives its range.
    fn double_quoted(&mut self, word: &mut Word, raw: bool, depth: usize) -> Result<Range<usize>, Fault> {
        let open = self.at;
        self.at += 1;
        loop {
            let run = self.at;
            while self.peek().is_some_and(|byte| byte != b'"' && byte != b'$' && byte != self.escape) {
                self.at += 1;
            }
            self.push(word, run..self.at);
            match self.peek() {
                None => return Err(open_quote(open..self.end, '"')),
                Some(b'"') => {
                    self.at += 1;
                    return Ok(open..self.at);
                }
                Some(b'$') => self.dollar(word, depth)?,
                Some(_) => self.escape_in_quotes(word, raw),
            }
        }
    }

    /// Within double quotes only the quote, `$` and the escape character itself can be escaped.
    fn escape_in_quotes(&mut self, word: &mut Word, raw: bool) {
        let escape = self.take_char();
        let next = self.peek();
        let escapes = next.is_some_and(|byte| byte == b'"' || byte == b'$' || byte == self.escape);
        if raw || !escapes && next.is_some() {
            self.push(word, escape);
        }
        if escapes {
            let char = self.take_char();
            self.push(word, char);
        }
    }

    /// Reads what `$` begins.
    fn dollar(&mut self, word: &mut Word, depth: usize) -> Result<(), Fault> {
        let start = self.at;
        let value_start = word.value.len();
        self.at += 1;
        let braced = self.peek() == Some(b'{');
        let (name, modifier) = if braced {
            self.at += 1;
            self.braced(start, depth)?
        } else {
            (self.name(), None)
        };
        let range = start..self.at;
        self.push(word, range.clone());
        if braced || !name.is_empty() {
            let at = value_start..word.value.len();
            let span = self.source.span(range);
            word.vars.push(VarRef { name: name.to_owned(), span, at, modifier });
        }
        Ok(())
    }

    /// Reads a name: letters, digits and `_`; or digits; or one special parameter.
    fn name(&mut self) -> &'j str {
        let text = &self.source.text()[self.at..self.end];
        let first = text.chars().next();
        let length = match first {
            Some(char) if char.is_numeric() => text.find(|c: char| !c.is_numeric()).unwrap_or(text.len()),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => 1,
            _ => text.find(|c: char| !(c.is_alphabetic() || c.is_numeric() || c == '_')).unwrap_or(text.len()),
        };
        self.at += length;
        &text[..length]
    }

    /// Reads `${..}` after the brace.
    fn braced(&mut self, start: usize, depth: usize) -> Result<(&'j str, Option<Box<Modifier>>), Fault> {
        if depth >= MAX_NESTING {
            let limit = format!("variable references are nested deeper than {MAX_NESTING}");
            return Err(Fault::new(start..self.at, limit));
        }
        match self.peek() {
            None => return Err(missing_brace(start..self.end)),
            Some(b'{' | b'}' | b':') => return Err(bad_substitution(start..self.reference_end())),
            Some(_) => {}
        }
        let name = self.name();
        let Some(byte) = self.peek() else { return Err(missing_brace(start..self.end)) };
        let op_at = self.at;
        self.take_char();
        let op = match (byte, self.peek()) {
            (b'}', _) => return Ok((name, None)),
            (b':', Some(next @ (b'-' | b'+' | b'?'))) => {
                self.at += 1;
                plain_op(next, true)
            }
            (b'-' | b'+' | b'?', _) => plain_op(byte, false),
            (b'#', next) => Op::CutPrefix { longest: next == Some(b'#') },
            (b'%', next) => Op::CutSuffix { longest: next == Some(b'%') },
            (b'/', next) => Op::Replace { all: next == Some(b'/') },
            (_, None) => return Err(missing_brace(start..self.end)),
            _ => return Err(self.unsupported(start, op_at)),
        };
        self.modifier(op, depth).map(|modifier| (name, Some(Box::new(modifier)))).map_err(|mut fault| {
            if fault.message == MISSING_BRACE {
                fault.range.start = start;
            }
            fault
        })
    }

    /// Reads the words of a modifier, up to and with the closing brace.
    fn modifier(&mut self, op: Op, depth: usize) -> Result<Modifier, Fault> {
        let doubled =
            matches!(op, Op::CutPrefix { longest: true } | Op::CutSuffix { longest: true } | Op::Replace { all: true });
        self.at += usize::from(doubled);
        let raw = matches!(op, Op::CutPrefix { .. } | Op::CutSuffix { .. } | Op::Replace { .. });
        if matches!(op, Op::Replace { .. }) {
            let start = self.at;
            let word = self.until(Some(b'/'), true, depth + 1).map_err(|fault| {
                if fault.message != MISSING_BRACE {
                    return fault;
                }
                Fault::new(start..self.end, "a second `/` is missing in `${name/pattern/replacement}`")
            })?;
            let replacement = self.until(Some(b'}'), true, depth + 1)?;
            return Ok(Modifier { op, word, replacement: Some(replacement) });
        }
        let word = self.until(Some(b'}'), raw, depth + 1)?;
        Ok(Modifier { op, word, replacement: None })
    }

    /// Up to the next closing brace, for the place of an error.
    fn reference_end(&self) -> usize {
        memchr::memchr(b'}', &self.bytes[self.at..self.end]).map_or(self.end, |length| self.at + length + 1)
    }

    fn unsupported(&self, start: usize, op_at: usize) -> Fault {
        let text = &self.source.text()[op_at..self.end];
        let shown: String = text.chars().take(if text.starts_with(':') { 2 } else { 1 }).collect();
        let fault = Fault::new(start..self.reference_end(), format!("`{shown}` cannot follow a variable's name"));
        fault.help("use one of `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//`")
    }
}

const MISSING_BRACE: &str = "the closing `}` of a variable reference is missing";

fn missing_brace(range: Range<usize>) -> Fault {
    Fault::new(range, MISSING_BRACE)
}

fn bad_substitution(range: Range<usize>) -> Fault {
    Fault::new(range, "a variable reference has no name").help("write `${NAME}`, or `\\$` for a dollar sign")
}

fn open_quote(range: Range<usize>, quote: char) -> Fault {
    Fault::new(range, format!("the quote `{quote}` is never closed"))
        .help(format!("close the quote, or write `\\{quote}` for the character itself"))
}

fn plain_op(byte: u8, empty_too: bool) -> Op {
    match byte {
        b'-' => Op::Default { empty_too },
        b'+' => Op::Alternate { empty_too },
        _ => Op::Require { empty_too },
    }
}

fn quote_of(bytes: &[u8], quoted: Option<Range<usize>>, whole: Range<usize>) -> Quote {
    match quoted {
        None => Quote::None,
        Some(range) if range == whole && bytes[0] == b'\'' => Quote::Single,
        Some(range) if range == whole => Quote::Double,
        Some(_) => Quote::Partly,
    }
}
