//! One file: read, parse, run the local rules, keep what others need.

use std::sync::Arc;

use super::locate::{self, Located};
use super::{Elsewhere, MAX_FINDINGS, Outcome, Run, facts};
use crate::discover::{FileKind, Reading};
use crate::document::{DockerDocument, Document, ManifestDocument, may_be_dockerfile, may_be_manifest};
use crate::finding::{Diagnostic, FileId, Finding, Meta, Skipped};
use crate::kubernetes::Object;
use crate::rule::{Environment, RuleSet, Sink};
use crate::source::{Source, Span};
use crate::suppress::Suppressions;

/// What the checks of one file report to.
struct Checks<'r> {
    set: &'r RuleSet,
    environment: &'r Environment,
    file: FileId,
    manifest: Option<&'r ManifestDocument>,
    objects: &'r [Object<'r>],
    findings: Vec<Finding>,
    undecided: Vec<(Arc<Meta>, &'static str)>,
}

impl Checks<'_> {
    /// A sink for the rule of this number, handed to `check`.
    fn run(&mut self, rule: usize, check: impl FnOnce(&mut Sink<'_>)) {
        check(&mut Sink {
            rule: &self.set.enabled[rule],
            environment: self.environment,
            file: self.file,
            manifest: self.manifest,
            objects: self.objects,
            findings: &mut self.findings,
            undecided: &mut self.undecided,
        });
    }

    /// Reports for a rule of the engine, if it is on.
    fn engine(&mut self, rule: &str, span: Span, message: impl Into<String>) -> Option<&mut Finding> {
        let meta = Arc::clone(&self.set.get(rule)?.meta);
        self.findings.push(Finding::new(meta, self.file, span, message));
        self.findings.last_mut()
    }

    fn dockerfile(&mut self, document: &DockerDocument) {
        let set = self.set;
        for (rule, check) in &set.dockerfile {
            self.run(*rule, |sink| check(document, sink));
        }
        for view in document.views() {
            let checks = set.instruction.get(&view.instruction.keyword).filter(|_| !view.onbuild);
            for (rule, check) in checks.into_iter().flatten() {
                self.run(*rule, |sink| check(view, sink));
            }
            if view.instruction.keyword == crate::dockerfile::Keyword::Run && !set.command.is_empty() {
                self.commands(document, view.index);
            }
        }
        for (rule, policy) in &set.policy {
            self.run(*rule, |sink| policy.check_dockerfile(document, sink));
        }
    }

    fn commands(&mut self, document: &DockerDocument, index: usize) {
        let set = self.set;
        let view = document.view(index);
        let Some(script) = document.script(index) else { return };
        for command in &script.commands {
            let named = set.command.get(command.program()).into_iter().flatten();
            for (rule, check) in named.chain(set.command.get("*").into_iter().flatten()) {
                self.run(*rule, |sink| check(view, command, sink));
            }
        }
    }

    fn manifest(&mut self, document: &ManifestDocument, objects: &[Object<'_>]) {
        let set = self.set;
        for (rule, check) in &set.yaml {
            self.run(*rule, |sink| check(document, sink));
        }
        for object in objects {
            let named = set.object.get(object.kind).into_iter().flatten();
            for (rule, check) in named.chain(set.object.get("*").into_iter().flatten()) {
                self.run(*rule, |sink| check(*object, sink));
            }
            for pod in object.pod_specs() {
                for (rule, check) in &set.pod_spec {
                    self.run(*rule, |sink| check(pod, sink));
                }
                for container in pod.containers() {
                    for (rule, check) in &set.container {
                        self.run(*rule, |sink| check(container, sink));
                    }
                }
            }
        }
        for (rule, policy) in &set.policy {
            self.run(*rule, |sink| policy.check_manifest(document, sink));
        }
    }
}

impl Run<'_> {
    /// Checks one file. A panic becomes a finding.
    pub(super) fn file(&self, index: usize) -> Outcome {
        let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.check(index)));
        checked.unwrap_or_else(|panic| self.internal_error(index, &*panic))
    }

    fn check(&self, index: usize) -> Outcome {
        let file = &self.files[index];
        let mut outcome = Outcome::default();
        let source = match file.read() {
            Reading::Source(source) => source,
            Reading::Skipped(reason) => {
                outcome.unknown = true;
                outcome.skipped.push(Skipped { path: file.shown.clone(), reason: reason.into() });
                return outcome;
            }
            Reading::Failed(error) => {
                outcome.unknown = true;
                outcome.errors.push(error);
                return outcome;
            }
        };
        match self.parse(index, &source) {
            Ok(document) => self.check_document(index, &source, &document, &mut outcome),
            Err(Some(reason)) => outcome.skipped.push(Skipped { path: file.shown.clone(), reason: reason.into() }),
            Err(None) => {}
        }
        outcome
    }

    /// Reads the text as what it is. The error says why it is skipped; a walked file that is no manifest is no file
    /// of ours, and says nothing.
    fn parse(&self, index: usize, source: &Source) -> Result<Document, Option<&'static str>> {
        let file = &self.files[index];
        let kind = match file.kind {
            Some(kind) => kind,
            None if may_be_manifest(&source.text) => FileKind::Yaml,
            None if may_be_dockerfile(&source.text) => FileKind::Dockerfile,
            None => return Err(Some("neither a Dockerfile nor a manifest")),
        };
        match kind {
            FileKind::Dockerfile if is_dockerfile_template(&source.text) => Err(Some("template")),
            FileKind::Dockerfile => {
                let mut document = DockerDocument::parse(Arc::clone(&source.text));
                document.ignored = self.surroundings.docker_ignore(&file.path);
                Ok(Document::Dockerfile(document))
            }
            FileKind::Yaml | FileKind::Json if !may_be_manifest(&source.text) => {
                Err(file.named.then_some("no apiVersion and kind in it"))
            }
            FileKind::Yaml | FileKind::Json => {
                let fragment = self.surroundings.fragment(&file.path);
                let json = kind == FileKind::Json;
                let mut document = ManifestDocument::parse(source, json, fragment);
                document.transforms = self.surroundings.transforms(&file.path);
                document.built_images = Arc::clone(&self.surroundings.built_images);
                Ok(Document::Manifest(document))
            }
        }
    }

    fn check_document(&self, index: usize, source: &Source, document: &Document, outcome: &mut Outcome) {
        let folder = &self.sets[index];
        let file = FileId(index as u32);
        let manifest = match document {
            Document::Manifest(manifest) => Some(manifest),
            Document::Dockerfile(_) => None,
        };
        let objects = manifest.map(ManifestDocument::objects).unwrap_or_default();
        let mut checks = Checks {
            set: &folder.set,
            environment: &folder.environment,
            file,
            manifest,
            objects: &objects,
            findings: Vec::new(),
            undecided: Vec::new(),
        };
        outcome.read = true;
        match document {
            Document::Dockerfile(dockerfile) => {
                outcome.documents = 1;
                checks.dockerfile(dockerfile);
                outcome.facts = Some(facts::of_dockerfile(dockerfile));
            }
            Document::Manifest(manifest) => {
                outcome.documents = manifest.yaml.documents().count() as u32;
                outcome.objects = objects.len() as u32;
                checks.manifest(manifest, &objects);
                outcome.facts = Some(facts::of_manifest(manifest, &objects));
                self.count_skipped(index, manifest, outcome);
            }
        }
        outcome.suppressions = Suppressions::read(document, source, self.metas, folder.environment.today);
        self.engine_findings(source, document, &outcome.suppressions, &mut checks);
        outcome.undecided = checks.undecided;
        let located = Located { source, document };
        let (diagnostics, suppressed) = self.judge(checks.findings, file, &located, &outcome.suppressions);
        outcome.diagnostics = diagnostics;
        outcome.suppressed = suppressed;
    }

    fn count_skipped(&self, index: usize, manifest: &ManifestDocument, outcome: &mut Outcome) {
        let reasons = manifest.skipped.iter().map(|(_, reason)| *reason);
        let unread = std::iter::repeat_n("template", manifest.unread_templates());
        let path = &self.files[index].shown;
        outcome
            .skipped
            .extend(reasons.chain(unread).map(|reason| Skipped { path: path.clone(), reason: reason.into() }));
    }

    fn engine_findings(&self, source: &Source, document: &Document, read: &Suppressions, checks: &mut Checks<'_>) {
        for error in document.errors() {
            if let (Some(finding), Some(help)) = (checks.engine("parse-error", error.span, error.message), error.help) {
                finding.help(help);
            }
        }
        if let Some(at) = source.invalid_utf8 {
            let span = Span { start: at, end: at + 1 };
            checks.engine("invalid-utf8", span, "the file is not UTF-8: this byte is no part of a character");
        }
        for invalid in &read.invalid {
            checks.engine("invalid-suppression", invalid.span, invalid.message.clone());
        }
    }

    /// What becomes of findings: those that are not shown or are suppressed go, the others are located.
    fn judge(
        &self,
        mut findings: Vec<Finding>,
        file: FileId,
        located: &Located<'_>,
        suppressions: &Suppressions,
    ) -> (Vec<Diagnostic>, u32) {
        let set = &self.sets[file.0 as usize].set;
        locate::clip(&mut findings, located.source);
        findings.retain(|finding| set.get(&finding.rule.name).is_some_and(|enabled| enabled.choice.shows(finding)));
        for finding in &mut findings {
            let given = set.get(&finding.rule.name).and_then(|enabled| enabled.choice.severity_for(finding).flatten());
            finding.severity = given.unwrap_or(finding.severity);
        }
        drop_replaced(&mut findings, located);
        let before = findings.len();
        findings.retain(|finding| !suppressions.silence(finding, file));
        let suppressed = (before - findings.len()) as u32;
        findings.sort_by(|a, b| {
            let by_place = a.primary.span.cmp(&b.primary.span).then_with(|| a.rule.name.cmp(&b.rule.name));
            by_place.then_with(|| a.message.cmp(&b.message))
        });
        findings
            .dedup_by(|a, b| a.primary.span == b.primary.span && a.rule.name == b.rule.name && a.message == b.message);
        self.cap(&mut findings, file);
        let elsewhere = Elsewhere::new(self.files);
        (locate::diagnostics(findings, located, &|label| elsewhere.place(label)), suppressed)
    }

    /// Keeps the first findings of a file that has too many, and says how many there were.
    fn cap(&self, findings: &mut Vec<Finding>, file: FileId) {
        if findings.len() <= MAX_FINDINGS {
            return;
        }
        let all = findings.len();
        let span = findings[MAX_FINDINGS].primary.span;
        findings.truncate(MAX_FINDINGS);
        let set = &self.sets[file.0 as usize].set;
        if let Some(rule) = set.get("too-many-findings") {
            let message = format!("the file has {all} findings; those from here on are not shown");
            findings.push(Finding::new(Arc::clone(&rule.meta), file, span, message));
        }
    }

    /// Locates findings of workspace rules in a file that was read before. `suppressions` are those of all files.
    pub(super) fn place_again(
        &self,
        file: FileId,
        findings: Vec<Finding>,
        suppressions: &[Suppressions],
    ) -> (Vec<Diagnostic>, u32) {
        let index = file.0 as usize;
        let Reading::Source(source) = self.files[index].read() else { return Default::default() };
        let Ok(document) = self.parse(index, &source) else { return Default::default() };
        let elsewhere = |finding: &Finding| {
            let mut others = finding.related.iter().map(|label| label.file).filter(|other| *other != file);
            others.any(|other| suppressions[other.0 as usize].silence(finding, other))
        };
        let before = findings.len() as u32;
        let findings: Vec<Finding> = findings.into_iter().filter(|finding| !elsewhere(finding)).collect();
        let there = before - findings.len() as u32;
        let located = Located { source: &source, document: &document };
        let (diagnostics, here) = self.judge(findings, file, &located, &suppressions[index]);
        (diagnostics, here + there)
    }

    /// A finding made before the run, about a file that is not linted itself.
    pub(super) fn early(&self, source: &Source, finding: Finding) -> Diagnostic {
        let document = Document::Manifest(ManifestDocument::parse(source, false, Some("policy")));
        let located = Located { source, document: &document };
        let mut findings = vec![finding];
        locate::clip(&mut findings, source);
        locate::diagnostics(findings, &located, &|_| None).remove(0)
    }

    fn internal_error(&self, index: usize, panic: &(dyn std::any::Any + Send)) -> Outcome {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        let what = text.unwrap_or("unknown cause").lines().next().unwrap_or_default();
        let file = &self.files[index];
        let mut outcome = Outcome { unknown: true, ..Outcome::default() };
        outcome.errors.push(format!("{}: internal error: {what}; please report it", file.shown));
        let set = &self.sets[index].set;
        if let (Reading::Source(source), Some(rule)) = (file.read(), set.get("internal-error")) {
            let message = format!("this file could not be checked: internal error: {what}");
            let finding = Finding::new(Arc::clone(&rule.meta), FileId(index as u32), Span::empty(0), message);
            let document = Document::Dockerfile(DockerDocument::parse(Arc::from("")));
            let located = Located { source: &source, document: &document };
            outcome.diagnostics = locate::diagnostics(vec![finding], &located, &|_| None);
        }
        outcome
    }
}

/// Drops findings whose cause another finding reports at the same object, instruction or container.
fn drop_replaced(findings: &mut Vec<Finding>, located: &Located<'_>) {
    let whole =
        |finding: &Finding| finding.about.unwrap_or_else(|| located.document.whole_at(finding.primary.span.start));
    let stronger: Vec<(Span, Arc<Meta>)> = (findings.iter())
        .filter(|finding| !finding.rule.replaces.is_empty())
        .map(|finding| (whole(finding), Arc::clone(&finding.rule)))
        .collect();
    if stronger.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let own = whole(finding);
        let replaced = |(span, rule): &(Span, Arc<Meta>)| {
            rule.replaces.contains(&finding.rule.name) && (span.contains(own) || own.contains(*span))
        };
        !stronger.iter().any(replaced)
    });
}

/// Whether text is a template that makes Dockerfiles: it has no `FROM` of its own, but template expressions.
fn is_dockerfile_template(text: &str) -> bool {
    let marked = text.contains("{{") || text.contains("{%");
    marked
        && text.lines().any(|line| {
            let line = line.trim_start();
            line.starts_with("{{") || line.starts_with("{%") || (line.starts_with("FROM") && line.contains("{{"))
        })
}
