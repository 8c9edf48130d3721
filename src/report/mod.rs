//! Reports: what a run found, written for its reader.
//!
//! One file per format, each a function from [`Report`] to bytes that owns the shape it writes; `finding.rs` knows
//! nothing of JSON or SARIF. People read `text` and `concise`, programs `json` and `sarif`, GitHub the log commands
//! of `github` and the page of `markdown`.
//!
//! Nearly every string in a report was written by whoever wrote the repository, and each format has its own way of
//! being led astray: escape sequences on a terminal ([`visible`]), workflow commands in a log, HTML and links in a
//! summary, links in SARIF messages. Each writer neutralises what its reader would obey, and its tests say so.
//!
//! A report is the same bytes for the same findings: no time, no host, no order of a hash map.

mod concise;
mod github;
pub mod json;
mod markdown;
mod sarif;
mod text;
mod visible;

use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use crate::finding::{Meta, Report, Severity, Summary};

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For a person at a terminal: each finding with its source.
    Text,
    /// One line per finding.
    Concise,
    /// For programs; its schema is [`json::schema`].
    Json,
    /// SARIF 2.1.0, as GitHub code scanning takes it.
    Sarif,
    /// Workflow commands, which GitHub Actions shows as annotations.
    Github,
    /// A page for GitHub's step summary.
    Markdown,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 6] = [Self::Text, Self::Concise, Self::Json, Self::Sarif, Self::Github, Self::Markdown];

    /// The word used on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|format| format.as_str() == word);
        known.ok_or_else(|| {
            let all = Self::ALL.map(Self::as_str);
            let (last, others) = all.split_last().unwrap_or((&"", &[]));
            format!("unknown format `{}`; use {} or {last}", visible::line(word, false), others.join(", "))
        })
    }
}

/// How a report is to look. The command line decides; reports ask no terminal and no environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether `text` and `concise` use colours.
    pub color: bool,
    /// Whether rule names link to their pages (OSC 8).
    pub hyperlinks: bool,
    /// Whether `text` draws with more than ASCII.
    pub unicode: bool,
    /// Width to wrap messages at; 0 does not wrap.
    pub width: usize,
    /// Findings only: no summary, and nothing at all when there are none.
    pub quiet: bool,
    /// The directory that GitHub takes paths to be relative to (GITHUB_WORKSPACE), for `github`.
    pub workspace: Option<PathBuf>,
}

impl Default for Style {
    fn default() -> Self {
        Self { color: false, hyperlinks: false, unicode: true, width: 100, quiet: false, workspace: None }
    }
}

/// Writes `report` in `format`. The writers make many small pieces, which are gathered here.
pub fn write(format: Format, report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let mut gathered = io::BufWriter::with_capacity(1 << 16, out);
    let out = &mut gathered;
    match format {
        Format::Text => text::write(report, style, out),
        Format::Concise => concise::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, style.workspace.as_deref(), out),
        Format::Markdown => markdown::write(report, out),
    }?;
    gathered.flush()
}

/// A message for standard error, on one line: it may name files of the repository, and GitHub's runner obeys there too.
pub fn message(text: &str) -> std::borrow::Cow<'_, str> {
    visible::line(text, true)
}

/// `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// The findings by severity, worst first: `1 high, 2 medium`.
fn by_severity(summary: &Summary) -> String {
    let some = Severity::ALL.into_iter().filter_map(|severity| {
        let number = summary.findings.get(&severity).copied().unwrap_or_default();
        (number > 0).then(|| format!("{number} {severity}"))
    });
    some.collect::<Vec<_>>().join(", ")
}

/// How many files and documents were skipped for each reason.
fn skipped_by_reason(summary: &Summary) -> BTreeMap<&str, usize> {
    let mut reasons = BTreeMap::new();
    for skipped in &summary.skipped {
        *reasons.entry(&*skipped.reason).or_default() += 1;
    }
    reasons
}

/// What the run did, as sentences for a person.
fn summary(report: &Report) -> Vec<String> {
    /// Rules named for one reason, before "and N more".
    const NAMED: usize = 5;
    let summary = &report.summary;
    let scope = format!(
        "{} ({} and {} checked)",
        count(summary.files as usize, "file"),
        count(summary.documents as usize, "document"),
        count(summary.objects as usize, "object")
    );
    let suppressed = match summary.suppressed {
        0 => String::new(),
        number => format!("; {number} suppressed"),
    };
    let mut lines = vec![match report.diagnostics.len() {
        0 => format!("No findings in {scope}{suppressed}."),
        number => format!("{}: {} in {scope}{suppressed}.", count(number, "finding"), by_severity(summary)),
    }];
    if !summary.skipped.is_empty() {
        let reasons = skipped_by_reason(summary).into_iter().map(|(reason, number)| format!("{reason} ({number})"));
        lines.push(format!("Skipped: {}.", reasons.collect::<Vec<_>>().join(", ")));
    }
    let mut undecided: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for item in &summary.undecided {
        undecided.entry(&item.reason).or_default().push(format!("{} ({})", item.rule, item.count));
    }
    for (reason, mut rules) in undecided {
        let more = rules.len().saturating_sub(NAMED);
        rules.truncate(NAMED);
        let more = if more > 0 { format!(" and {}", count(more, "more rule")) } else { String::new() };
        lines.push(format!("Undecided, {reason}: {}{more}.", rules.join(", ")));
    }
    lines.extend(report.errors.iter().map(|error| format!("Error: {error}")));
    lines
}

/// The address of a rule's page, fit to stand in a link: names of policy rules are not ours.
fn page(rule: &Meta) -> String {
    let url = rule.url();
    match url.split_once("://") {
        Some((scheme, rest)) => format!("{scheme}://{}", sarif::percent_encode(rest)),
        None => sarif::percent_encode(&url),
    }
}

#[cfg(test)]
mod tests;
