//! Suppressions: `# shipworthy: ignore[rule-or-id, ...] reason`.
//!
//! While a file's tree is at hand its comments become [`Suppression`]s: bytes that they cover, and the rules they name.
//! A finding is silenced by its primary place, or by a related label in another file. Applying them is a pass of its
//! own, so no rule knows of them. What people wrote for other tools counts too: see [`foreign`].

mod foreign;

use std::sync::{Arc, LazyLock};

use jiff::civil::Date;
use regex::Regex;

use crate::document::{DockerDocument, Document, ManifestDocument};
use crate::finding::{FileId, Finding, Meta};
use crate::kubernetes::Object;
use crate::select::Selector;
use crate::source::{Source, Span};
use crate::yaml::Node;

/// The annotation that silences rules for an object.
pub const ANNOTATION: &str = "shipworthy.dev/ignore";

/// One suppression.
#[derive(Clone, Debug)]
pub struct Suppression {
    /// What it covers.
    pub covers: Span,
    /// The rules it names.
    pub rules: Vec<Selector>,
}

impl Suppression {
    fn covers(&self, span: Span, finding: &Finding) -> bool {
        let inside = self.covers.start <= span.start && span.start < self.covers.end.max(self.covers.start + 1);
        inside && self.rules.iter().any(|selector| selector.matches_finding(finding))
    }
}

/// A suppression comment that silences nothing, because it cannot be understood.
#[derive(Clone, Debug)]
pub struct Invalid {
    /// The text at fault.
    pub span: Span,
    /// What is wrong.
    pub message: String,
}

/// The suppressions of one file.
#[derive(Clone, Debug, Default)]
pub struct Suppressions {
    /// Those that work.
    pub list: Vec<Suppression>,
    /// Those that do not.
    pub invalid: Vec<Invalid>,
}

/// How far a comment reaches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Here,
    File,
}

impl Suppressions {
    /// Reads the suppressions of a file; names are looked up among `rules`. What expired before `today` is none.
    pub fn read(document: &Document, source: &Source, rules: &[Arc<Meta>], today: Date) -> Self {
        let mut reader = Reader { source, rules, found: Self::default() };
        // Nearly every file has none, and that is cheap to see.
        if memchr::memmem::find(source.text.as_bytes(), b"shipworthy").is_some() {
            match document {
                Document::Dockerfile(file) => reader.dockerfile(file),
                Document::Manifest(file) => reader.manifest(file),
            }
        }
        let mut found = reader.found;
        found.list.extend(foreign::read(document, source, today));
        found
    }

    /// Whether `finding` is silenced by its place in this file, `file`.
    pub fn silence(&self, finding: &Finding, file: FileId) -> bool {
        let places = std::iter::once(&finding.primary).chain(&finding.related);
        let here = places
            .filter(|label| label.file == file && (label.file != finding.primary.file || **label == finding.primary));
        let mut spans = here.map(|label| label.span);
        spans.any(|span| self.list.iter().any(|suppression| suppression.covers(span, finding)))
    }
}

struct Reader<'a> {
    source: &'a Source,
    rules: &'a [Arc<Meta>],
    found: Suppressions,
}

impl Reader<'_> {
    fn dockerfile(&mut self, document: &DockerDocument) {
        for comment in document.comments() {
            let Some((reach, rules)) = self.comment(comment) else { continue };
            let covers = match reach {
                Reach::File if document.is_leading(comment) => Some(self.whole()),
                Reach::File => self.misplaced(comment),
                Reach::Here => document.covered_by(comment),
            };
            self.push(covers, rules);
        }
    }

    fn manifest(&mut self, document: &ManifestDocument) {
        let yaml = &document.yaml;
        let first_content = yaml.documents().next().map_or(u32::MAX, |first| first.root.span().start);
        for comment in yaml.comments() {
            let Some((reach, rules)) = self.comment(comment.span) else { continue };
            let covers = match reach {
                Reach::File if comment.span.start < first_content => Some(self.whole()),
                Reach::File => self.misplaced(comment.span),
                Reach::Here if comment.own_line => yaml.covered_by(comment),
                Reach::Here => {
                    let line = self.source.lines().line(comment.span.start);
                    Some(self.source.lines().span(&self.source.text, line))
                }
            };
            self.push(covers, rules);
        }
        for object in document.objects() {
            if let Some(value) = object.annotation(ANNOTATION) {
                self.annotation(object, value);
            }
        }
    }

    fn annotation(&mut self, object: Object<'_>, value: Node<'_>) {
        let (list, span) = (value.text().unwrap_or_default(), value.span());
        // Quotes and block indicators stand before the words; where escapes change them, the value is shown whole.
        let before = self.source.text[span.range()].find(list);
        let known = self.found.invalid.len();
        let rules = self.words(list, Span::empty(span.start as usize + before.unwrap_or_default()));
        if before.is_none() {
            self.found.invalid[known..].iter_mut().for_each(|invalid| invalid.span = span);
        }
        self.push(Some(object.node.span()), rules);
    }

    fn push(&mut self, covers: Option<Span>, rules: Vec<Selector>) {
        if let (Some(covers), false) = (covers, rules.is_empty()) {
            self.found.list.push(Suppression { covers, rules });
        }
    }

    fn whole(&self) -> Span {
        Span::new(0, self.source.text.len())
    }

    fn misplaced(&mut self, span: Span) -> Option<Span> {
        let message = "`ignore-file` counts only in the comments at the top of the file".to_owned();
        self.found.invalid.push(Invalid { span, message });
        None
    }

    /// Reads a comment: how far it reaches and what it names.
    fn comment(&mut self, span: Span) -> Option<(Reach, Vec<Selector>)> {
        static GRAMMAR: LazyLock<Option<Regex>> =
            LazyLock::new(|| Regex::new(r"^#+\s*shipworthy:\s*(ignore(?:-file)?)?\s*(\[([^\]]*)\])?").ok());
        let text = &self.source.text[span.range()];
        let found = GRAMMAR.as_ref()?.captures(text)?;
        let mut refuse = |message: &str| self.found.invalid.push(Invalid { span, message: message.to_owned() });
        let Some(verb) = found.get(1) else {
            refuse("a suppression is written `# shipworthy: ignore[rule] reason`");
            return None;
        };
        let Some(list) = found.get(3).filter(|list| !list.as_str().trim().is_empty()) else {
            refuse("the suppression names no rule; write `ignore[rule]`");
            return None;
        };
        let start = span.start as usize + list.start();
        let rules = self.words(list.as_str(), Span::new(start, start + list.len()));
        let reach = if verb.as_str() == "ignore-file" { Reach::File } else { Reach::Here };
        Some((reach, rules))
    }

    /// Reads a list of rules; unknown ones are reported and left out.
    fn words(&mut self, list: &str, span: Span) -> Vec<Selector> {
        let mut selectors = Vec::new();
        let mut at = span.start as usize;
        for part in list.split(',') {
            let word = part.trim();
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + 1;
            match Selector::parse(word, self.rules) {
                _ if word.is_empty() => {}
                Ok(selector) => selectors.push(selector),
                // A rule of a policy file that this run does not read.
                Err(_) if word.starts_with("policy/") => {}
                Err(message) => {
                    self.found.invalid.push(Invalid { span: Span::new(start, start + word.len()), message });
                }
            }
        }
        selectors
    }
}
