//! Broken and hostile input, end to end: a fault is reported where it stands, and what follows it is still checked.

use std::path::{Path, PathBuf};

use shipworthy::finding::{Diagnostic, Report};

use crate::support::Run;

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
        one_fault_before_the_pod(&format!("{head}a: {}", "[".repeat(depth)), "deeper than 128");
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
