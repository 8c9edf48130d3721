//! A page for GitHub's step summary: counts, then the findings of each file, folded.
//!
//! GitHub shows nothing at all of a summary over 1 MiB, so rows and the length of each cell are limited. Everything
//! that came from the repository is escaped into character references: no tag, table cell, link or mention gets out.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::{count, page, summary, visible};
use crate::finding::{Diagnostic, Report, Severity};

/// Findings shown, of all files together.
const ROWS: usize = 200;

/// Characters of a message or path shown.
const CELL: usize = 240;

/// Bytes of the same, escaped: 200 rows of a path, a rule, its address and a message stay below 1 MiB.
const BYTES: usize = 1000;

/// Writes the page.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## shipworthy\n")?;
    if !report.diagnostics.is_empty() {
        writeln!(out, "| Severity | Findings |\n| --- | ---: |")?;
        for severity in Severity::ALL {
            if let Some(number) = report.summary.findings.get(&severity).filter(|number| **number > 0) {
                writeln!(out, "| {severity} | {number} |")?;
            }
        }
        writeln!(out)?;
    }
    let files = report.diagnostics.chunk_by(|a, b| a.primary.path == b.primary.path);
    let mut rows = ROWS;
    for findings in files {
        if rows == 0 {
            break;
        }
        let shown = findings.len().min(rows);
        rows -= shown;
        write_file(findings, shown, out)?;
    }
    let more = report.diagnostics.len().saturating_sub(ROWS);
    if more > 0 {
        writeln!(out, "{}, shown in the log.\n", count(more, "more finding"))?;
    }
    write_summary(report, out)
}

fn write_file(findings: &[Diagnostic], shown: usize, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = findings.first() else { return Ok(()) };
    let path = escape(&first.primary.path);
    let number = count(findings.len(), "finding");
    writeln!(out, "<details><summary>{path}: {number}</summary>\n")?;
    writeln!(out, "| Line | Severity | Rule | Message |\n| ---: | --- | --- | --- |")?;
    for diagnostic in &findings[..shown] {
        let rule = format!("[{}]({})", escape(&diagnostic.rule.name), page(&diagnostic.rule));
        let line = diagnostic.primary.start.line;
        writeln!(out, "| {line} | {} | {rule} | {} |", diagnostic.severity, escape(&diagnostic.message))?;
    }
    writeln!(out, "\n</details>\n")
}

fn write_summary(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    /// Lines of the summary shown: each error of a run is one.
    const LINES: usize = 50;
    let lines = summary(report);
    for line in lines.iter().take(LINES) {
        writeln!(out, "{}\n", escape(line))?;
    }
    match lines.len().saturating_sub(LINES) {
        0 => Ok(()),
        more => writeln!(out, "{}.", count(more, "more line")),
    }
}

/// `text` on one line as nothing but text, cut to [`CELL`] characters and [`BYTES`] bytes.
fn escape(text: &str) -> String {
    let clean = visible::line(text, true);
    let mut escaped = String::with_capacity(clean.len() + 16);
    for (number, c) in clean.chars().enumerate() {
        if number == CELL || escaped.len() > BYTES {
            escaped.push('…');
            break;
        }
        match c {
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '\\' | '#' | '@' | ':' | '$' => {
                // Writing to a string cannot fail.
                _ = write!(escaped, "&#{};", c as u32);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_cell() {
        let table = [
            ("plain é", "plain é"),
            ("a|b", "a&#124;b"),
            ("`x`", "&#96;x&#96;"),
            ("<script>", "&#60;script&#62;"),
            ("&lt;", "&#38;lt;"),
            ("a\nb", "a␊b"),
            ("[x](http://y)", "&#91;x&#93;(http&#58;//y)"),
            ("@someone", "&#64;someone"),
        ];
        for (text, expected) in table {
            assert_eq!(escape(text), expected);
        }
        assert!(escape(&"x".repeat(10_000)).len() < 300);
        assert!(escape(&"\u{202e}".repeat(10_000)).len() < BYTES + 20);
    }
}
