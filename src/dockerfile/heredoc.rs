//! Heredocs: finding `<<WORD` in the line of a `RUN`, `COPY` or `ADD`, and the bodies that follow it.
//!
//! BuildKit splits the whole line with a backslash as escape character, whatever the file's is, and takes each
//! word of the shape `digits? << -? blanks? name`. A line that this splitting fails on has no heredocs.

use std::collections::HashMap;
use std::ops::Range;

use super::Heredoc;
use super::expand::{Lexer, Quote};
use super::lines::{Joined, Physical};
use crate::source::Span;

/// What a line announces, before its body is read.
#[derive(Debug)]
pub(super) struct Announced {
    /// The whole word, `<<` included, in the joined text.
    pub word: Range<usize>,
    pub fd: Option<u32>,
    pub strip_tabs: bool,
    pub name: String,
    pub quoted: bool,
    pub name_span: Span,
}

/// The heredocs that `source` announces.
pub(super) fn announced(source: &Joined<'_>) -> Vec<Announced> {
    if !source.text().contains("<<") {
        return Vec::new();
    }
    let Some(words) = (Splitter { text: source.text(), at: 0 }).words() else { return Vec::new() };
    words.into_iter().filter_map(|word| announcement(source, word)).collect()
}

/// Reads one word as the announcement of a heredoc.
pub(super) fn announcement(source: &Joined<'_>, word: Range<usize>) -> Option<Announced> {
    let text = &source.text()[word.clone()];
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix("<<")?;
    let bare = rest.strip_prefix('-').unwrap_or(rest);
    let strip_tabs = bare.len() < rest.len();
    let name = bare.trim_start();
    if name.contains('<') {
        return None;
    }
    let name_range = word.end - name.len()..word.end;
    let read = Lexer::word(source, name_range.clone(), b'\\').ok()?;
    if read.value.is_empty() {
        return None;
    }
    Some(Announced {
        fd: text[..digits].parse().ok(),
        strip_tabs,
        quoted: read.quote != Quote::None,
        name: read.value,
        name_span: source.span(name_range),
        word,
    })
}

/// Splits a line into words as `shell.Lex` does with raw quotes and escapes. `None` where that fails.
struct Splitter<'t> {
    text: &'t str,
    at: usize,
}

impl Splitter<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.peek()?;
        self.at += char.len_utf8();
        Some(char)
    }

    fn words(mut self) -> Option<Vec<Range<usize>>> {
        let mut words = Vec::new();
        let mut start = None;
        while let Some(char) = self.peek() {
            if char.is_whitespace() {
                words.extend(start.take().map(|start| start..self.at));
                self.next();
                continue;
            }
            start.get_or_insert(self.at);
            self.part(char, 0)?;
        }
        words.extend(start.map(|start| start..self.at));
        Some(words)
    }

    /// One character of a word, or what it begins.
    fn part(&mut self, char: char, depth: usize) -> Option<()> {
        match char {
            '\'' => {
                let rest = &self.text[self.at + 1..];
                self.at += 1 + rest.find('\'')? + 1;
            }
            '"' => self.double_quoted(depth)?,
            '\\' => {
                self.next();
                self.next();
            }
            '$' => self.dollar(depth)?,
            '<' if self.text[self.at..].starts_with("<<") => {
                self.at += 2;
                while self.peek().is_some_and(char::is_whitespace) {
                    self.next();
                }
            }
            _ => drop(self.next()),
        }
        Some(())
    }

    fn double_quoted(&mut self, depth: usize) -> Option<()> {
        self.next();
        loop {
            match self.peek()? {
                '"' => {
                    self.next();
                    return Some(());
                }
                '$' => self.dollar(depth)?,
                '\\' => {
                    self.next();
                    if matches!(self.peek(), Some('"' | '$' | '\\')) {
                        self.next();
                    }
                }
                _ => drop(self.next()),
            }
        }
    }

    fn dollar(&mut self, depth: usize) -> Option<()> {
        self.next();
        if self.peek() != Some('{') {
            self.name();
            return Some(());
        }
        self.next();
        if depth >= super::expand::MAX_NESTING || matches!(self.peek()?, '{' | '}' | ':') {
            return None;
        }
        self.name();
        match self.next()? {
            '}' => Some(()),
            ':' => matches!(self.next()?, '-' | '+' | '?').then_some(()).and_then(|()| self.until('}', depth + 1)),
            '-' | '+' | '?' | '#' | '%' => self.until('}', depth + 1),
            '/' => {
                if self.peek() == Some('/') {
                    self.next();
                }
                self.until('/', depth + 1)?;
                self.until('}', depth + 1)
            }
            _ => None,
        }
    }

    fn name(&mut self) {
        let text = &self.text[self.at..];
        self.at += match text.chars().next() {
            Some(char) if char.is_numeric() => text.find(|c: char| !c.is_numeric()).unwrap_or(text.len()),
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => 1,
            _ => text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len()),
        };
    }

    fn until(&mut self, stop: char, depth: usize) -> Option<()> {
        loop {
            let char = self.peek()?;
            if char == stop {
                self.next();
                return Some(());
            }
            self.part(char, depth)?;
        }
    }
}

/// Where a heredoc's body ends.
pub(super) enum Ending {
    /// At this line.
    Line(Physical),
    /// At no line; this one would do but for blanks around the name.
    Nearly(Physical),
    /// At no line.
    None,
}

/// Finds the ends of bodies. The first body that never ends makes an index of all lines, so that a file full of
/// such heredocs is still read in linear time.
#[derive(Default)]
pub(super) struct Endings<'a> {
    /// Lines by their text without the blanks around it; made at the first body that never ends.
    lines: Option<HashMap<&'a str, LinesOfText>>,
}

/// Starts of the lines that hold one text.
#[derive(Default)]
struct LinesOfText {
    /// Lines that hold just the text.
    exact: Vec<u32>,
    /// Lines that hold tabs before it.
    tabbed: Vec<u32>,
    /// Lines with other blanks before or after it.
    nearly: Vec<u32>,
}

impl<'a> Endings<'a> {
    /// The line that ends a body which begins at `from`.
    pub fn find(&mut self, text: &'a str, from: usize, name: &str, strip_tabs: bool) -> Ending {
        if self.lines.is_none() {
            let mut at = from;
            while at < text.len() {
                let line = Physical::at(text, at);
                if ends(line.content(text), name, strip_tabs) {
                    return Ending::Line(line);
                }
                at = line.next;
            }
        }
        self.find_indexed(text, from, name, strip_tabs)
    }

    fn find_indexed(&mut self, text: &'a str, from: usize, name: &str, strip_tabs: bool) -> Ending {
        let lines = self.lines.get_or_insert_with(|| index(text));
        let Some(found) = lines.get(name.trim()) else { return Ending::None };
        let after = |starts: &[u32]| starts.get(starts.partition_point(|start| (*start as usize) < from)).copied();
        let exact = after(&found.exact).filter(|_| name.trim() == name);
        let tabbed = after(&found.tabbed);
        let end = if strip_tabs { [exact, tabbed].into_iter().flatten().min() } else { exact };
        if let Some(start) = end {
            return Ending::Line(Physical::at(text, start as usize));
        }
        let nearly = [after(&found.nearly), tabbed].into_iter().flatten().min();
        nearly.map_or(Ending::None, |start| Ending::Nearly(Physical::at(text, start as usize)))
    }
}

fn ends(content: &str, name: &str, strip_tabs: bool) -> bool {
    let content = if strip_tabs { content.trim_start_matches('\t') } else { content };
    content == name
}

fn index(text: &str) -> HashMap<&str, LinesOfText> {
    let mut lines: HashMap<&str, LinesOfText> = HashMap::new();
    let mut at = 0;
    while at < text.len() {
        let line = Physical::at(text, at);
        let content = line.content(text);
        let bare = content.trim();
        if !bare.is_empty() && bare.len() < 256 {
            let found = lines.entry(bare).or_default();
            let kind = match content {
                _ if content == bare => &mut found.exact,
                _ if content.trim_start_matches('\t') == bare => &mut found.tabbed,
                _ => &mut found.nearly,
            };
            kind.push(line.start as u32);
        }
        at = line.next;
    }
    lines
}

impl Heredoc {
    /// The body as written, tabs included.
    pub fn body<'t>(&self, text: &'t str) -> &'t str {
        &text[self.body_span.range()]
    }

    /// The interpreter named by a first line `#!..`, with its arguments.
    pub fn shebang<'t>(&self, text: &'t str) -> Option<&'t str> {
        let body = self.body(text);
        let first = if self.strip_tabs { body.trim_start_matches('\t') } else { body };
        first.strip_prefix("#!").map(|rest| rest.lines().next().unwrap_or_default().trim())
    }
}
