//! The format for a person at a terminal: each finding with the lines it is about, drawn by miette.
//!
//! miette asks a [`SourceCode`] for the text around each label and walks it from its first byte, so that a long file
//! costs a long walk per finding. It is given only the windows that the report kept: [`Windows`] lays the windows of
//! one finding behind one another and answers with the file, line and column that each came from. Labels near each
//! other share a window; a far one, or one in another file, gets a window of its own below.

use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents, ThemeCharacters, ThemeStyles,
};

use super::{Style, page, summary, visible};
use crate::finding::{Diagnostic, Place, Report, Safety, Severity};
use crate::source::{LineIndex, Position};

/// Writes each finding with its source, then the summary.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let handler = handler(style);
    for diagnostic in &report.diagnostics {
        out.write_all(render(diagnostic, &handler, style).as_bytes())?;
        writeln!(out)?;
    }
    if !style.quiet {
        for line in summary(report) {
            writeln!(out, "{}", visible::line(&line, style.unicode))?;
        }
    }
    Ok(())
}

/// `severity[rule]`, coloured and linked as the style says; `concise` begins with it too.
pub(super) fn title(diagnostic: &Diagnostic, style: &Style) -> String {
    let rule = visible::line(&diagnostic.rule.name, style.unicode);
    let rule = match style.hyperlinks {
        true => format!("\u{1b}]8;;{}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\", page(&diagnostic.rule)),
        false => rule.into_owned(),
    };
    let title = format!("{}[{rule}]", diagnostic.severity);
    match style.color {
        true => format!("\u{1b}[{}m{title}\u{1b}[0m", color(diagnostic.severity)),
        false => title,
    }
}

/// The colour of a severity, as the parameter of an escape sequence.
fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "1;35",
        Severity::High => "1;31",
        Severity::Medium => "1;33",
        Severity::Low => "33",
        Severity::Info => "36",
    }
}

fn handler(style: &Style) -> GraphicalReportHandler {
    let characters = if style.unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() };
    let styles = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_context_lines(1)
        .without_syntax_highlighting()
        .with_wrap_lines(style.width > 0);
    // Below this width words break one by one, and miette's own arithmetic runs short.
    handler.with_width(if style.width > 0 { style.width.max(40) } else { usize::MAX })
}

fn render(diagnostic: &Diagnostic, handler: &GraphicalReportHandler, style: &Style) -> String {
    let mut text = title(diagnostic, style);
    text.push('\n');
    let drawn = Drawn::new(diagnostic, style.unicode);
    if handler.render_report(&mut text, &drawn).is_err() {
        // miette fails only where a label lies outside its source; the place must still be told.
        let Position { line, column } = diagnostic.primary.start;
        text += &format!("  {}\n  at {}:{line}:{column}\n", drawn.message, drawn.windows.name(&diagnostic.primary));
    }
    text
}

/// One finding as miette asks for it, with nothing hostile in it.
#[derive(Debug)]
struct Drawn {
    message: String,
    severity: miette::Severity,
    help: Option<String>,
    windows: Windows,
}

impl Drawn {
    fn new(diagnostic: &Diagnostic, unicode: bool) -> Self {
        let help = diagnostic.help.as_deref().map(|help| visible::line(help, unicode).into_owned());
        let fix = diagnostic.fix.as_ref().map(|fix| {
            let title = visible::line(&fix.title, unicode);
            match fix.safety {
                Safety::Safe => format!("{title} (fix available)"),
                Safety::Unsafe => format!("{title} (unsafe fix available)"),
                Safety::Display => title.into_owned(),
            }
        });
        let help = [help, fix].into_iter().flatten().collect::<Vec<_>>().join("\n");
        Self {
            message: visible::line(&diagnostic.message, unicode).into_owned(),
            severity: match diagnostic.severity {
                Severity::Critical | Severity::High => miette::Severity::Error,
                Severity::Medium | Severity::Low => miette::Severity::Warning,
                Severity::Info => miette::Severity::Advice,
            },
            help: Some(help).filter(|help| !help.is_empty()),
            windows: Windows::new(diagnostic, unicode),
        }
    }
}

impl fmt::Display for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawn {}

impl miette::Diagnostic for Drawn {
    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.windows)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.windows.marks.iter().map(|mark| {
            let text = Some(mark.text.clone()).filter(|text| !text.is_empty());
            let span = SourceSpan::new(mark.span.start.into(), mark.span.len());
            match mark.primary {
                true => LabeledSpan::new_primary_with_span(text, span),
                false => LabeledSpan::new_with_span(text, span),
            }
        })))
    }
}

/// The windows of one finding, laid behind one another in one text.
#[derive(Debug, Default)]
struct Windows {
    /// The clean lines of all windows; each line ends with `\n`.
    text: String,
    windows: Vec<Window>,
    marks: Vec<Mark>,
    unicode: bool,
}

/// Lines of one file that follow one another.
#[derive(Debug)]
struct Window {
    /// The clean path.
    name: String,
    /// Number (from 1) of the first line.
    first_line: u32,
    /// Where each line begins in the text of all windows, and where the last one ends.
    starts: Vec<usize>,
}

/// A label.
#[derive(Debug)]
struct Mark {
    /// Where it lies in the text of all windows.
    span: Range<usize>,
    /// Where it lies in its file: a long line's window does not know how far from the line's start it was cut.
    position: Position,
    text: String,
    primary: bool,
}

impl Windows {
    fn new(diagnostic: &Diagnostic, unicode: bool) -> Self {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for place in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
            let new = Group::new(place, std::ptr::eq(place, &diagnostic.primary));
            let merged = groups.iter_mut().any(|group| group.take(&new));
            if !merged {
                groups.push(new);
            }
        }
        let mut windows = Self { unicode, ..Self::default() };
        for group in groups {
            windows.push(&group);
        }
        windows
    }

    fn name(&self, place: &Place) -> String {
        visible::line(&place.path, self.unicode).into_owned()
    }

    fn push(&mut self, group: &Group<'_>) {
        let mut starts = vec![self.text.len()];
        for line in &group.lines {
            self.text += &visible::source(line, self.unicode);
            self.text.push('\n');
            starts.push(self.text.len());
        }
        for (place, primary) in &group.places {
            let (line, span) = locate(place);
            let index = (line - group.first_line) as usize;
            let (Some(start), Some(source)) = (starts.get(index), group.lines.get(index)) else { continue };
            let shown = |range: Range<usize>| visible::source(&source[range], self.unicode).len();
            let from = start + shown(0..span.start);
            self.marks.push(Mark {
                span: from..from + shown(span),
                position: place.start,
                text: visible::line(&place.text, self.unicode).into_owned(),
                primary: *primary,
            });
        }
        let name = group.places.first().map_or_else(String::new, |(place, _)| self.name(place));
        self.windows.push(Window { name, first_line: group.first_line, starts });
    }
}

/// Places whose snippets touch, and the lines of those.
struct Group<'a> {
    first_line: u32,
    lines: Vec<&'a str>,
    places: Vec<(&'a Place, bool)>,
}

impl<'a> Group<'a> {
    fn new(place: &'a Place, primary: bool) -> Self {
        let text = &*place.snippet.text;
        let index = LineIndex::new(text);
        let mut lines: Vec<_> = (1..=index.count()).map(|line| &text[index.span(text, line).range()]).collect();
        // The text of whole lines ends with a line end, after which no further line is shown.
        if lines.len() > 1 && lines.last() == Some(&"") && !at_last_line(place, &index) {
            lines.pop();
        }
        Self { first_line: first_line(place), lines, places: vec![(place, primary)] }
    }

    /// Takes in `other` where it continues or overlaps these lines of the same file; tells whether it did.
    fn take(&mut self, other: &Self) -> bool {
        let same_file = self.places[0].0.path == other.places[0].0.path;
        let touching = other.first_line <= self.end() && self.first_line <= other.end();
        // A window of a long line shows another part of it to each label.
        let agree = same_file && touching && self.common(other).all(|line| self.line(line) == other.line(line));
        if agree {
            let first = self.first_line.min(other.first_line);
            let end = self.end().max(other.end());
            self.lines = (first..end).filter_map(|line| self.line(line).or_else(|| other.line(line))).collect();
            self.first_line = first;
            self.places.extend(&other.places);
        }
        agree
    }

    /// The number just after the last line's.
    fn end(&self) -> u32 {
        self.first_line + self.lines.len() as u32
    }

    fn line(&self, number: u32) -> Option<&'a str> {
        let index = number.checked_sub(self.first_line)?;
        self.lines.get(index as usize).copied()
    }

    fn common(&self, other: &Self) -> Range<u32> {
        self.first_line.max(other.first_line)..self.end().min(other.end())
    }
}

/// The line that a place's snippet begins at; of a place without one (its file could not be read) its own.
fn first_line(place: &Place) -> u32 {
    let first = if place.snippet.text.is_empty() { place.start.line } else { place.snippet.first_line };
    first.max(1)
}

fn at_last_line(place: &Place, index: &LineIndex) -> bool {
    index.line(place.snippet.span.start) == index.count()
}

/// The line of a place's snippet, and the bytes within it; a place that crosses lines is cut to its first.
fn locate(place: &Place) -> (u32, Range<usize>) {
    let snippet = &place.snippet;
    let index = LineIndex::new(&snippet.text);
    let line = index.line(snippet.span.start.min(snippet.text.len() as u32));
    let bytes = index.span(&snippet.text, line);
    let source = &snippet.text[bytes.range()];
    let inside = |offset: u32| {
        let offset = offset.clamp(bytes.start, bytes.end) - bytes.start;
        source.floor_char_boundary(offset as usize)
    };
    let start = inside(snippet.span.start);
    (first_line(place) + line - 1, start..inside(snippet.span.end).max(start))
}

impl SourceCode for Windows {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        let holds = |window: &&Window| window.starts.first() <= Some(&start) && Some(&end) < window.starts.last();
        // A span over two windows is refused: miette then draws them apart.
        let window = self.windows.iter().find(holds).ok_or(MietteError::OutOfBounds)?;
        let line_of = |offset: usize| window.starts.partition_point(|start| *start <= offset) - 1;
        let (first, last) = (line_of(start), line_of(end));
        if before == 0 && after == 0 {
            return Ok(self.place_of(window, *span, first));
        }
        let from = first.saturating_sub(before);
        let to = (last + after).min(window.starts.len() - 2);
        let bytes = window.starts[from]..window.starts[to + 1];
        Ok(Box::new(MietteSpanContents::new_named(
            window.name.clone(),
            &self.text.as_bytes()[bytes.clone()],
            (bytes.start, bytes.len()).into(),
            window.first_line as usize - 1 + from,
            0,
            to - from + 1,
        )))
    }
}

impl Windows {
    /// Asked without context, miette wants to know only where the span lies in its file.
    fn place_of<'a>(&'a self, window: &Window, span: SourceSpan, line: usize) -> Box<dyn SpanContents<'a> + 'a> {
        let bytes = span.offset()..span.offset() + span.len();
        let mark = self.marks.iter().find(|mark| mark.span == bytes);
        let line = window.first_line as usize + line;
        let column = mark.map_or(1, |mark| mark.position.column as usize).max(1);
        let data = &self.text.as_bytes()[bytes];
        Box::new(MietteSpanContents::new_named(window.name.clone(), data, span, line - 1, column - 1, 1))
    }
}
