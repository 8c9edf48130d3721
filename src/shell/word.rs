//! Decodes a word from its text as written: quotes and backslashes removed, expansions left out.
//!
//! The parser tells where the expansions lie; everything else is read from the source text itself, so that each byte
//! of what a word stands for can be led back to its place. A `$` or backtick where the parser saw no expansion makes
//! the word unknown rather than wrong.

use std::ops::Range;

/// What a stretch of a word turned out to be.
pub(super) enum Piece<'t> {
    /// Text that stands for itself.
    Literal(&'t str),
    /// An expansion; whether it is in double quotes.
    Expansion { quoted: bool },
    /// Quoting that is not decoded here (`$'\n'`), or a `$` that nobody explained.
    Unknown,
}

/// Facts about a whole word.
#[derive(Default)]
pub(super) struct Facts {
    pub quoted: bool,
    pub has_pattern: bool,
}

/// Walks `text[range]`, where `expansions` (ascending, in offsets of `text`) are known to expand, and hands each piece
/// with its range to `piece`.
pub(super) fn scan<'t>(
    text: &'t str,
    range: Range<usize>,
    expansions: &[Range<usize>],
    mut piece: impl FnMut(Piece<'t>, Range<usize>),
) -> Facts {
    let mut facts = Facts::default();
    let bytes = text.as_bytes();
    let mut expansions = expansions.iter().peekable();
    let mut in_double = false;
    let mut at = range.start;
    while at < range.end {
        while expansions.next_if(|expansion| expansion.start < at).is_some() {}
        if let Some(expansion) = expansions.next_if(|expansion| expansion.start == at) {
            let end = expansion.end.clamp(at + 1, range.end);
            piece(Piece::Expansion { quoted: in_double }, at..end);
            at = end;
            continue;
        }
        let next = bytes.get(at + 1).copied().filter(|_| at + 1 < range.end);
        match bytes[at] {
            b'"' => {
                facts.quoted = true;
                in_double = !in_double;
                at += 1;
            }
            b'\'' if !in_double => {
                facts.quoted = true;
                let end = closing(bytes, at + 1, range.end);
                piece(Piece::Literal(&text[at + 1..end]), at + 1..end);
                at = (end + 1).min(range.end);
            }
            b'$' if !in_double && next == Some(b'\'') => {
                facts.quoted = true;
                let end = closing_ansi(bytes, at + 2, range.end);
                let body = &text[at + 2..end];
                let known = if body.contains('\\') { Piece::Unknown } else { Piece::Literal(body) };
                piece(known, at + 2..end);
                at = (end + 1).min(range.end);
            }
            b'$' if !in_double && next == Some(b'"') => at += 1,
            b'$' if next.is_some_and(|next| next.is_ascii_alphanumeric() || b"_{(@*#?$!-".contains(&next)) => {
                piece(Piece::Unknown, at..at + 1);
                at += 1;
            }
            b'`' => {
                piece(Piece::Unknown, at..at + 1);
                at += 1;
            }
            b'\\' => at = escaped(text, at, range.end, in_double, &mut piece),
            byte => {
                facts.has_pattern |= !in_double && (b"*?[".contains(&byte) || (byte == b'~' && at == range.start));
                let end = run_end(bytes, at, range.end);
                piece(Piece::Literal(&text[at..end]), at..end);
                at = end;
            }
        }
    }
    facts
}

/// The end of the plain text from `at` on: at least one byte, up to the next one that may mean something.
fn run_end(bytes: &[u8], at: usize, end: usize) -> usize {
    let special = |byte: &u8| b"\"'$`\\*?[<>".contains(byte);
    bytes[at + 1..end].iter().position(special).map_or(end, |more| at + 1 + more)
}

fn closing(bytes: &[u8], from: usize, end: usize) -> usize {
    bytes[from..end].iter().position(|byte| *byte == b'\'').map_or(end, |more| from + more)
}

fn closing_ansi(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && bytes[at] != b'\'' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at.min(end)
}

/// A backslash: takes away the meaning of the next character; in double quotes only of some.
fn escaped<'t>(
    text: &'t str,
    at: usize,
    end: usize,
    in_double: bool,
    piece: &mut impl FnMut(Piece<'t>, Range<usize>),
) -> usize {
    let Some(next) = text[at + 1..end].chars().next() else {
        piece(Piece::Literal(&text[at..end]), at..end);
        return end;
    };
    let after = at + 1 + next.len_utf8();
    if next == '\n' {
        return after;
    }
    let keeps_backslash = in_double && !matches!(next, '$' | '`' | '"' | '\\');
    let from = if keeps_backslash { at } else { at + 1 };
    piece(Piece::Literal(&text[from..after]), from..after);
    after
}

/// The name of the variable that an expansion as written reads: `x` of `$x`, `${x:-1}`, `${#x}`, `${!x}`.
/// Nothing for `$(..)`, backticks, `$((..))` and `<(..)`.
pub(super) fn variable_name(expansion: &str) -> Option<&str> {
    let body = expansion.strip_prefix('$')?;
    let body = match body.strip_prefix('{') {
        Some(inner) if inner.len() > 2 => inner.strip_prefix(['#', '!']).unwrap_or(inner),
        Some(inner) => inner,
        None => body,
    };
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let end = body.find(|c| !is_name(c)).unwrap_or(body.len());
    let end = if end == 0 && !body.starts_with(['(', '[']) { body.chars().next()?.len_utf8() } else { end };
    (end > 0).then(|| &body[..end])
}
