//! What is wrong with a document, in our words, at the text at fault.
//!
//! The parser says where it stopped. The reader wants what to change: the quote that is open, the tab, the line that
//! is indented wrongly. Every span lies on one line.

use granit_parser::{ErrorKind, ScanError};

use super::{MAX_ALIAS_NODES, MAX_DEPTH};
use crate::source::{Span, SyntaxError};

/// The parser's error. `from` is where the parser's text begins, `last` where the last node it gave ends, `bracket`
/// where the innermost bracket that is open stands.
pub(super) fn describe(text: &str, from: usize, error: &ScanError, last: usize, bracket: Option<usize>) -> SyntaxError {
    let mut at = (from + error.marker().byte_offset().unwrap_or(0)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    if let Some(bracket) = bracket.filter(|bracket| is_left_open(text, *bracket, at)) {
        let span = one(text, bracket);
        let sign = &text[span.range()];
        let help = "close it, or indent the lines that go on with it".to_owned();
        return SyntaxError { span, message: format!("this `{sign}` is not closed"), help: Some(help) };
    }
    if let Some(line) = line_without_colon(text, error.kind(), at) {
        let message = "this line has no `:` after its key".to_owned();
        return SyntaxError { span: line, message, help: Some(colon_help(&text[line.range()])) };
    }
    let (message, help) = words(text, error.kind(), at);
    let help = (!help.is_empty()).then_some(help);
    SyntaxError { span: place(text, error.kind(), at, last), message, help }
}

/// An alias whose anchor is not there.
pub(super) fn unknown_anchor(span: Span, name: &str) -> SyntaxError {
    let help = if name.starts_with(['.', '/']) || name.is_empty() {
        format!("write \"*{name}\" with the quotes if text is meant")
    } else {
        format!("define it above with `&{name}`, or put the value in quotes if text is meant")
    };
    SyntaxError { span, message: format!("no anchor `&{name}` stands before this alias"), help: Some(help) }
}

/// An alias to a node that holds it.
pub(super) fn cycle(text: &str, span: Span) -> SyntaxError {
    let message = format!("the alias `{}` stands inside the value it names", &text[span.range()]);
    SyntaxError { span, message, help: Some("a value cannot hold itself".to_owned()) }
}

/// A collection, or an alias to one, below [`MAX_DEPTH`].
pub(super) fn too_deep(text: &str, span: Span) -> SyntaxError {
    let message = format!("nesting goes deeper than {MAX_DEPTH} levels");
    SyntaxError { span: word(text, span.start as usize), message, help: None }
}

/// The alias that goes over [`MAX_ALIAS_NODES`].
pub(super) fn too_many_alias_nodes(text: &str, span: Span) -> SyntaxError {
    let alias = &text[span.range()];
    let message = format!("with `{alias}`, the aliases of this document stand for more than {MAX_ALIAS_NODES} values");
    SyntaxError { span, message, help: None }
}

/// Where the reader should look.
fn place(text: &str, kind: &ErrorKind, at: usize, last: usize) -> Span {
    use ErrorKind as E;
    match kind {
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            let quote = text.get(last..at).and_then(|between| between.find(['"', '\'']));
            quote.map_or_else(|| word(text, at), |quote| rest_of_line(text, last + quote))
        }
        E::TabNotAllowed | E::TabInBlockIndentation | E::TabInIndentation | E::TabInPlainScalar => tab(text, at),
        E::TabAtBlockScalarStart => tab(text, at),
        E::SimpleKeyExpected | E::InvalidSimpleKey => rest_of_line(text, at),
        E::MappingValueNotAllowed => first_colon(text, at).unwrap_or_else(|| one(text, at)),
        E::UnclosedFlowCollection { .. } | E::InvalidColonPlacement => one(text, at),
        E::UnexpectedCharacter { .. } | E::MisplacedFlowCollectionEnd => one(text, at),
        E::MismatchedFlowCollectionEnd { .. } | E::InvalidBlockEntryWhitespace => one(text, at),
        _ => word(text, at),
    }
}

/// Message and help; no help is an empty string.
fn words(text: &str, kind: &ErrorKind, at: usize) -> (String, String) {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            let line = &text[rest_of_line(text, at).range()];
            if line.starts_with('-') && !line.starts_with("--") {
                return ("a `-` must be followed by a space".to_owned(), String::new());
            }
            return ("this line has no `:` after its key".to_owned(), colon_help(line));
        }
        E::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("this `{open}` is closed by a `{close}`"), String::new());
        }
        E::UnclosedFlowCollection { open } => return (format!("this `{open}` is never closed"), String::new()),
        E::UnexpectedCharacter { character } => return unexpected(*character),
        E::RecursionLimitExceeded => {
            return (format!("nesting goes deeper than {MAX_DEPTH} levels"), String::new());
        }
        E::InvalidQuotedScalarIndent if !text[at..].trim().is_empty() => (
            "the quote that opens here is still open on a line that is not indented",
            "close it before, or indent the lines that go on with it",
        ),
        E::MappingValueNotAllowed if first_colon(text, at).is_some() => (
            "this key is indented below a line that already is a value",
            "align it with the keys above, or end the line above with `:` if it belongs there",
        ),
        E::ExpectedBlockMappingKey => match text[line_start(text, at)..at].trim_end().chars().last() {
            None => ("this indentation fits no level above", "align the keys of one mapping"),
            Some('}' | ']') => ("text follows the closing bracket", "put the whole value in quotes"),
            Some(_) => ("a key should stand here", "put values with special characters in quotes"),
        },
        _ => match layout(kind).or_else(|| characters(kind)) {
            Some(words) => words,
            None => return (kind.to_string().trim_end_matches('.').to_owned(), String::new()),
        },
    };
    (message.to_owned(), help.to_owned())
}

/// Faults of indentation, keys, lists and brackets.
fn layout(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    use ErrorKind as E;
    Some(match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => ("a tab stands where YAML wants spaces", "indent with spaces"),
        E::MappingValueNotAllowed => {
            ("a second `: ` makes no sense on this line", "put the value in quotes if the `:` is part of it")
        }
        E::InvalidColonPlacement => {
            ("a `:` is out of place inside brackets", "check that the bracket before is closed")
        }
        E::ExpectedBlockSequenceEntry => ("a `- ` should stand here", "align the items of one list"),
        E::InvalidIndentation | E::InvalidFlowScalarIndent => {
            ("this indentation fits no level above", "align the line with the ones it belongs to")
        }
        E::InvalidBlockScalarIndent => {
            ("this line is indented less than the text it is part of", "indent every line of the text alike")
        }
        E::ExpectedFlowMappingSeparator => {
            ("a `,` or `}` should stand here", "put values with special characters in quotes")
        }
        E::ExpectedFlowSequenceSeparator => {
            ("a `,` or `]` should stand here", "put values with special characters in quotes")
        }
        E::MisplacedFlowCollectionEnd => ("this bracket closes nothing", ""),
        E::UnexpectedEofFlowSequence => ("the file ends inside a `[`", "close it with `]`"),
        E::UnexpectedEofFlowMapping | E::UnexpectedEofImplicitFlowMapping => {
            ("the file ends inside a `{`", "close it with `}`")
        }
        E::BlockEntryInFlowCollection => ("a `- ` item cannot stand inside brackets", "separate the items by commas"),
        E::BlockSequenceEntryNotAllowed => ("a list item cannot begin here", "put the `- ` on a line of its own"),
        E::ExpectedDocumentStart => ("a new document needs `---` before it", "check the indentation of this line"),
        E::InvalidDocumentEnd => ("nothing may follow the marker on this line", ""),
        E::ExpectedNodeContent => ("a value should stand here", ""),
        _ => return None,
    })
}

/// Faults of quotes, escapes, comments and the characters that mean something.
fn characters(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    use ErrorKind as E;
    Some(match kind {
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            ("the quote that opens here is not closed", "close it on this line, or indent the lines that go on with it")
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text follows the closing quote",
            "put the whole value in quotes, and write quotes inside it as `''` or `\\\"`",
        ),
        E::UnknownQuotedScalarEscape => {
            ("no such escape exists in double quotes", "write `\\\\` for a backslash, or use single quotes")
        }
        E::InvalidBlockEntryWhitespace => ("a `-` must be followed by a space", ""),
        E::InvalidMappingValueWhitespace => ("a `:` must be followed by a space", ""),
        E::PlainScalarStartsWithDashFlowIndicator => (
            "a value cannot begin with `-` and a bracket or comma",
            "put a space after the `-`, or the value in quotes",
        ),
        E::CommentNotSeparated => ("a comment needs a space before its `#`", ""),
        E::CommentInterceptedScalar => ("a comment interrupts a text of several lines", "move it above the text"),
        E::InvalidBlockScalarHeader => {
            ("nothing but a comment may follow `|` or `>` on its line", "begin the text on the next line")
        }
        E::MissingAnchorOrAliasName => {
            ("`&` or `*` must be followed by a name", "put the value in quotes if text is meant")
        }
        E::UndeclaredTagHandle => {
            ("no `%TAG` line declares this tag's prefix", "put the value in quotes if text is meant")
        }
        E::BomInsideDocument => ("a byte order mark stands inside a document", "remove the invisible character"),
        _ => return None,
    })
}

fn unexpected(character: char) -> (String, String) {
    if character.is_control() {
        let message = format!("the control character U+{:04X} cannot stand here", u32::from(character));
        return (message, "write it as an escape in double quotes".to_owned());
    }
    (format!("a value cannot begin with `{character}`"), "put the value in quotes".to_owned())
}

fn colon_help(line: &str) -> String {
    match line.split_once(':') {
        Some((key, value)) if !key.contains(' ') => format!("put a space after the `:`, as in `{key}: {value}`"),
        _ if line.contains(' ') || line.len() > 40 => {
            "write it as `key: value`, or indent it to go on with the text above".to_owned()
        }
        _ => format!("write it as `{line}: value`, or indent it to go on with the text above"),
    }
}

/// The key before the colon at `at`, if that is the first on its line.
fn first_colon(text: &str, at: usize) -> Option<Span> {
    let line = &text[line_start(text, at)..at];
    let key = line.trim_start_matches([' ', '-']);
    (!key.is_empty() && !key.contains(": ")).then(|| Span::new(at - key.len(), at))
}

/// Whether the bracket at `bracket` is what is at fault at `at`: on a later line, which is not indented deeper than the
/// one the bracket opens on, something else stands than a bracket.
fn is_left_open(text: &str, bracket: usize, at: usize) -> bool {
    let line = |offset: usize| &text[line_start(text, offset)..];
    let indentation = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let (opening, fault) = (line(bracket), line(at));
    fault.len() < opening.len()
        && indentation(fault) <= indentation(opening)
        && fault.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '\'' | '-' | '.' | '_'))
}

/// The line before the key whose colon stands at `at`, where it is indented alike and has no colon itself: YAML reads
/// both as one text.
fn line_without_colon(text: &str, kind: &ErrorKind, at: usize) -> Option<Span> {
    let key = first_colon(text, at).filter(|_| matches!(kind, ErrorKind::MappingValueNotAllowed))?;
    let start = line_start(text, at);
    let before = text[..start].trim_end();
    let line = Span::new(line_start(text, before.len()), before.len());
    let words = text[line.range()].trim_start_matches(' ');
    let indentation = line.len() - words.len();
    let plain = !words.contains(':') && !words.starts_with(['#', '-', '"', '\'', '{', '[', '|', '>']);
    let alike = !words.is_empty() && indentation == key.start as usize - start;
    (plain && alike).then(|| rest_of_line(text, line.start as usize + indentation))
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// The tab at `at`, or the nearest before it on the line, or the one that the next line with text is indented by.
fn tab(text: &str, at: usize) -> Span {
    let start = line_start(text, at);
    if text[at..].starts_with('\t') {
        return Span::new(at, at + 1);
    }
    if let Some(found) = text[start..at].rfind('\t') {
        return Span::new(start + found, start + found + 1);
    }
    let next = text[at..].find(['\n', '\r']).map_or(text.len(), |end| at + end);
    let indentation = text[next..].len() - text[next..].trim_start().len();
    match text[next..next + indentation].rfind('\t') {
        Some(found) => Span::new(next + found, next + found + 1),
        None => word(text, at),
    }
}

/// The character at `at`; at a blank or the end, the last one before that is neither.
fn one(text: &str, at: usize) -> Span {
    let at = visible(text, at);
    let len = text[at..].chars().next().map_or(0, char::len_utf8);
    Span::new(at, at + len)
}

/// From `at` to the next blank, or to the colon before it.
fn word(text: &str, at: usize) -> Span {
    let at = visible(text, at);
    let word = text[at..].split(char::is_whitespace).next().unwrap_or_default();
    let key = word.strip_suffix(':').filter(|key| !key.is_empty());
    Span::new(at, at + key.unwrap_or(word).len())
}

/// From `at` to the end of its line, without a comment.
fn rest_of_line(text: &str, at: usize) -> Span {
    let at = visible(text, at);
    let line = text[at..].split(['\n', '\r']).next().unwrap_or_default();
    let line = line.split(" #").next().unwrap_or_default().trim_end();
    Span::new(at, at + line.len())
}

/// `at`, or where nothing is to be seen there, the character before the blanks.
fn visible(text: &str, at: usize) -> usize {
    if text[at..].starts_with(|character: char| !character.is_whitespace()) {
        return at;
    }
    text[..at].char_indices().rev().find(|(_, character)| !character.is_whitespace()).map_or(at, |(start, _)| start)
}
