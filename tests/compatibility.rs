//! `docs/compatibility.tsv`: where a rule differs from the other tool's check of the same id, on purpose.
//!
//! Each row names a file of `testdata/compatibility/`, and the lines (or `silent`) that the other tool and we report
//! there. What we report is run here; what the other tool reports was measured when the row was written.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::Run;

const COLUMNS: &str = "tool\tid\tcase\tthey\twe\twhy\tfixture";

fn rows() -> Vec<Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/compatibility.tsv");
    let table = std::fs::read_to_string(path).unwrap();
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some(COLUMNS));
    lines.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The lines of `fixture` on which rules that carry `id` report.
fn lines_of(id: &str, fixture: &str) -> String {
    let run = Run::new(&[id]);
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture)).unwrap();
    run.write("Dockerfile", &text);
    let found = run.report(None).diagnostics;
    let own = found.iter().filter(|one| one.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(id)));
    let lines: BTreeSet<u32> = own.map(|one| one.primary.start.line).collect();
    let lines: Vec<String> = lines.iter().map(u32::to_string).collect();
    if lines.is_empty() { "silent".to_owned() } else { lines.join(" ") }
}

#[test]
fn every_row_says_what_we_report() {
    let mut wrong = Vec::new();
    for row in rows() {
        let [tool, id, case, they, we, why, fixture] = row.as_slice() else { panic!("seven columns: {row:?}") };
        let found = lines_of(&format!("{tool}:{id}"), fixture);
        if found != *we {
            wrong.push(format!("{id}, {case}: the row says `{we}`, found `{found}` in {fixture}"));
        }
        if they == we || why.is_empty() {
            wrong.push(format!("{id}, {case}: no difference, or no reason"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fixture_belongs_to_a_row() {
    let named: BTreeSet<String> = rows().into_iter().map(|row| row[6].clone()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/compatibility");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = format!("testdata/compatibility/{}", entry.unwrap().file_name().to_str().unwrap());
        assert!(named.contains(&name), "{name} belongs to no row");
    }
}
