//! Where a finding stands in a manifest.
//!
//! A wrong value is reported at the value. Something missing is reported where a reader would add it: in a mapping that
//! is the value of a key, at that key; in an item of a list, at the value of its `name`, else at its first key; at the
//! root of an object, at the value of `kind`.

use crate::source::Span;
use crate::yaml::{Node, Step};

/// Where something missing in the mapping `node` is reported.
pub fn missing_in(node: Node<'_>) -> Span {
    let yaml = node.yaml();
    let at = node.span();
    if node.anchored().is_some() {
        return at;
    }
    let path = yaml.path_at(at.start as usize);
    let step = path.iter().rev().find(|step| match step {
        Step::Key(entry) => entry.value.id() == node.id(),
        Step::Item(_, item) => item.id() == node.id(),
    });
    match step {
        Some(Step::Key(entry)) => entry.key_span(),
        Some(Step::Item(..)) => item(node),
        None => node.get("kind").map_or_else(|| first_key(node), |kind| kind.span()),
    }
}

/// Where the part `range` of a value's own bytes stands, on its first line; the place of use where the value is reached
/// through an alias.
pub fn part(node: Node<'_>, range: std::ops::Range<usize>) -> Span {
    let (span, text) = (node.span(), node.yaml().text());
    match node.anchored() {
        Some(_) => span.first_line(text),
        None => Span::new(span.start as usize + range.start, span.start as usize + range.end).first_line(text),
    }
}

/// Where a finding about an item of a list stands: at the value of its `name`, else at its first key.
pub fn item(node: Node<'_>) -> Span {
    let name = node.get("name").filter(|name| name.text().is_some_and(|text| !text.is_empty()));
    name.map_or_else(|| first_key(node), |name| name.span())
}

/// The lines of an item of a block list, to take it out; `None` where it shares a line with something else, or is
/// reached through an alias.
pub fn lines_of_item(node: Node<'_>) -> Option<Span> {
    if node.anchored().is_some() {
        return None;
    }
    let (text, span) = (node.yaml().text(), node.span());
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let lead = text[start..span.start as usize].trim();
    let rest = &text[span.end as usize..];
    let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let alone = lead == "-" && rest[..line_end].trim().is_empty();
    alone.then(|| Span::new(start, span.end as usize + line_end))
}

fn first_key(node: Node<'_>) -> Span {
    let key = node.raw_entries().next().map(|entry| entry.key_span());
    key.unwrap_or_else(|| node.span()).first_line(node.yaml().text())
}
