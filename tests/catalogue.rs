//! Facts about all rules at once.

use std::collections::HashSet;

use shipworthy::finding::FixKind;
use shipworthy::rules;

#[test]
fn names_are_unique_and_kebab_case() {
    let mut seen = HashSet::new();
    for rule in rules::all() {
        let name = &*rule.meta.name;
        assert!(seen.insert(name), "{name} is there twice");
        assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{name}");
    }
}

#[test]
fn every_alias_names_its_tool_and_stands_once_in_a_rule() {
    for rule in rules::all() {
        let mut seen = HashSet::new();
        for alias in rule.meta.aliases.iter() {
            assert!(alias.split_once(':').is_some_and(|(tool, id)| !tool.is_empty() && !id.is_empty()), "{alias}");
            assert!(seen.insert(alias), "{}: {alias} is there twice", rule.meta.name);
        }
    }
}

#[test]
fn every_rule_file_is_listed_and_named_after_its_rule() {
    let listed: HashSet<String> = rules::all().map(|rule| rule.meta.name.replace('-', "_")).collect();
    for folder in ["dockerfile", "kubernetes", "workspace", "engine"] {
        for entry in std::fs::read_dir(format!("{}/rules/{folder}", env!("CARGO_MANIFEST_DIR"))).unwrap() {
            let name = entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(name == "mod" || listed.contains(&name), "rules/{folder}/{name}.rs is not in ALL");
        }
    }
}

#[test]
fn every_page_says_what_it_flags_and_why() {
    for rule in rules::all() {
        let summary = rule.meta.summary();
        assert!(summary.ends_with('.') && summary.len() < 240, "{}: {summary}", rule.meta.name);
        assert!(rule.meta.page().contains("\n## Why\n"), "{} does not say why", rule.meta.name);
    }
}

#[test]
fn a_replaced_rule_exists() {
    let names: HashSet<&str> = rules::all().map(|rule| &*rule.meta.name).collect();
    for rule in rules::all() {
        for replaced in rule.meta.replaces.iter() {
            assert!(names.contains(&**replaced), "{} replaces {replaced}, which is no rule", rule.meta.name);
        }
    }
}

#[test]
fn a_rule_with_fixes_shows_one() {
    for rule in rules::all().filter(|rule| rule.meta.fix != FixKind::None) {
        let page = rule.meta.page();
        assert!(page.lines().any(|line| line.starts_with("```") && line.contains(" fixed")), "{}", rule.meta.name);
    }
}
