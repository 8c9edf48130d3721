//! `pss:baseline` and `pss:restricted` judge as the admission controller of Kubernetes does, in every version.

use std::collections::HashSet;

use shipworthy::kubernetes::Version;
use shipworthy::kubernetes::pod_security::HISTORY;
use shipworthy::rules;

use crate::support::Run;

const VERDICTS: &str = include_str!("../testdata/pod-security/verdicts.tsv");

/// A pod, and the versions that admit it under each standard.
struct Row {
    admitted: [HashSet<u8>; 2],
    pod: &'static str,
}

fn versions(text: &str) -> HashSet<u8> {
    let ranges = text.split(',').filter_map(|range| range.split_once('-')).filter(|(from, _)| !from.is_empty());
    ranges.flat_map(|(from, to)| from.parse::<u8>().unwrap()..=to.parse().unwrap()).collect()
}

fn rows() -> Vec<Row> {
    let lines = VERDICTS.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &'static str| {
        let mut columns = line.splitn(3, '\t');
        let admitted = [versions(columns.next().unwrap()), versions(columns.next().unwrap())];
        Row { admitted, pod: columns.next().unwrap() }
    };
    lines.map(row).collect()
}

#[test]
fn every_verdict_is_that_of_the_admission_controller() {
    let rows = rows();
    let file: Vec<&str> = rows.iter().map(|row| row.pod).collect();
    let file = file.join("\n---\n");
    for (index, standard) in ["pss:baseline", "pss:restricted"].into_iter().enumerate() {
        for minor in 0..=37 {
            let mut run = Run::new(&[standard]);
            run.command_line.kubernetes_version = Some(Version::minor(minor));
            run.write("pods.yaml", &file);
            let refused: HashSet<String> =
                run.report(None).diagnostics.into_iter().filter_map(|one| Some(one.resource?.name)).collect();
            for (number, row) in rows.iter().enumerate() {
                let admitted = row.admitted[index].contains(&minor);
                assert_eq!(admitted, !refused.contains(&format!("p{number}")), "{standard} 1.{minor}\n{}", row.pod);
            }
        }
    }
}

#[test]
fn pages_show_the_history_of_their_checks() {
    for rule in rules::all() {
        let mut section = String::new();
        for alias in rule.meta.aliases.iter().filter(|alias| alias.starts_with("pss:")) {
            section += &format!("- `{alias}`\n");
            for row in HISTORY.iter().filter(|row| row.id == *alias) {
                section += &format!("  - from {}: {}\n", row.since, row.rule);
            }
        }
        if !section.is_empty() {
            let wanted = format!("## Pod Security Standards\n{section}");
            assert!(
                format!("{}\n", rule.meta.page()).ends_with(&wanted),
                "{} should end with\n{wanted}",
                rule.meta.name
            );
        }
    }
}

#[test]
fn every_check_of_the_standards_has_a_rule() {
    let aliases: HashSet<&str> = rules::all().flat_map(|rule| rule.meta.aliases.iter()).map(|alias| &**alias).collect();
    for row in HISTORY {
        assert!(aliases.contains(row.id), "{}", row.id);
    }
}
