//! What must hold of every input, whatever it is.

use std::path::Path;

use shipworthy::analyze::{Input, InputFile, analyze};
use shipworthy::config::{CommandLine, Configs};
use shipworthy::discover::FileKind;
use shipworthy::finding::{Place, Report};
use shipworthy::report::{self, Format, Style};
use shipworthy::source::{Source, Span};

/// A span is a part of the text, on the borders of characters.
pub fn check_span(text: &str, span: Span) {
    assert!(span.start <= span.end, "{span:?} runs backwards");
    assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text");
}

/// A span that is shown never crosses a line.
pub fn check_line(text: &str, span: Span) {
    check_span(text, span);
    assert!(!text[span.range()].contains(['\n', '\r']), "{span:?} crosses a line");
}

/// Checks one file with every rule, writes every format.
pub fn check(kind: FileKind, bytes: &[u8]) {
    let report = run(kind, bytes);
    assert_eq!(report.errors, Vec::<String>::new());
    let text = Source::from_bytes("", bytes.to_vec()).text;
    for one in &report.diagnostics {
        check_line(&text, one.primary.span);
        let edits = one.fix.iter().flat_map(|fix| &fix.edits).map(|edit| &edit.place);
        one.related.iter().chain(edits).for_each(|place: &Place| check_span(&text, place.span));
    }
    for format in Format::ALL {
        let mut out = Vec::new();
        report::write(format, &report, &Style::default(), &mut out).expect("memory takes all");
        assert!(std::str::from_utf8(&out).is_ok(), "{format} writes what is not UTF-8");
    }
}

fn run(kind: FileKind, bytes: &[u8]) -> Report {
    let root = Path::new("/repository").to_owned();
    let name = match kind {
        FileKind::Dockerfile => "Dockerfile",
        FileKind::Yaml => "deploy.yaml",
        FileKind::Json => "deploy.json",
    };
    let file = InputFile {
        path: root.join(name),
        shown: name.to_owned(),
        kind: Some(kind),
        named: true,
        reported: true,
        bytes: Some(bytes.to_vec()),
    };
    let command_line = CommandLine { select: vec!["all".to_owned()], isolated: true, ..CommandLine::default() };
    let mut configs = Configs::new(root.clone(), command_line);
    let input = Input {
        files: vec![file],
        root,
        complete: true,
        skipped: Vec::new(),
        today: jiff::civil::date(2026, 11, 22),
        early: Vec::new(),
        progress: None,
    };
    let rules: Vec<_> = shipworthy::rules::all().cloned().collect();
    analyze(input, &rules, &mut configs).expect("the configuration is ours")
}
