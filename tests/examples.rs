//! The examples on the rules' pages are tests.
//!
//! A block whose fence says `bad` gives exactly the findings that its marker lines show, `good` gives none, `fixed` is
//! what the fix of the `bad` block before it writes. A marker line stands under the line it marks: blanks, an optional
//! `#`, carets and the start of the message or of the words beside the carets; dashes mark a related label.
//!
//! Further fence words: `file=path` names the file, `with=path` adds the block to the one before it, `default` runs
//! the default tier instead of selecting the rule by name, `version=1.34`, `today=2026-11-22`, `option.name=json`,
//! `crlf`.

use shipworthy::finding::{Diagnostic, Meta, Place};
use shipworthy::rules;

use crate::support::Run;

/// One fenced block.
#[derive(Clone, Debug)]
struct Block {
    words: Vec<String>,
    lines: Vec<String>,
}

impl Block {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|own| own == word)
    }

    fn value(&self, key: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }

    fn path(&self) -> String {
        let named = self.value("file").or_else(|| self.value("with"));
        named.map_or_else(
            || match self.words[0].as_str() {
                "dockerfile" => "Dockerfile".to_owned(),
                language => format!("manifest.{language}"),
            },
            str::to_owned,
        )
    }
}

/// A place that a marker line shows, in bytes of the text without marker lines.
#[derive(Debug)]
struct Marker {
    path: String,
    line: usize,
    columns: std::ops::Range<usize>,
    related: bool,
    text: String,
}

/// A `bad`, `good` or `fixed` block with the blocks that join it.
#[derive(Clone, Debug)]
struct Example {
    blocks: Vec<Block>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut found: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(words)) => {
                let words = words.split_whitespace().map(str::to_owned).collect();
                open = Some(Block { words, lines: Vec::new() });
            }
            (Some(_), Some("")) => found.extend(open.take()),
            (Some(block), _) => block.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    found
}

fn examples(rule: &Meta) -> Vec<Example> {
    let mut found: Vec<Example> = Vec::new();
    for block in blocks(&rule.page()) {
        if block.value("with").is_some() {
            found.last_mut().expect("a `with=` block joins one before it").blocks.push(block);
        } else if ["bad", "good", "fixed"].iter().any(|word| block.has(word)) {
            found.push(Example { blocks: vec![block] });
        }
    }
    found
}

/// A line of carets or dashes: where it points and what it says.
fn marker(line: &str) -> Option<(std::ops::Range<usize>, bool, &str)> {
    let start = line.find(|c: char| !c.is_whitespace())?;
    let start = match line[start..].strip_prefix('#') {
        Some(rest) => start + 1 + rest.find(|c: char| !c.is_whitespace())?,
        None => start,
    };
    let sign = line[start..].chars().next().filter(|sign| matches!(sign, '^' | '-'))?;
    let length = line[start..].chars().take_while(|c| *c == sign).count();
    let text = line[start + length..].trim();
    // A YAML list item or `---` is no marker.
    let plausible = sign == '^' || (length >= 2 && !text.is_empty() && line[start + length..].starts_with(' '));
    plausible.then_some((start..start + length, sign == '-', text))
}

impl Example {
    fn kind(&self) -> &str {
        ["bad", "good", "fixed"].into_iter().find(|word| self.blocks[0].has(word)).unwrap()
    }

    /// The files of the example, and what is marked in them.
    fn files(&self) -> (Vec<(String, String)>, Vec<Marker>) {
        let (mut files, mut markers) = (Vec::new(), Vec::new());
        for block in &self.blocks {
            let end = if block.has("crlf") { "\r\n" } else { "\n" };
            let mut text = String::new();
            let mut number = 0;
            for line in &block.lines {
                match marker(line) {
                    Some((columns, related, said)) if self.kind() == "bad" => markers.push(Marker {
                        path: block.path(),
                        line: number,
                        columns,
                        related,
                        text: said.to_owned(),
                    }),
                    _ => {
                        number += 1;
                        text.push_str(line);
                        text.push_str(end);
                    }
                }
            }
            files.push((block.path(), text));
        }
        (files, markers)
    }

    fn run(&self, rule: &Meta) -> (Vec<Diagnostic>, String) {
        let mut run = Run::new(&[if self.blocks[0].has("default") { "default" } else { &rule.name }]);
        let mut options = String::new();
        for word in self.blocks.iter().flat_map(|block| &block.words) {
            match word.split_once('=') {
                Some(("version", version)) => run.command_line.kubernetes_version = Some(version.parse().unwrap()),
                Some(("today", day)) => run.today = day.parse().unwrap(),
                Some((key, value)) if key.starts_with("option.") => {
                    options += &format!("    {}: {value}\n", &key["option.".len()..]);
                }
                _ => {}
            }
        }
        if !options.is_empty() {
            run.write(".shipworthy.yaml", &format!("rules:\n  {}:\n{options}", rule.name));
        }
        let (files, _) = self.files();
        for (path, text) in &files {
            run.write(path, text);
        }
        let report = run.report(None);
        assert_eq!(report.errors, Vec::<String>::new(), "{}", rule.name);
        let shown = files.iter().map(|(path, text)| format!("--- {path}\n{text}")).collect();
        (report.diagnostics, shown)
    }
}

/// Only blanks and a `#` stand before carets, so their bytes are columns.
fn points_at(place: &Place, marker: &Marker) -> bool {
    *place.path == *marker.path
        && place.start.line as usize == marker.line
        && place.start.column as usize == marker.columns.start + 1
        && (place.end.column as usize == marker.columns.end + 1 || place.span.is_empty())
}

fn check(rule: &Meta, example: &Example) -> Result<(), String> {
    let (found, shown) = example.run(rule);
    let (_, markers) = example.files();
    let own: Vec<&Diagnostic> = found.iter().filter(|one| one.rule.name == rule.name).collect();
    let describe = |one: &&Diagnostic| {
        let place = &one.primary;
        format!(
            "{}:{}:{}-{} {} | {}",
            place.path, place.start.line, place.start.column, place.end.column, one.message, place.text
        )
    };
    let complaint = |what: &str| {
        let list: Vec<String> = own.iter().map(describe).collect();
        Err(format!("{}: {what}\n{shown}found:\n  {}\nmarked: {markers:#?}", rule.name, list.join("\n  ")))
    };
    if rule.name != "parse-error" && found.iter().any(|one| one.rule.name == "parse-error") {
        return Err(format!("{}: an example has a syntax error: {}\n{shown}", rule.name, found[0].message));
    }
    if example.kind() == "good" {
        return if own.is_empty() { Ok(()) } else { complaint("a good example has findings") };
    }
    let wanted: Vec<&Marker> = markers.iter().filter(|marker| !marker.related).collect();
    if wanted.is_empty() || wanted.len() != own.len() {
        return complaint(&format!("{} findings marked, {} found", wanted.len(), own.len()));
    }
    for marker in &markers {
        let says =
            |place: &Place, message: &str| message.starts_with(&marker.text) || place.text.starts_with(&marker.text);
        let met = own.iter().any(|one| match marker.related {
            false => points_at(&one.primary, marker) && says(&one.primary, &one.message),
            true => one.related.iter().any(|place| points_at(place, marker) && says(place, "")),
        });
        if !met {
            return complaint(&format!("nothing found where `{}` is marked", marker.text));
        }
    }
    Ok(())
}

/// Applies every fix of the rule's findings in `bad`, and compares.
fn fixed(rule: &Meta, bad: &Example, wanted: &Example) -> Result<(), String> {
    let (found, _) = bad.run(rule);
    let own = found.iter().filter(|one| one.rule.name == rule.name);
    let fixes: Vec<_> = own.filter_map(|one| one.fix.as_ref()).collect();
    for ((path, mut text), (_, wanted)) in bad.files().0.into_iter().zip(wanted.files().0) {
        let mut edits: Vec<_> =
            fixes.iter().flat_map(|fix| &fix.edits).filter(|edit| *edit.place.path == *path).collect();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.place.span));
        for edit in edits {
            text.replace_range(edit.place.span.range(), &edit.text);
        }
        if text != wanted {
            return Err(format!("{}: the fix writes\n{text}but the page shows\n{wanted}", rule.name));
        }
    }
    Ok(())
}

#[test]
fn every_example_on_every_page_shows_what_the_rule_reports() {
    let mut failures = Vec::new();
    // Without the library that finds shell problems, none are found.
    let is_built = |rule: &&shipworthy::rule::Rule| cfg!(feature = "shell-lint") || rule.meta.name != "shell-problem";
    for rule in rules::all().filter(is_built) {
        let mut last_bad = None;
        for example in examples(&rule.meta) {
            if example.kind() == "bad" {
                last_bad = Some(example.clone());
            }
            match example.kind() {
                "fixed" => failures.extend(fixed(&rule.meta, last_bad.as_ref().unwrap(), &example).err()),
                _ => failures.extend(check(&rule.meta, &example).err()),
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_rule_has_a_bad_and_two_good_examples() {
    let engine = |rule: &&shipworthy::rule::Rule| rule.meta.family == shipworthy::finding::Family::Engine;
    for rule in rules::all().filter(|rule| !engine(rule)) {
        let kinds: Vec<String> = examples(&rule.meta).iter().map(|example| example.kind().to_owned()).collect();
        let count = |kind: &str| kinds.iter().filter(|own| *own == kind).count();
        assert!(count("bad") >= 1 && count("good") >= 2, "{} has {kinds:?}", rule.meta.name);
    }
}
