//! Physical lines, and the logical lines that the escape character joins.
//!
//! BuildKit reads a file line by line (only `\n` ends a line), joins what the escape character continues, and
//! leaves out the comment and blank lines in between. [`Joined`] is the text that results, with the way back to
//! the source; the common case, an instruction on one line, borrows the source and costs nothing.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::{MappedText, Span};

/// Longest line BuildKit reads, in bytes, without its line end.
pub const MAX_LINE: usize = 65_535;

/// One line of the file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Physical {
    /// Offset of its first byte.
    pub start: usize,
    /// Offset after its content: `\r` and `\n` at the end are left out.
    pub end: usize,
    /// Offset of the next line.
    pub next: usize,
}

impl Physical {
    /// The line that starts at `start`.
    pub fn at(text: &str, start: usize) -> Self {
        let rest = &text.as_bytes()[start..];
        let (stop, next) = match memchr::memchr(b'\n', rest) {
            Some(at) => (start + at, start + at + 1),
            None => (text.len(), text.len()),
        };
        let end = start + text[start..stop].trim_end_matches('\r').len();
        Self { start, end, next }
    }

    /// Its content.
    pub fn content(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether BuildKit refuses the line for its length.
    pub fn is_too_long(self) -> bool {
        self.end - self.start > MAX_LINE
    }
}

/// Text joined from pieces of the source.
#[derive(Clone, Debug)]
pub(super) struct Joined<'a> {
    text: Cow<'a, str>,
    /// (offset in `text`, offset in the source), ascending; never empty.
    pieces: Vec<(u32, u32)>,
    /// The only piece's offset when there is one piece; saves its allocation.
    base: u32,
}

impl<'a> Joined<'a> {
    /// A part of the source as it stands.
    pub fn slice(source: &'a str, range: Range<usize>) -> Self {
        Self { base: range.start as u32, text: Cow::Borrowed(&source[range]), pieces: Vec::new() }
    }

    /// Nothing yet; pieces are pushed.
    pub fn empty(base: usize) -> Self {
        Self { base: base as u32, text: Cow::Owned(String::new()), pieces: Vec::new() }
    }

    /// Appends `piece`, which stands in the source from `offset` on.
    pub fn push(&mut self, piece: &str, offset: usize) {
        if piece.is_empty() {
            return;
        }
        let at = self.text.len();
        let base = self.base;
        if self.pieces.is_empty() {
            self.pieces.push((0, if at == 0 { offset as u32 } else { base }));
        }
        let (text, source) = *self.pieces.last().unwrap_or(&(0, base));
        if source as usize + (at - text as usize) != offset {
            self.pieces.push((at as u32, offset as u32));
        }
        self.text.to_mut().push_str(piece);
    }

    /// The joined text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Offset in the source of the byte at `at`.
    pub fn offset(&self, at: usize) -> usize {
        if self.pieces.is_empty() {
            return self.base as usize + at;
        }
        let index = self.pieces.partition_point(|(text, _)| *text as usize <= at).saturating_sub(1);
        let (text, source) = self.pieces[index];
        source as usize + (at - text as usize)
    }

    /// The source span of `range`: from its first byte to just after its last.
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            // An empty range lies right after what stands before it, not after a continuation.
            let at = if range.start == 0 { self.offset(0) } else { self.offset(range.start - 1) + 1 };
            return Span::empty(at);
        }
        let start = self.offset(range.start);
        Span::new(start, (self.offset(range.end - 1) + 1).max(start))
    }

    /// A part, still joined, as the text handed to rules.
    pub fn mapped(&self, range: Range<usize>) -> MappedText {
        let mut mapped = MappedText::default();
        self.each_piece(range, |piece, offset| mapped.push(piece, offset));
        mapped
    }

    /// Calls `each` with every unbroken piece of `range` and its place in the source.
    pub fn each_piece(&self, range: Range<usize>, mut each: impl FnMut(&str, usize)) {
        if self.pieces.is_empty() {
            return each(&self.text[range.clone()], self.base as usize + range.start);
        }
        let first = self.pieces.partition_point(|(text, _)| *text as usize <= range.start).saturating_sub(1);
        for (index, (start, source)) in self.pieces.iter().enumerate().skip(first) {
            let start = *start as usize;
            if start >= range.end {
                break;
            }
            let stop = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.0 as usize).min(range.end);
            let from = start.max(range.start);
            each(&self.text[from..stop], *source as usize + (from - start));
        }
    }
}

/// One instruction's text: its lines joined.
#[derive(Debug)]
pub(super) struct Logical<'a> {
    /// The text, from the keyword on.
    pub joined: Joined<'a>,
    /// From the keyword to the end of the last line that belongs to it, trailing blanks left out.
    pub span: Span,
    /// Offset of the line after it.
    pub next: usize,
    /// Comment lines between its lines, from `#`.
    pub comments: Vec<Span>,
    /// Blank lines between its lines.
    pub empty: Vec<Span>,
    /// The first line of it that is longer than [`MAX_LINE`].
    pub too_long: Option<Physical>,
}

/// Reads the instruction whose first line starts at `start`; the caller has seen that it is no comment or blank.
pub(super) fn logical<'a>(text: &'a str, start: usize, escape: u8) -> Logical<'a> {
    let first = Physical::at(text, start);
    let content = first.content(text);
    let begin = first.start + (content.len() - content.trim_start().len());
    let mut line = Logical {
        joined: Joined::slice(text, begin..begin),
        span: Span::new(begin, begin + text[begin..first.end].trim_end().len()),
        next: first.next,
        comments: Vec::new(),
        empty: Vec::new(),
        too_long: first.is_too_long().then_some(first),
    };
    let Some(mut end) = continued(&text[begin..first.end], escape) else {
        line.joined = Joined::slice(text, begin..first.end);
        return line;
    };
    line.joined = Joined::empty(begin);
    line.joined.push(&text[begin..begin + end], begin);
    while line.next < text.len() {
        let more = Physical::at(text, line.next);
        line.next = more.next;
        if line.too_long.is_none() && more.is_too_long() {
            line.too_long = Some(more);
        }
        let content = more.content(text);
        let bare = content.trim_start();
        if bare.starts_with('#') {
            line.comments.push(Span::new(more.end - bare.len(), more.end));
            continue;
        }
        if bare.is_empty() {
            line.empty.push(Span::new(more.start, more.end));
            continue;
        }
        line.span.end = (more.start + content.trim_end().len()) as u32;
        let goes_on = continued(content, escape);
        end = goes_on.unwrap_or(content.len());
        line.joined.push(&content[..end], more.start);
        if goes_on.is_none() {
            break;
        }
    }
    line
}

/// Where the content of a continued line ends: before an escape character that stands last but for blanks and
/// tabs, and does not itself follow an escape character. `None` when the line is not continued.
fn continued(content: &str, escape: u8) -> Option<usize> {
    let bytes = content.trim_end_matches([' ', '\t']).as_bytes();
    let (last, before) = bytes.split_last()?;
    (*last == escape && before.last() != Some(&escape)).then_some(before.len())
}

/// Whether `byte` separates words where BuildKit splits on blanks.
pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | 0x0b | 0x0c | b'\r')
}
