//! Broken and hostile input, end to end: a fault is reported where it stands, and what follows it is still checked.

use std::path::{Path, PathBuf};

use shipworthy::finding::{Diagnostic, Report};

use serde_json::Value;

use crate::support::Run;
use crate::support::program::{Folder, TWO};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/hostile").join(name)
}

/// The files of a folder, each with its name and bytes.
fn files(name: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder(name)).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<_> = entries.map(|path| (name(&path), std::fs::read(&path).unwrap())).collect();
    files.sort();
    files
}

/// Checks one file that is alone in its folder.
fn check(name: &str, bytes: &[u8], select: &[&str]) -> Report {
    let run = Run::new(select);
    let file = run.write(name, "");
    std::fs::write(&file, bytes).unwrap();
    run.report(Some(&file))
}

fn of_rule<'r>(report: &'r Report, rule: &str) -> Vec<&'r Diagnostic> {
    report.diagnostics.iter().filter(|one| one.rule.name == rule).collect()
}

/// The line that the comment `# expect: line N` names.
fn expected_line(text: &str) -> u32 {
    let after = text.split_once("# expect: line ").unwrap().1;
    after.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()
}

/// Each file of `folder` has exactly one syntax error, on the line that it names, and one finding of `planted`.
fn one_fault_each(folder: &str, planted: &str) -> Vec<String> {
    let mut failures = Vec::new();
    for (name, bytes) in files(folder) {
        let report = check(&name, &bytes, &[planted]);
        let expected = expected_line(&String::from_utf8_lossy(&bytes));
        let errors = of_rule(&report, "parse-error");
        let shown = |one: &&Diagnostic| {
            let (start, end) = (one.primary.start, one.primary.end);
            format!("{}:{}-{} {}", start.line, start.column, end.column, one.message)
        };
        let lines: Vec<u32> = errors.iter().map(|one| one.primary.start.line).collect();
        if lines != [expected] {
            let found: Vec<String> = errors.iter().map(shown).collect();
            failures.push(format!("{name}: expected one error on line {expected}, found {found:#?}"));
        }
        let found = of_rule(&report, planted).len();
        if found != 1 {
            failures.push(format!("{name}: {found} findings of {planted}, skipped: {:?}", report.summary.skipped));
        }
        if !report.errors.is_empty() {
            failures.push(format!("{name}: {:?}", report.errors));
        }
    }
    failures
}

#[test]
fn a_broken_document_is_one_finding_and_the_next_document_is_checked() {
    assert!(files("yaml").len() >= 30);
    let failures = one_fault_each("yaml", "privileged-container");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// A document of `head`, then the one with the planted finding.
fn followed_by_a_pod(head: &str) -> String {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: planted}\nspec:\n  containers:\n  - name: app\n    \
        image: example.com/app:1.4\n    securityContext: {privileged: true}\n";
    format!("{head}\n---\n{pod}")
}

fn one_fault_before_the_pod(head: &str, message: &str) {
    let report = check("manifest.yaml", followed_by_a_pod(head).as_bytes(), &["privileged-container"]);
    let errors = of_rule(&report, "parse-error");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].message.contains(message), "{}", errors[0].message);
    assert_eq!(of_rule(&report, "privileged-container").len(), 1);
    assert_eq!(report.errors, Vec::<String>::new());
}

#[test]
fn nesting_that_goes_too_deep_is_one_finding() {
    let limit = shipworthy::yaml::MAX_DEPTH;
    let head = "apiVersion: v1\nkind: List\n";
    for depth in [limit + 1, 10 * limit, 100_000] {
        one_fault_before_the_pod(&format!("{head}a: {}{}", "[".repeat(depth), "]".repeat(depth)), "deeper than 128");
        one_fault_before_the_pod(&format!("{head}a: {}{}", "{a: ".repeat(depth), "}".repeat(depth)), "deeper than 128");
    }
    for depth in [limit + 1, 10 * limit] {
        let blocks: String = (0..depth).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
        one_fault_before_the_pod(&format!("{head}{blocks}"), "deeper than 128");
        one_fault_before_the_pod(&format!("{head}a:\n{}x", "- ".repeat(depth)), "deeper than 128");
    }
}

#[test]
fn aliases_that_stand_for_too_much_are_one_finding() {
    let mut head = "apiVersion: v1\nkind: List\na0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for level in 1..10 {
        let before = vec![format!("*a{}", level - 1); 9].join(", ");
        head += &format!("a{level}: &a{level} [{before}]\n");
    }
    one_fault_before_the_pod(&head, "more than 100000 values");
}

/// Each Dockerfile of the folder also has a relative `WORKDIR` after its fault.
#[test]
fn a_broken_instruction_is_one_finding_and_those_after_it_are_checked() {
    assert!(files("dockerfile").len() >= 40);
    let failures = one_fault_each("dockerfile", "relative-workdir");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The bytes that the planted finding stands at: the end of the base image's name, or of `privileged: true`.
const PLANTED: [&str; 2] = ["debian:latest", "true"];

/// Line, column and offset of the planted finding in the files of `encoding` that have one. A byte that is not UTF-8
/// counts as one column, a byte order mark at the start as none.
const PLACES: &[(&str, u64, u64, u64)] = &[
    ("bom-crlf.Dockerfile", 2, 6, 38),
    ("bom-crlf.yaml", 10, 37, 176),
    ("bom-per-document.yaml", 19, 37, 330),
    ("bom.Dockerfile", 1, 6, 8),
    ("bom.yaml", 9, 37, 161),
    ("combining.Dockerfile", 3, 6, 43),
    ("control.Dockerfile", 2, 6, 17),
    ("crlf.Dockerfile", 2, 6, 18),
    ("crlf.yaml", 9, 37, 166),
    ("escapes.yaml", 9, 64, 185),
    ("invalid-utf8.Dockerfile", 3, 6, 26),
    ("invalid-utf8.yaml", 10, 48, 178),
    ("line-separators.Dockerfile", 2, 6, 24),
    ("lone-cr-all.Dockerfile", 1, 6, 5),
    ("lone-cr.Dockerfile", 3, 6, 29),
    ("lone-cr.yaml", 9, 37, 158),
    ("mixed-ends.yaml", 9, 37, 160),
    ("multi-byte.Dockerfile", 4, 25, 98),
    ("multi-byte.yaml", 10, 49, 208),
    ("next-line.yaml", 10, 37, 169),
    ("no-final-newline.Dockerfile", 2, 6, 13),
    ("no-final-newline.yaml", 9, 37, 158),
    ("nul-late.Dockerfile", 3, 6, 9011),
    ("tabs.Dockerfile", 1, 7, 6),
    ("tabs.yaml", 9, 38, 159),
];

/// Files of `encoding` that are not read, and why.
const SKIPPED: &[(&str, &str)] = &[
    ("empty.yaml", "no apiVersion and kind in it"),
    ("nul.Dockerfile", "binary"),
    ("nul.yaml", "binary"),
    ("only-bom.yaml", "no apiVersion and kind in it"),
    ("utf-16-unmarked.Dockerfile", "binary"),
    ("utf-16-unmarked.yaml", "binary"),
    ("utf-16.Dockerfile", "UTF-16"),
    ("utf-16.yaml", "UTF-16"),
    ("utf-16be.Dockerfile", "UTF-16"),
    ("utf-16be.yaml", "UTF-16"),
];

/// Files of `encoding` with nothing to find in them.
const EMPTY: &[&str] = &[
    "empty.Dockerfile",
    "only-blanks.Dockerfile",
    "only-bom.Dockerfile",
    "only-comments.Dockerfile",
    "only-comments.yaml",
    "only-markers.yaml",
];

/// What `check` says of one file that is named.
fn json_of(name: &str, bytes: &[u8]) -> (Vec<Value>, Vec<String>) {
    let folder = Folder::loose();
    folder.write(name, bytes);
    let done = folder.check(&format!("--output-format json {TWO} {name}"));
    assert_eq!(done.err, "", "{name}");
    (done.json()["findings"].as_array().unwrap().clone(), done.skipped())
}

#[test]
fn places_are_true_in_every_encoding() {
    for (name, line, column, offset) in PLACES {
        let bytes = std::fs::read(folder("encoding").join(name)).unwrap();
        let planted = PLANTED.into_iter().find(|text| bytes[*offset as usize..].starts_with(text.as_bytes()));
        let length = planted.unwrap_or_else(|| panic!("{name}: nothing is planted at {offset}")).len() as u64;
        let (findings, skipped) = json_of(name, &bytes);
        assert_eq!(skipped, Vec::<String>::new(), "{name}");
        let own: Vec<&Value> = findings.iter().filter(|one| TWO.contains(one["rule"].as_str().unwrap())).collect();
        assert_eq!(own.len(), 1, "{name}: {findings:#?}");
        let place = |column: u64, offset: u64| serde_json::json!({"line": line, "column": column, "offset": offset});
        assert_eq!(own[0]["start"], place(*column, *offset), "{name}");
        assert_eq!(own[0]["end"], place(column + length, offset + length), "{name}");
    }
}

#[test]
fn what_is_no_text_is_skipped_with_a_reason_and_what_is_empty_is_clean() {
    for (name, reason) in SKIPPED {
        let bytes = std::fs::read(folder("encoding").join(name)).unwrap();
        assert_eq!(json_of(name, &bytes), (vec![], vec![format!("{name}: {reason}")]));
    }
    for name in EMPTY {
        let bytes = std::fs::read(folder("encoding").join(name)).unwrap();
        assert_eq!(json_of(name, &bytes), (vec![], vec![]), "{name}");
    }
    let listed = PLACES.len() + SKIPPED.len() + EMPTY.len();
    assert_eq!(files("encoding").len(), listed, "every file of the folder is in one of the three lists");
}

#[test]
fn bytes_that_are_not_utf8_are_one_finding_at_the_first() {
    for name in ["invalid-utf8.Dockerfile", "invalid-utf8.yaml"] {
        let bytes = std::fs::read(folder("encoding").join(name)).unwrap();
        let (findings, _) = json_of(name, &bytes);
        let own: Vec<&Value> = findings.iter().filter(|one| one["rule"] == "invalid-utf8").collect();
        assert_eq!(own.len(), 1, "{name}");
        assert_eq!(own[0]["start"], serde_json::json!({"line": 1, "column": 6, "offset": 5}), "{name}");
    }
}

#[test]
fn a_backslash_after_a_heredoc_that_never_begins_keeps_places_in_the_file() {
    for text in ["RUN a <<\\\\\\", "RUN a <<E\\\\\\", "RUN a <<E\\", "RUN a <<E", "RUN a <<E <<é\\\\\\\nE\n"] {
        let document = shipworthy::document::DockerDocument::parse(text.into());
        for command in &document.script(0).unwrap().commands {
            assert!(text.get(command.span.range()).is_some(), "{text:?}: {:?}", command.span);
        }
    }
}
