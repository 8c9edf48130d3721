//! Workflow commands: lines that GitHub's runner turns into annotations.
//!
//! GitHub shows at most ten errors, ten warnings and ten notices of a step and drops the rest without a word, so the
//! worst come first and the rest stand in the log as plain lines. A file or an image can be named so that its name
//! reads as a command of its own; values are escaped as `actions/toolkit` does it (`packages/core/src/command.ts`).

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use super::{Style, concise, count, visible};
use crate::finding::{Diagnostic, Report, Severity};

/// Annotations of one level that GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes the commands. `workspace` is the directory that GitHub takes paths to be relative to.
pub(super) fn write(report: &Report, workspace: Option<&Path>, out: &mut dyn Write) -> io::Result<()> {
    let mut worst_first: Vec<_> = report.diagnostics.iter().collect();
    worst_first.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
    let mut shown = [0; 3];
    let mut rest = Vec::new();
    for diagnostic in worst_first {
        let level = Level::of(diagnostic.severity);
        if shown[level as usize] == SHOWN {
            rest.push(diagnostic);
            continue;
        }
        shown[level as usize] += 1;
        writeln!(out, "{}", command(diagnostic, level, &report.root, workspace))?;
    }
    if !rest.is_empty() {
        let more = count(rest.len(), "more finding");
        writeln!(out, "{more}, beyond the {SHOWN} annotations of a level that GitHub shows for a step:")?;
        for diagnostic in rest {
            // The runner also obeys `##[command]` anywhere in a line.
            let line = concise::line(diagnostic, &Style::default()).replace("##[", "## [");
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    fn of(severity: Severity) -> Self {
        match severity {
            Severity::Critical | Severity::High => Self::Error,
            Severity::Medium | Severity::Low => Self::Warning,
            Severity::Info => Self::Notice,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }
}

fn command(diagnostic: &Diagnostic, level: Level, root: &Path, workspace: Option<&Path>) -> String {
    let place = &diagnostic.primary;
    let (start, end) = (place.start, place.end);
    let path = relative(&place.path, root, workspace);
    let mut command =
        format!("::{} file={},line={},endLine={}", level.as_str(), escape_property(&path), start.line, end.line);
    // GitHub refuses columns where the lines differ.
    if start.line == end.line {
        command += &format!(",col={},endColumn={}", start.column, end.column);
    }
    // The path stands in the message too: the raw log shows only that.
    let message = format!("{path}:{}:{}: {}", start.line, start.column, diagnostic.message);
    let title = escape_property(&diagnostic.rule.name);
    format!("{command},title={title}::{}", escape_data(&message))
}

/// The path as GitHub wants it: relative to the workspace, where it lies inside.
fn relative<'a>(path: &'a str, root: &Path, workspace: Option<&Path>) -> Cow<'a, str> {
    let Some(workspace) = workspace else { return Cow::Borrowed(path) };
    // An absolute path replaces the root when joined.
    let inside = root.join(path);
    match inside.strip_prefix(workspace) {
        Ok(inside) => Cow::Owned(inside.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")),
        Err(_) => Cow::Borrowed(path),
    }
}

fn escape_data(text: &str) -> String {
    let escaped = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // What is left of control characters would reach the raw log.
    visible::line(&escaped, true).into_owned()
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_end_a_command_or_begin_another() {
        let table = [
            ("plain", "plain", "plain"),
            ("100%", "100%25", "100%25"),
            ("%0A", "%250A", "%250A"),
            ("a\r\n::error::b", "a%0D%0A::error::b", "a%0D%0A%3A%3Aerror%3A%3Ab"),
            ("a,b:c", "a,b:c", "a%2Cb%3Ac"),
            ("\u{1b}[0m", "␛[0m", "␛[0m"),
        ];
        for (text, data, property) in table {
            assert_eq!(escape_data(text), data);
            assert_eq!(escape_property(text), property);
        }
    }

    #[test]
    fn paths_are_relative_to_the_workspace() {
        let root = Path::new("/w/repo/sub");
        let cases = [
            (None, "a.yaml", "a.yaml"),
            (Some("/w/repo"), "a.yaml", "sub/a.yaml"),
            (Some("/w/repo/sub"), "a.yaml", "a.yaml"),
            (Some("/w/repo"), "/w/repo/x/b.yaml", "x/b.yaml"),
            (Some("/w/repo"), "/elsewhere/b.yaml", "/elsewhere/b.yaml"),
            (Some("/other"), "a.yaml", "a.yaml"),
        ];
        for (workspace, path, expected) in cases {
            assert_eq!(relative(path, root, workspace.map(Path::new)), expected);
        }
    }
}
