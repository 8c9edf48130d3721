//! Tries the examples of rules: each bad one must be flagged, no good one may be.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::document::{DockerDocument, Document, ManifestDocument};
use crate::finding::{FileId, Meta};
use crate::kubernetes::Version;
use crate::rule::{Enabled, Environment, Policy, Sink};
use crate::select::Choice;
use crate::source::{Source, Span, SyntaxError};

use super::{Definition, read};

/// An example of a rule.
#[derive(Clone, Debug)]
pub struct Example {
    /// A Dockerfile or manifests.
    pub text: String,
    /// Where it stands in the policy file.
    pub span: Span,
}

/// What the examples of a policy file show: a fault for each that does not do what it should, and how many were tried.
pub fn test_examples(text: &str) -> (usize, Vec<SyntaxError>) {
    let (rules, mut faults) = read::definitions(text);
    let mut tried = 0;
    for (meta, rule) in &rules {
        for (example, bad) in rule.bad.iter().map(|bad| (bad, true)).chain(rule.good.iter().map(|good| (good, false))) {
            tried += 1;
            faults.extend(rule.try_example(meta, example, bad));
        }
    }
    faults.sort_by_key(|fault| fault.span);
    (tried, faults)
}

impl Definition {
    fn try_example(&self, meta: &Meta, example: &Example, bad: bool) -> Option<SyntaxError> {
        let choice =
            Choice { pedantic: true, by_name: true, ids: Vec::new(), refused: Vec::new(), severities: Vec::new() };
        let rule = Enabled { meta: Arc::new(meta.clone()), choice, options: HashMap::new() };
        let environment = Environment { kubernetes_version: Version::DEFAULT, today: Date::constant(2026, 1, 1) };
        let (mut findings, mut undecided) = (Vec::new(), Vec::new());
        let document = self.read_example(&example.text);
        let mut sink = Sink {
            rule: &rule,
            environment: &environment,
            file: FileId(0),
            manifest: match &document {
                Document::Manifest(manifest) => Some(manifest),
                Document::Dockerfile(_) => None,
            },
            objects: &[],
            findings: &mut findings,
            undecided: &mut undecided,
        };
        match &document {
            Document::Dockerfile(dockerfile) => self.check_dockerfile(dockerfile, &mut sink),
            Document::Manifest(manifest) => self.check_manifest(manifest, &mut sink),
        }
        let errors = document.errors();
        let skipped = match &document {
            Document::Manifest(manifest) => manifest.skipped.first().map(|(_, reason)| *reason),
            Document::Dockerfile(_) => None,
        };
        let name = &meta.name;
        let complaint = match (errors.first(), undecided.first()) {
            (None, _) if skipped.is_some() => {
                format!("an example of {name} is not linted: {}", skipped.unwrap_or_default())
            }
            (Some(error), _) => format!("an example of {name} cannot be read: {}", error.message),
            (None, Some((_, reason))) => format!("{name} cannot decide about this example: {reason}"),
            (None, None) if bad && findings.is_empty() => format!("{name} does not flag this bad example"),
            (None, None) if !bad && !findings.is_empty() => {
                format!("{name} flags this good example: {}", findings[0].message)
            }
            _ => return None,
        };
        Some(SyntaxError { span: example.span, message: complaint, help: None })
    }

    fn read_example(&self, text: &str) -> Document {
        if self.target.is_dockerfile() {
            return Document::Dockerfile(DockerDocument::parse(Arc::from(text)));
        }
        let source = Source::new("example.yaml".to_owned(), text);
        Document::Manifest(ManifestDocument::parse(&source, false, None))
    }
}
