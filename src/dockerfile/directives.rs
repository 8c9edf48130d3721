//! Parser directives: `# syntax=..`, `# escape=..`, `# check=..` at the head of a file.
//!
//! They end at the first line that is none. A first line `#!..` is passed over when BuildKit looks for `syntax` and
//! `check`, but ends its search for `escape`: there an `escape` directive is listed and changes nothing.

use super::Directive;
use super::expand::Fault;
use super::lines::{Joined, Physical};
use crate::source::{Span, SyntaxError};

/// The directive that `line` is, if it is one.
pub(super) fn read(text: &str, line: Physical) -> Option<Directive> {
    let content = line.content(text);
    let bare = content.trim_start();
    let after = bare.strip_prefix('#')?.trim_start();
    let name = &after[..after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len())];
    let rest = after[name.len()..].trim_start().strip_prefix('=')?;
    let value = rest.trim();
    let name_lower = name.to_ascii_lowercase();
    if value.is_empty() || !matches!(name_lower.as_str(), "syntax" | "escape" | "check") {
        return None;
    }
    let name_start = line.end - after.len();
    let value_start = line.end - rest.trim_start().len();
    Some(Directive {
        name: name_lower,
        value: value.to_owned(),
        name_span: Span::new(name_start, name_start + name.len()),
        value_span: Span::new(value_start, value_start + value.len()),
        span: Span::new(line.end - bare.len(), value_start + value.len()),
    })
}

/// What BuildKit refuses about `directive`, given those before it.
pub(super) fn check(text: &str, directive: &Directive, before: &[Directive]) -> Option<SyntaxError> {
    let name = &directive.name;
    let fault = |span: Span, message: String, help: &str| {
        Fault::new(span.range(), message).help(help).in_source(&Joined::slice(text, 0..text.len()), text)
    };
    if before.iter().any(|earlier| earlier.name == *name) {
        let message = format!("the directive `{name}` is given twice");
        return Some(fault(directive.name_span, message, "remove one of the two"));
    }
    if name == "escape" && escape(directive).is_none() {
        let message = format!("`{}` cannot be the escape character", directive.value);
        return Some(fault(directive.value_span, message, "use a backslash or a backtick"));
    }
    None
}

/// The escape character that `directive` sets.
pub(super) fn escape(directive: &Directive) -> Option<u8> {
    match directive.value.as_str() {
        "\\" => Some(b'\\'),
        "`" => Some(b'`'),
        _ => None,
    }
}
