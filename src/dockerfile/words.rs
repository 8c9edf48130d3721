//! Splitting an instruction's text: its flags, its words, its JSON form, the options of a mount.

use std::ops::Range;

use super::expand::{Fault, Lexer, Word};
use super::lines::{Joined, is_blank};
use super::{Flag, Mount, MountOption};

/// The parts of `text[range]` between blanks; quotes mean nothing here.
pub(super) fn split_blanks(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut words = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if is_blank(bytes[at]) {
            at += 1;
            continue;
        }
        let length = bytes[at..range.end].iter().position(|byte| is_blank(*byte)).unwrap_or(range.end - at);
        words.push(at..at + length);
        at += length;
    }
    words
}

/// The words of `text[range]` as `ENV`, `LABEL` and `ARG` see them: blanks within quotes belong to a word.
pub(super) fn split_quoted(text: &str, range: Range<usize>, escape: u8) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quote = None;
    let mut chars = text[range.clone()].char_indices();
    while let Some((at, char)) = chars.next() {
        let at = range.start + at;
        match quote {
            None if char.is_whitespace() => words.extend(start.take().map(|start| start..at)),
            None => {
                start.get_or_insert(at);
                if char == '\'' || char == '"' {
                    quote = Some(char);
                } else if char == escape as char {
                    chars.next();
                }
            }
            Some(open) if open == char => quote = None,
            Some('"') if char == escape as char => drop(chars.next()),
            Some(_) => {}
        }
    }
    words.extend(start.map(|start| start..range.end));
    words
}

/// Where `text[range]` without the whitespace around it lies.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start.max(range.start + slice.trim_end().len())
}

/// Reads the leading `--flags` of `range`; gives them and where the rest begins.
///
/// Quotes and backslashes vanish here, before anything is expanded, whatever the escape character of the file is.
pub(super) fn flags<'a>(
    source: &Joined<'a>,
    range: Range<usize>,
    escape: u8,
    faults: &mut Vec<Fault>,
) -> (Vec<Flag>, usize) {
    let text = source.text();
    let mut flags = Vec::new();
    let mut at = range.start;
    loop {
        at = trim(text, at..range.end).start;
        if !text[at..range.end].starts_with("--") {
            return (flags, at);
        }
        let end = flag_end(text, at..range.end);
        if text[at..end] == *"--" {
            return (flags, end);
        }
        flags.push(read_flag(source, at..end, escape, faults));
        at = end;
    }
}

fn flag_end(text: &str, range: Range<usize>) -> usize {
    let mut quote = None;
    let mut chars = text[range.clone()].char_indices();
    while let Some((at, char)) = chars.next() {
        match quote {
            _ if char == '\\' => drop(chars.next()),
            None if char.is_whitespace() => return range.start + at,
            None if char == '\'' || char == '"' => quote = Some(char),
            Some(open) if open == char => quote = None,
            _ => {}
        }
    }
    range.end
}

fn read_flag<'a>(source: &Joined<'a>, range: Range<usize>, escape: u8, faults: &mut Vec<Fault>) -> Flag {
    let text = source.text();
    let raw = &text[range.clone()];
    let span = source.span(range.clone());
    let name_end = range.start + raw.find('=').unwrap_or(raw.len());
    let name_span = source.span(range.start..name_end);
    let name = text[range.start + 2..name_end].replace(['\'', '"', '\\'], "");
    if name_end == range.end {
        return Flag { name, name_span, span, value: None, mount: None };
    }
    let value = name_end + 1..range.end;
    let mut read = |from: &Joined<'_>, part: Range<usize>| {
        let fallback = part.clone();
        Lexer::word(from, part, escape).unwrap_or_else(|fault| {
            faults.push(Fault { range: range.clone(), ..fault });
            Word::plain(from, fallback)
        })
    };
    let bare;
    let (from, part) = if text[value.clone()].contains(['\'', '"', '\\']) {
        bare = unquote(source, value.clone());
        let all = 0..bare.text().len();
        (&bare, all)
    } else {
        (source, value.clone())
    };
    let word = Word { span: source.span(value), ..read(from, part.clone()) };
    let mount = (name == "mount").then(|| Box::new(mount(from, part, &mut read)));
    Flag { name, name_span, span, value: Some(word), mount }
}

/// The text of a flag without quotes and backslashes.
fn unquote<'a>(source: &Joined<'a>, range: Range<usize>) -> Joined<'a> {
    let text = source.text();
    let mut bare = Joined::empty(source.offset(range.start));
    let mut quote = None;
    let mut chars = text[range.clone()].char_indices();
    while let Some((at, char)) = chars.next() {
        let (at, char) = match (quote, char) {
            (_, '\\') => match chars.next() {
                Some(escaped) => escaped,
                None => break,
            },
            (None, '\'' | '"') => {
                quote = Some(char);
                continue;
            }
            (Some(open), _) if open == char => {
                quote = None;
                continue;
            }
            _ => (at, char),
        };
        let at = range.start + at;
        source.each_piece(at..at + char.len_utf8(), |piece, offset| bare.push(piece, offset));
    }
    bare
}

/// Reads the options of `--mount`: values separated by commas.
fn mount(source: &Joined<'_>, range: Range<usize>, read: &mut impl FnMut(&Joined<'_>, Range<usize>) -> Word) -> Mount {
    let text = source.text();
    let mut options = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let end = text[at..range.end].find(',').map_or(range.end, |length| at + length);
        let key_end = text[at..end].find('=').map_or(end, |length| at + length);
        options.push(MountOption {
            key: text[at..key_end].trim().to_ascii_lowercase(),
            key_span: source.span(at..key_end),
            value: (key_end < end).then(|| read(source, key_end + 1..end)),
            span: source.span(at..end),
        });
        at = end + 1;
    }
    Mount::new(options)
}

/// What the JSON form of an instruction is.
pub(super) enum Json<'a> {
    /// An array of strings; each with its text and where it stands, quotes included.
    Strings(Vec<(Joined<'a>, Range<usize>)>),
    /// JSON, but this element is no string.
    NotStrings(Range<usize>),
    /// No JSON: the shell form.
    No,
}

/// Reads `range` as a JSON array of strings, as Go's `encoding/json` does.
pub(super) fn json<'a>(source: &Joined<'a>, range: Range<usize>) -> Json<'a> {
    let range = trim(source.text(), range);
    let bytes = source.text().as_bytes();
    if bytes.get(range.start) != Some(&b'[') {
        return Json::No;
    }
    let mut reader = JsonReader { bytes: &bytes[..range.end], at: range.start + 1 };
    let mut strings = Vec::new();
    let mut other = None;
    let read = reader.elements(b']', 0, &mut |start, end| {
        if bytes[start] == b'"' { strings.push(start..end) } else { other = other.take().or(Some(start..end)) }
    });
    reader.blanks();
    if read.is_none() || reader.at != range.end {
        return Json::No;
    }
    match other {
        Some(range) => Json::NotStrings(range),
        None => Json::Strings(strings.into_iter().map(|range| (json_string(source, range.clone()), range)).collect()),
    }
}

/// The deepest JSON that is looked into.
const MAX_JSON_DEPTH: usize = 64;

struct JsonReader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl JsonReader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Reads elements up to and with `close`, after the opening bracket; calls `each` with their ranges.
    fn elements(&mut self, close: u8, depth: usize, each: &mut dyn FnMut(usize, usize)) -> Option<()> {
        self.blanks();
        if self.eat(close).is_some() {
            return Some(());
        }
        loop {
            self.blanks();
            if close == b'}' {
                self.string()?;
                self.blanks();
                self.eat(b':')?;
                self.blanks();
            }
            let start = self.at;
            self.value(depth)?;
            each(start, self.at);
            self.blanks();
            if self.eat(close).is_some() {
                return Some(());
            }
            self.eat(b',')?;
        }
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            open @ (b'[' | b'{') => {
                if depth >= MAX_JSON_DEPTH {
                    return None;
                }
                self.at += 1;
                self.elements(open + 2, depth + 1, &mut |_, _| {})
            }
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            b'n' => self.word(b"null"),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        let _sign = self.eat(b'-');
        if self.eat(b'0').is_none() {
            self.digits()?;
        }
        if self.eat(b'.').is_some() {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        self.eat(b'"')?;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'"' => return Some(()),
                b'\\' => self.escape()?,
                0..0x20 => return None,
                _ => {}
            }
        }
    }

    fn escape(&mut self) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(()),
            b'u' => {
                let digits = self.bytes.get(self.at..self.at + 4)?;
                self.at += 4;
                digits.iter().all(u8::is_ascii_hexdigit).then_some(())
            }
            _ => None,
        }
    }
}

/// The value of the JSON string at `range` (quotes included).
fn json_string<'a>(source: &Joined<'a>, range: Range<usize>) -> Joined<'a> {
    let text = source.text();
    let inner = range.start + 1..range.end - 1;
    let mut value = Joined::empty(source.offset(inner.start));
    let mut at = inner.start;
    while at < inner.end {
        let stop = text[at..inner.end].find('\\').map_or(inner.end, |length| at + length);
        source.each_piece(at..stop, |piece, offset| value.push(piece, offset));
        at = stop;
        if at < inner.end {
            let (char, length) = json_escape(&text[at..inner.end]);
            value.push(char.encode_utf8(&mut [0; 4]), source.offset(at));
            at += length;
        }
    }
    value
}

/// The character of a JSON escape that the reader found sound, and the length of the escape.
fn json_escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        text.get(at..at + 6).and_then(|t| t.strip_prefix("\\u")).and_then(|hex| u32::from_str_radix(hex, 16).ok())
    };
    match text.as_bytes().get(1) {
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(b'n') => ('\n', 2),
        Some(b'r') => ('\r', 2),
        Some(b't') => ('\t', 2),
        Some(b'u') => match (unit(0), unit(6)) {
            (Some(high @ 0xd800..0xdc00), Some(low @ 0xdc00..0xe000)) => {
                let code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                (char::from_u32(code).unwrap_or('\u{fffd}'), 12)
            }
            (Some(code), _) => (char::from_u32(code).unwrap_or('\u{fffd}'), 6),
            (None, _) => ('\u{fffd}', 2),
        },
        Some(other) if other.is_ascii() => (*other as char, 2),
        _ => ('\u{fffd}', text.len()),
    }
}
