//! One line per finding, for logs, `grep` and editors: `path:line:col: severity[rule] message`.

use std::io::{self, Write};

use super::{Style, summary, text, visible};
use crate::finding::{Diagnostic, Report};

/// Writes the findings, one a line, and the summary.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in &report.diagnostics {
        writeln!(out, "{}", line(diagnostic, style))?;
    }
    if !style.quiet {
        let summary = summary(report).join(" ");
        writeln!(out, "{}", visible::line(&summary, style.unicode))?;
    }
    Ok(())
}

/// The line of one finding.
pub(super) fn line(diagnostic: &Diagnostic, style: &Style) -> String {
    let place = &diagnostic.primary;
    let path = visible::line(&place.path, style.unicode);
    // A line that begins with `::` is a command to GitHub's runner, whichever format was asked for.
    let path = if path.trim_start().starts_with(':') { format!("./{path}") } else { path.into_owned() };
    format!(
        "{path}:{}:{}: {} {}",
        place.start.line,
        place.start.column,
        text::title(diagnostic, style),
        visible::line(&diagnostic.message, style.unicode)
    )
}
