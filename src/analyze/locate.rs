//! From findings to diagnostics: lines and columns, a window of source, the object, the fingerprint.
//!
//! This happens while the file's text and tree are at hand; afterwards both are dropped.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::Document;
use crate::finding::{Diagnostic, Finding, Label, Place, PlacedEdit, PlacedFix, Snippet};
use crate::source::{Source, Span};

/// Lines shown before and after a place.
const CONTEXT_LINES: u32 = 2;
/// A line longer than this, in bytes, is shown as a window around the place.
const LONG_LINE: usize = 240;

/// A file whose findings are located: its text and what it was read as.
pub struct Located<'a> {
    /// The text.
    pub source: &'a Source,
    /// The tree, for identity and object.
    pub document: &'a Document,
}

/// Clips the primary span of each finding to its first line.
pub fn clip(findings: &mut [Finding], source: &Source) {
    for finding in findings {
        finding.primary.span = finding.primary.span.first_line(&source.text);
    }
}

/// Makes diagnostics of the findings of one file. `places` finds the text of labels in other files.
pub fn diagnostics(
    findings: Vec<Finding>,
    file: &Located<'_>,
    place_in: &dyn Fn(&Label) -> Option<Place>,
) -> Vec<Diagnostic> {
    let mut ordinals: HashMap<String, u32> = HashMap::new();
    let path: Arc<str> = Arc::from(file.source.path.as_str());
    let mut located = Vec::with_capacity(findings.len());
    for finding in findings {
        let identity = identity(&finding, file);
        let ordinal = ordinals.entry(identity.clone()).or_default();
        let fingerprint = fingerprint(&identity, *ordinal);
        *ordinal += 1;
        let own_file = finding.primary.file;
        let place = |label: &Label| match label.file == own_file {
            true => Some(place(file.source, &path, label.span, &label.text)),
            false => place_in(label),
        };
        let related = finding.related.iter().filter_map(&place).collect();
        let primary = self::place(file.source, &path, finding.primary.span, &finding.primary.text);
        let fix = finding.fix.as_ref().map(|fix| PlacedFix {
            title: fix.title.clone(),
            safety: fix.safety,
            edits: (fix.edits.iter())
                .filter_map(|edit| {
                    let label = Label { file: edit.file, span: edit.span, text: "".into() };
                    Some(PlacedEdit { place: place(&label)?, text: edit.text.clone() })
                })
                .collect(),
        });
        located.push(Diagnostic {
            aliases: finding.aliases.clone().unwrap_or_else(|| finding.rule.aliases.to_vec()),
            severity: finding.severity,
            primary,
            related,
            help: finding.help.map(std::borrow::Cow::into_owned),
            fix,
            resource: file.document.resource_at(finding.primary.span.start),
            fingerprint,
            excuse: finding.excuse,
            message: finding.message,
            rule: finding.rule,
        });
    }
    located
}

/// What a finding is about, in words that stay the same when lines move.
fn identity(finding: &Finding, file: &Located<'_>) -> String {
    let thing = file.document.identity_at(finding.primary.span.start);
    let code = finding.sub_code.as_deref().unwrap_or_default();
    format!("1\n{}\n{code}\n{}\n{thing}", finding.rule.name, file.source.path)
}

fn fingerprint(identity: &str, ordinal: u32) -> String {
    let hash = blake3::hash(format!("{identity}\n{ordinal}").as_bytes());
    hash.to_hex().as_str()[..16].to_owned()
}

/// A span as a reader needs it.
pub fn place(source: &Source, path: &Arc<str>, span: Span, text: &str) -> Place {
    let (lines, whole) = (source.lines(), &*source.text);
    Place {
        path: Arc::clone(path),
        span,
        start: lines.position(whole, span.start),
        end: lines.position(whole, span.end),
        text: text.to_owned(),
        snippet: snippet(source, span),
    }
}

/// The lines around a span; of a very long line only a window.
fn snippet(source: &Source, span: Span) -> Snippet {
    let (lines, text) = (source.lines(), &*source.text);
    let line = lines.line(span.start);
    let own = lines.span(text, line);
    if own.len() > LONG_LINE {
        let start = floor(text, (span.start as usize).saturating_sub(LONG_LINE / 3).max(own.start as usize));
        let end = floor(text, (start + LONG_LINE).min(own.end as usize)).max(start);
        return window(text, line, Span::new(start, end), span);
    }
    let short = |number: &u32| lines.span(text, *number).len() <= LONG_LINE;
    let first = (1..=CONTEXT_LINES).map(|by| line.saturating_sub(by)).take_while(|n| *n > 0 && short(n)).last();
    let last = (1..=CONTEXT_LINES).map(|by| line + by).take_while(|n| *n <= lines.count() && short(n)).last();
    let (first, last) = (first.unwrap_or(line), last.unwrap_or(line));
    window(text, first, Span { start: lines.start(first), end: lines.span(text, last).end }, span)
}

fn window(text: &str, first_line: u32, shown: Span, span: Span) -> Snippet {
    let clamp = |offset: u32| offset.clamp(shown.start, shown.end) - shown.start;
    Snippet {
        first_line,
        text: text[shown.range()].to_owned(),
        span: Span { start: clamp(span.start), end: clamp(span.end) },
    }
}

fn floor(text: &str, mut offset: usize) -> usize {
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
