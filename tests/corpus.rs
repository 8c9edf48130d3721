//! What holds of any file: no crash, places that are true, the same bytes from run to run, outputs as their schemas say.
//!
//! The files of `testdata` are always checked. A folder of real files that SHIPWORTHY_CORPUS names is checked too:
//! `SHIPWORTHY_CORPUS=~/manifests cargo test --test main corpus -- --nocapture`.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::project;

const FORMATS: [&str; 6] = ["text", "concise", "json", "sarif", "github", "markdown"];

/// Checks `folder` with every rule; gives the output in each format.
fn check(folder: &Path, words: &[&str]) -> BTreeMap<&'static str, String> {
    let out = TempDir::new().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_shipworthy"));
    command.current_dir(folder).env_clear().timeout(Duration::from_secs(1800));
    command.args(["check", ".", "--isolated", "--select", "all", "--today", "2026-11-22", "--no-progress"]).args(words);
    for format in FORMATS {
        command.arg("--output-format").arg(format!("{format}={}", out.path().join(format).display()));
    }
    let done = command.output().unwrap();
    let complaints = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!((complaints.as_str(), done.status.code()), ("", Some(1)), "the run is not complete");
    FORMATS.map(|format| (format, std::fs::read_to_string(out.path().join(format)).unwrap())).into()
}

/// Text with a byte in place of each that is not UTF-8, as places count them.
fn text_of(bytes: &[u8]) -> String {
    let chunk = |chunk: std::str::Utf8Chunk<'_>| chunk.valid().to_owned() + &"?".repeat(chunk.invalid().len());
    bytes.utf8_chunks().map(chunk).collect()
}

/// Line and column of an offset, counted the slow way.
fn place(text: &str, offset: usize) -> (u64, u64) {
    let before = text.get(..offset).unwrap_or_else(|| panic!("{offset} is no place in the text"));
    let mut line = 1;
    let mut start = if before.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    for (at, c) in before.char_indices() {
        if c == '\n' || (c == '\r' && !text[at + 1..].starts_with('\n')) {
            (line, start) = (line + 1, at + 1);
        }
    }
    (line, before.get(start..).unwrap_or_default().chars().count() as u64 + 1)
}

/// The files that findings point into, each read once.
struct Texts {
    folder: PathBuf,
    read: HashMap<String, String>,
}

impl Texts {
    /// Paths are relative to the repository that holds the folder, if there is one.
    fn of(&mut self, path: &str) -> &str {
        let folder = &self.folder;
        self.read.entry(path.to_owned()).or_insert_with(|| {
            let found = folder.ancestors().map(|above| above.join(path)).find(|path| path.is_file());
            text_of(&std::fs::read(found.unwrap_or_else(|| panic!("{path} is not there"))).unwrap())
        })
    }

    /// Checks `start` and `end` of a place; gives the text between.
    fn check(&mut self, path: &str, value: &Value) -> &str {
        let text = self.of(path);
        let offset = |end: &str| value[end]["offset"].as_u64().unwrap() as usize;
        for end in ["start", "end"] {
            let said = (value[end]["line"].as_u64().unwrap(), value[end]["column"].as_u64().unwrap());
            assert_eq!(place(text, offset(end)), said, "{path}: {value:#}");
        }
        assert!(offset("start") <= offset("end"), "{path}: {value:#}");
        &text[offset("start")..offset("end")]
    }
}

/// Checks the place of every finding, label and edit.
fn check_places(folder: &Path, report: &Value) {
    let mut texts = Texts { folder: folder.to_owned(), read: HashMap::new() };
    for finding in report["findings"].as_array().unwrap() {
        let slice = texts.check(finding["path"].as_str().unwrap(), finding);
        assert!(!slice.contains(['\n', '\r']), "a finding crosses a line: {finding:#}");
        let edits = finding["fix"]["edits"].as_array().into_iter().flatten();
        for place in finding["related"].as_array().unwrap().iter().chain(edits) {
            texts.check(place["path"].as_str().unwrap(), place);
        }
    }
}

fn validate(schema: &Value, text: &str) -> Value {
    let value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(schema).unwrap();
    let error = validator.iter_errors(&value).next().map(|error| format!("{}: {error}", error.instance_path()));
    assert_eq!(error, None);
    value
}

fn check_sarif(text: &str, findings: usize) {
    let schema = std::fs::read_to_string(project().join("testdata/schemas/sarif-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&schema).unwrap();
    // Two patterns end in a bracket that nothing opens, which is no regular expression here.
    for definition in ["run", "toolComponent"] {
        schema["definitions"][definition]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let value = validate(&schema, text);
    assert_eq!(value["runs"][0]["results"].as_array().unwrap().len(), findings);
}

fn count<'v>(values: &'v Value, key: &str) -> BTreeMap<&'v str, usize> {
    let mut counts = BTreeMap::new();
    for value in values.as_array().unwrap() {
        *counts.entry(value[key].as_str().unwrap()).or_default() += 1;
    }
    counts
}

/// What is to be seen of a run over other people's files.
#[allow(clippy::print_stdout, reason = "a test speaks on standard output")]
fn print(folder: &Path, report: &Value) {
    let summary = &report["summary"];
    println!("{}:", folder.display());
    println!("  {} files, {} documents, {} objects", summary["files"], summary["documents"], summary["objects"]);
    println!("  findings by severity: {}", summary["findings"]);
    println!("  findings by rule: {:#?}", count(&report["findings"], "rule"));
    println!("  skipped by reason: {:#?}", count(&summary["skipped"], "reason"));
    println!("  undecided: {}", summary["undecided"]);
}

fn check_folder(folder: &Path) -> Value {
    let first = check(folder, &[]);
    for (words, name) in [(vec![], "again"), (vec!["--threads", "1"], "with one thread")] {
        for (format, text) in check(folder, &words) {
            assert!(first[format] == text, "{format} is different {name}");
        }
    }
    let report = validate(&shipworthy::report::json::schema(), &first["json"]);
    let crash = |finding: &&Value| finding["rule"] == "internal-error";
    assert_eq!(report["findings"].as_array().unwrap().iter().find(crash), None);
    check_places(folder, &report);
    check_sarif(&first["sarif"], report["findings"].as_array().unwrap().len());
    report
}

#[test]
fn the_files_of_this_project_have_true_places_in_valid_outputs() {
    let report = check_folder(&project().join("testdata"));
    let skipped = count(&report["summary"]["skipped"], "reason");
    for reason in ["UTF-16", "binary", "patch", "template"] {
        assert!(skipped.contains_key(reason), "nothing is skipped as {reason}: {skipped:?}");
    }
}

#[test]
#[allow(clippy::print_stdout, reason = "a test that does nothing says so")]
fn other_peoples_files_have_true_places_in_valid_outputs() {
    let Some(corpus) = std::env::var_os("SHIPWORTHY_CORPUS") else {
        println!("SHIPWORTHY_CORPUS names no folder: nothing was checked");
        return;
    };
    for folder in std::env::split_paths(&corpus) {
        let report = check_folder(&folder.canonicalize().unwrap());
        print(&folder, &report);
    }
}
