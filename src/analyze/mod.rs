//! The engine: files and rules in, a report out.
//!
//! Two passes with bounded memory. Per file, in parallel: read, parse, run local rules, keep the [`Facts`], drop the
//! tree. Then workspace rules run over all facts. A panic in one file is one finding, and the rest of the run is
//! complete.

mod facts;
mod file;
mod locate;
mod surroundings;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{ConfigError, Configs};
use crate::discover::{Candidate, FileKind, Reading};
use crate::finding::{Diagnostic, FileId, Finding, Label, Meta, Place, Report, Skipped, Summary, Undecided};
use crate::rule::{Enabled, Environment, Needs, Rule, RuleSet, Sink};
use crate::source::{Source, Span};
use crate::suppress::Suppressions;
use crate::workspace::{Facts, KnownFile, Workspace};
use surroundings::Surroundings;

/// At most this many findings of one file are reported; one more says how many there were.
pub const MAX_FINDINGS: usize = 10_000;

/// A file of the run.
#[derive(Clone, Debug)]
pub struct InputFile {
    /// Where it is, absolute.
    pub path: PathBuf,
    /// How it is shown.
    pub shown: String,
    /// What its name says it is.
    pub kind: Option<FileKind>,
    /// Whether it was named, not found by walking.
    pub named: bool,
    /// Whether findings in it are reported; otherwise it is context.
    pub reported: bool,
    /// Its bytes, where they do not come from the file: standard input.
    pub bytes: Option<Vec<u8>>,
}

impl InputFile {
    /// A file that discovery found, shown relative to `root`.
    pub fn new(candidate: &Candidate, root: &Path, reported: bool) -> Self {
        let path = crate::discover::absolute(&candidate.path, root);
        let shown = shown(&path, root);
        Self { path, shown, kind: candidate.kind, named: candidate.named, reported, bytes: None }
    }

    fn read(&self) -> Reading {
        match &self.bytes {
            Some(bytes) => crate::discover::take(bytes.clone(), &self.shown),
            None => crate::discover::read(&self.path, &self.shown),
        }
    }
}

/// The path as reported: relative to `root` with `/`, absolute outside of it.
pub fn shown(path: &Path, root: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let text = relative.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// What to analyze.
pub struct Input {
    /// The files; sorted here.
    pub files: Vec<InputFile>,
    /// What paths are relative to, absolute.
    pub root: PathBuf,
    /// Whether the files are all there is: rules that report something missing then run.
    pub complete: bool,
    /// Files and folders that were seen and are not read, with the reason.
    pub skipped: Vec<(PathBuf, &'static str)>,
    /// The day of the run.
    pub today: jiff::civil::Date,
    /// Findings made before the run: policy files that could not be read.
    pub early: Vec<(PathBuf, Finding)>,
    /// Shown while a long run goes on.
    pub progress: Option<indicatif::ProgressBar>,
}

/// The run: everything that is shared by the files.
struct Run<'a> {
    files: &'a [InputFile],
    /// The rules of each file's folder, by file.
    sets: Vec<Arc<FolderRules>>,
    surroundings: Surroundings,
    /// All rules there are, to look names up.
    metas: &'a [Arc<Meta>],
}

/// What holds for the files of a folder.
struct FolderRules {
    set: RuleSet,
    environment: Environment,
}

/// What came of one file.
#[derive(Default)]
struct Outcome {
    read: bool,
    /// Nothing is known of the file, though it may hold objects: it was not read, or not to its end.
    unknown: bool,
    facts: Option<Facts>,
    suppressions: Suppressions,
    diagnostics: Vec<Diagnostic>,
    documents: u32,
    objects: u32,
    suppressed: u32,
    skipped: Vec<Skipped>,
    undecided: Vec<(Arc<Meta>, &'static str)>,
    errors: Vec<String>,
}

/// Analyzes the files by the rules that `configs` turns on.
///
/// # Errors
/// When a configuration file cannot be read or names something unknown; nothing was analyzed then.
pub fn analyze(mut input: Input, rules: &[Rule], configs: &mut Configs) -> Result<Report, ConfigError> {
    input.files.sort_by(|a, b| a.shown.cmp(&b.shown).then_with(|| b.reported.cmp(&a.reported)));
    input.files.dedup_by(|a, b| a.path == b.path && a.bytes.is_none() && b.bytes.is_none());
    let metas: Vec<Arc<Meta>> = rules.iter().map(|rule| Arc::new(rule.meta.clone())).collect();
    let run = Run {
        sets: folder_rules(&input, rules, &metas, configs)?,
        surroundings: Surroundings::look(input.files.iter().map(|file| file.path.as_path()), &input.root),
        files: &input.files,
        metas: &metas,
    };
    let progress = Progress::new(&input);
    let check = |index| {
        let outcome = run.file(index);
        progress.step();
        outcome
    };
    let mut outcomes: Vec<Outcome> = for_each((0..input.files.len()).collect(), check);
    progress.done();
    let complete = input.complete && !outcomes.iter().any(|outcome| outcome.unknown);
    let workspace = run.workspace(&mut outcomes);
    let suppressions = outcomes.iter_mut().map(|outcome| std::mem::take(&mut outcome.suppressions)).collect::<Vec<_>>();
    let mut report = run.merge(outcomes, &input);
    let images = workspace.images();
    report.diagnostics.retain(|one| !one.excuse.as_ref().is_some_and(|excuse| images.excuse(excuse)));
    run.workspace_rules(&workspace, &suppressions, complete, &mut report);
    finish(&mut report, &run, &input);
    Ok(report)
}

/// Does something with each item, on all cores; gives the results in order.
fn for_each<T: Send, R: Send>(mut items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    match (items.pop(), items.is_empty()) {
        (None, _) => Vec::new(),
        // To start threads takes longer than to check a file.
        (Some(only), true) => vec![work(only)],
        (Some(last), false) => {
            items.push(last);
            items.into_par_iter().map(work).collect()
        }
    }
}

/// A progress bar that appears once a run has taken a while.
struct Progress<'a> {
    bar: Option<&'a indicatif::ProgressBar>,
    started: std::time::Instant,
}

impl<'a> Progress<'a> {
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(1);

    fn new(input: &'a Input) -> Self {
        let bar = input.progress.as_ref();
        if let Some(bar) = bar {
            bar.set_length(input.files.len() as u64);
        }
        Self { bar, started: std::time::Instant::now() }
    }

    fn step(&self) {
        let Some(bar) = self.bar else { return };
        bar.inc(1);
        if bar.is_hidden() && self.started.elapsed() > Self::PATIENCE {
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    }

    fn done(&self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The rules of every file, made once for folders with the same configuration.
fn folder_rules(
    input: &Input,
    rules: &[Rule],
    metas: &[Arc<Meta>],
    configs: &mut Configs,
) -> Result<Vec<Arc<FolderRules>>, ConfigError> {
    let mut made: HashMap<Vec<PathBuf>, Arc<FolderRules>> = HashMap::new();
    let mut sets = Vec::with_capacity(input.files.len());
    let folders = input.files.iter().map(|file| file.path.parent().unwrap_or(&input.root));
    // Words on the command line are checked even where there is no file.
    for folder in folders.chain([input.root.as_path()]) {
        let key = configs.key(folder)?;
        if let Some(set) = made.get(&key) {
            sets.push(Arc::clone(set));
            continue;
        }
        let resolved = configs.resolve(folder, metas)?;
        let mut set = RuleSet::default();
        for (rule, meta) in rules.iter().zip(metas) {
            if let Some(choice) = resolved.selection.choose(meta) {
                let options = resolved.options.get(&*meta.name).cloned().unwrap_or_default();
                set.enable(Enabled { meta: Arc::clone(meta), choice, options }, &rule.checks);
            }
        }
        let environment = Environment { kubernetes_version: resolved.kubernetes_version, today: input.today };
        let folder = Arc::new(FolderRules { set, environment });
        made.insert(key, Arc::clone(&folder));
        sets.push(folder);
    }
    Ok(sets)
}

impl Run<'_> {
    /// The facts of all files; they leave the outcomes.
    fn workspace(&self, outcomes: &mut [Outcome]) -> Workspace {
        let known = outcomes.iter_mut().enumerate().filter_map(|(index, outcome)| {
            let file = &self.files[index];
            let facts = outcome.facts.take()?;
            Some(KnownFile { id: FileId(index as u32), path: file.shown.clone(), reported: file.reported, facts })
        });
        Workspace { files: known.collect() }
    }

    fn merge(&self, outcomes: Vec<Outcome>, input: &Input) -> Report {
        let mut report = Report {
            diagnostics: Vec::new(),
            summary: Summary::default(),
            rules: self.enabled_metas(),
            root: input.root.clone(),
            errors: Vec::new(),
        };
        let mut undecided: BTreeMap<(String, &'static str), u32> = BTreeMap::new();
        for (outcome, file) in outcomes.into_iter().zip(self.files) {
            report.errors.extend(outcome.errors);
            if !file.reported {
                continue;
            }
            report.diagnostics.extend(outcome.diagnostics);
            let summary = &mut report.summary;
            summary.files += u32::from(outcome.read);
            summary.documents += outcome.documents;
            summary.objects += outcome.objects;
            summary.suppressed += outcome.suppressed;
            summary.skipped.extend(outcome.skipped);
            for (rule, reason) in outcome.undecided {
                *undecided.entry((rule.name.to_string(), reason)).or_default() += 1;
            }
        }
        let unread = input.skipped.iter().map(|(path, reason)| {
            let path = crate::discover::absolute(path, &input.root);
            Skipped { path: shown(&path, &input.root), reason: (*reason).into() }
        });
        report.summary.skipped.extend(unread);
        let counted =
            undecided.into_iter().map(|((rule, reason), count)| Undecided { rule, reason: reason.into(), count });
        report.summary.undecided.extend(counted);
        report
    }

    /// The rules of each folder, once for all files that share them.
    fn folders(&self) -> Vec<&Arc<FolderRules>> {
        let mut seen = HashSet::new();
        self.sets.iter().filter(|folder| seen.insert(Arc::as_ptr(folder))).collect()
    }

    /// Every rule that is on somewhere, in the order of the catalogue.
    fn enabled_metas(&self) -> Vec<Arc<Meta>> {
        let folders = self.folders();
        let on = |meta: &&Arc<Meta>| folders.iter().any(|folder| folder.set.get(&meta.name).is_some());
        self.metas.iter().filter(on).cloned().collect()
    }

    /// Runs the workspace rules that are on anywhere; a finding counts if the rule is on where it stands.
    fn workspace_rules(
        &self,
        workspace: &Workspace,
        suppressions: &[Suppressions],
        complete: bool,
        report: &mut Report,
    ) {
        let mut done: Vec<&str> = Vec::new();
        // Placed together: a finding of one rule may replace that of another.
        let mut placed = Vec::new();
        for folder in self.folders() {
            let before = done.len();
            for (index, needs, check) in &folder.set.workspace {
                let rule = &folder.set.enabled[*index];
                // A rule that another folder ran is done with; one of this folder may have several checks.
                if done[..before].contains(&&*rule.meta.name) {
                    continue;
                }
                done.push(&rule.meta.name);
                let mut findings = Vec::new();
                let mut undecided = Vec::new();
                let mut sink = Sink {
                    rule,
                    environment: &folder.environment,
                    file: FileId(0),
                    manifest: None,
                    objects: &[],
                    findings: &mut findings,
                    undecided: &mut undecided,
                };
                let ran = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(workspace, &mut sink)));
                if ran.is_err() {
                    report.errors.push(format!("internal error in rule {}; please report it", rule.meta.name));
                }
                if *needs == Needs::Absence && !complete && !rule.choice.by_name {
                    self.count_undecided(rule, &findings, report);
                } else {
                    placed.extend(findings);
                }
            }
        }
        self.place_workspace_findings(placed, suppressions, report);
    }

    /// What an absence rule finds where not everything is known is no finding: what is missing may be elsewhere.
    fn count_undecided(&self, rule: &Enabled, findings: &[Finding], report: &mut Report) {
        let reported = |finding: &&Finding| self.files[finding.primary.file.0 as usize].reported;
        let count = findings.iter().filter(reported).filter(|finding| rule.choice.shows(finding)).count() as u32;
        if count > 0 {
            let reason = Cow::Borrowed("not all files of the repository are known");
            report.summary.undecided.push(Undecided { rule: rule.meta.name.to_string(), reason, count });
        }
    }

    /// Reads again the files in which workspace rules found something, and makes diagnostics.
    fn place_workspace_findings(&self, findings: Vec<Finding>, suppressions: &[Suppressions], report: &mut Report) {
        let mut by_file: BTreeMap<FileId, Vec<Finding>> = BTreeMap::new();
        for finding in findings {
            by_file.entry(finding.primary.file).or_default().push(finding);
        }
        let reported = by_file.into_iter().filter(|(file, _)| self.files[file.0 as usize].reported);
        let reported: Vec<_> = reported.collect();
        let placed = for_each(reported, |(file, findings)| self.place_again(file, findings, suppressions));
        for (diagnostics, suppressed) in placed {
            report.diagnostics.extend(diagnostics);
            report.summary.suppressed += suppressed;
        }
    }
}

/// Places of labels in other files than the one being located; each of those files is read once.
struct Elsewhere<'a> {
    files: &'a [InputFile],
    read: RefCell<HashMap<FileId, Option<Source>>>,
}

impl<'a> Elsewhere<'a> {
    fn new(files: &'a [InputFile]) -> Self {
        Self { files, read: RefCell::default() }
    }

    /// The place of a label; none where the file is gone or has changed meanwhile.
    fn place(&self, label: &Label) -> Option<Place> {
        let mut read = self.read.borrow_mut();
        let source = read.entry(label.file).or_insert_with(|| match self.files.get(label.file.0 as usize)?.read() {
            Reading::Source(source) => Some(source),
            _ => None,
        });
        let source = source.as_ref().filter(|source| label.span.end as usize <= source.text.len())?;
        let span = label.span.first_line(&source.text);
        Some(locate::place(source, &Arc::from(source.path.as_str()), span, &label.text))
    }
}

/// Sorts, drops exact duplicates, counts.
fn finish(report: &mut Report, run: &Run<'_>, input: &Input) {
    for (path, finding) in &input.early {
        let shown = shown(path, &input.root);
        if let Reading::Source(source) = crate::discover::read(path, &shown) {
            report.diagnostics.push(run.early(&source, finding.clone()));
        }
    }
    fn key(one: &Diagnostic) -> (&str, Span, &str, &str) {
        (&one.primary.path, one.primary.span, &one.rule.name, &one.message)
    }
    report.diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    report.diagnostics.dedup_by(|a, b| {
        let same_place = a.primary.path == b.primary.path && a.primary.span == b.primary.span;
        same_place && a.rule.name == b.rule.name && a.message == b.message
    });
    for diagnostic in &report.diagnostics {
        *report.summary.findings.entry(diagnostic.severity).or_default() += 1;
    }
    report.summary.skipped.sort();
    report.summary.undecided.sort();
    report.errors.sort();
}
