//! Source text, byte spans and the line index.
//!
//! Everything inside the program speaks in bytes: a [`Span`] is a half-open byte range within one [`Source`].
//! Lines and columns exist only at the edge, where a report or the language server turns bytes into what its
//! reader counts; [`LineIndex`] knows the three ways of counting columns.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A half-open range of bytes within one file: `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just after the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Offsets fit `u32` because files over 10 MB are not read.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span {start}..{end} runs backwards");
        Self { start: start as u32, end: end as u32 }
    }

    /// An empty span at `offset`.
    pub fn empty(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The bytes as a range, to slice text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The part of this span that lies on its first line, without the line's end and trailing blanks.
    /// A finding's primary span never crosses a line.
    pub fn first_line(self, text: &str) -> Span {
        let slice = &text[self.range()];
        let line = slice.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        Span { start: self.start, end: self.start + line.len() as u32 }
    }
}

/// A place where text could not be read. Syntax errors are findings; reading goes on after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The text at fault, on one line.
    pub span: Span,
    /// What is wrong there, as a statement without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// One file's text, as read.
#[derive(Debug)]
pub struct Source {
    /// The path as it is reported: relative to the root, with `/`.
    pub path: String,
    /// The text. Offsets are those of the file's bytes.
    pub text: Arc<str>,
    /// Offset of the first byte that was not UTF-8, if any; such bytes stand in `text` as U+001A.
    pub invalid_utf8: Option<u32>,
    lines: OnceLock<LineIndex>,
}

impl Source {
    /// Wraps text that is known to be UTF-8.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self { path: path.into(), text: text.into(), invalid_utf8: None, lines: OnceLock::new() }
    }

    /// Takes the bytes of a file. Each byte that is not UTF-8 becomes U+001A, one for one, so that offsets stay true.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        let (text, invalid) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let first = error.utf8_error().valid_up_to() as u32;
                (replace_invalid(&error.into_bytes()), Some(first))
            }
        };
        Self { path: path.into(), text: text.into(), invalid_utf8: invalid, lines: OnceLock::new() }
    }

    /// The index from offsets to lines, made at first use.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}

fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '\u{1a}'));
    }
    text
}

/// Text put together from pieces of a source, which still knows where each piece came from: the body of a `RUN`
/// without its continuations and comments, the decoded words of a JSON form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    /// (offset in `text`, offset in the source), ascending; each holds until the next.
    pieces: Vec<(u32, u32)>,
}

impl MappedText {
    /// Appends `text`, which stands in the source from `source_offset` on.
    pub fn push(&mut self, text: &str, source_offset: usize) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let runs_on = self.pieces.last().is_some_and(|(t, s)| s + (at - t) == source_offset as u32);
        if !runs_on {
            self.pieces.push((at, source_offset as u32));
        }
        self.text.push_str(text);
    }

    /// The text put together.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offset in the source of the byte at `at` of the text.
    pub fn offset(&self, at: usize) -> u32 {
        let index = self.pieces.partition_point(|(start, _)| *start as usize <= at);
        match index.checked_sub(1) {
            Some(index) => self.pieces[index].1 + (at as u32 - self.pieces[index].0),
            None => self.pieces.first().map_or(0, |piece| piece.1),
        }
    }

    /// Offset in the text of the source's byte at `offset`; `None` where that byte was left out.
    pub fn offset_of(&self, offset: u32) -> Option<usize> {
        (0..self.pieces.len()).find_map(|index| {
            let (start, source) = self.pieces[index];
            let end = self.pieces.get(index + 1).map_or(self.text.len() as u32, |next| next.0);
            (source <= offset && offset - source < end - start).then(|| (start + offset - source) as usize)
        })
    }

    /// The source span of `range` of the text: from its first byte to just after its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        let end = if range.is_empty() { start } else { self.offset(range.end - 1) + 1 };
        Span { start, end: end.max(start) }
    }
}

/// A place as people count: both numbers from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in the units asked for.
    pub column: u32,
}

/// Where each line of a text begins. A line ends with `\n`, `\r\n` or a lone `\r`.
#[derive(Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let inside_crlf = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            (!inside_crlf).then_some(at as u32 + 1)
        }));
        Self { starts }
    }

    /// Number of lines; a text that ends with a line end has an empty last line.
    pub fn count(&self) -> u32 {
        self.starts.len() as u32
    }

    /// The line (from 1) that holds `offset`.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|start| *start <= offset) as u32
    }

    /// Offset of the first byte of `line` (from 1); lines past the end give the last line's.
    pub fn start(&self, line: u32) -> u32 {
        let last = self.starts.len() - 1;
        self.starts[(line.max(1) as usize - 1).min(last)]
    }

    /// The bytes of `line` (from 1) without its line end.
    pub fn span(&self, text: &str, line: u32) -> Span {
        let start = self.start(line) as usize;
        let end = self.starts.get(line as usize).map_or(text.len(), |next| *next as usize);
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len())
    }

    /// Line and column in Unicode scalar values, as JSON, SARIF and the terminal count.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        self.count_with(text, offset, |before| before.chars().count())
    }

    /// Line and column in bytes (reviewdog, LSP `utf-8`).
    pub fn position_utf8(&self, text: &str, offset: u32) -> Position {
        self.count_with(text, offset, str::len)
    }

    /// Line and column in UTF-16 code units (LSP's default).
    pub fn position_utf16(&self, text: &str, offset: u32) -> Position {
        self.count_with(text, offset, |before| before.encode_utf16().count())
    }

    fn count_with(&self, text: &str, offset: u32, units: impl Fn(&str) -> usize) -> Position {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset as u32);
        let mut start = self.start(line) as usize;
        // A byte order mark stands before the text; editors and SARIF do not count it.
        if start == 0 && text.starts_with('\u{feff}') {
            start = offset.min('\u{feff}'.len_utf8());
        }
        Position { line, column: units(&text[start..offset]) as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_with_lf_crlf_or_a_lone_cr() {
        let text = "a\nb\r\nc\rd";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        let lines: Vec<_> = (1..=4).map(|line| &text[index.span(text, line).range()]).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
    }

    #[test]
    fn columns_count_scalars_bytes_or_utf16_units() {
        let text = "é😀x";
        let index = LineIndex::new(text);
        let x = text.find('x').expect("there") as u32;
        assert_eq!(index.position(text, x).column, 3);
        assert_eq!(index.position_utf8(text, x).column, 7);
        assert_eq!(index.position_utf16(text, x).column, 4);
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_every_offset() {
        let source = Source::from_bytes("x", b"a\xff\xc3(b".to_vec());
        assert_eq!(&*source.text, "a\u{1a}\u{1a}(b");
        assert_eq!(source.invalid_utf8, Some(1));
    }

    #[test]
    fn mapped_text_leads_back_through_what_was_left_out() {
        let source = "echo a \\\n  && b";
        let mut mapped = MappedText::default();
        mapped.push("echo a ", 0);
        mapped.push("  && b", 9);
        assert_eq!(mapped.text(), "echo a   && b");
        let span = mapped.span(9..13);
        assert_eq!(&source[span.range()], "&& b");
    }

    #[test]
    fn a_file_without_a_final_newline_ends_on_its_last_line() {
        let text = "FROM a\nRUN b";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, text.len() as u32), Position { line: 2, column: 6 });
    }
}
