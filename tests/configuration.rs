//! The configuration that the README shows is one that the program takes, and the schema says the same.

use std::sync::Arc;

use shipworthy::finding::Meta;
use shipworthy::{catalog, rules};

use crate::support::Run;

fn example() -> String {
    let readme = include_str!("../README.md");
    let section = readme.split("### Configure").nth(1).unwrap();
    section.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap().to_owned()
}

fn metas() -> Vec<Arc<Meta>> {
    rules::all().map(|rule| Arc::new(rule.meta.clone())).collect()
}

#[test]
fn the_documented_configuration_is_accepted() {
    let run = Run::new(&[]);
    run.write(".shipworthy.yaml", &example());
    run.write("Dockerfile", "FROM debian:latest\n");
    let report = run.report(None);
    assert!(report.diagnostics.iter().all(|found| found.rule.name != "latest-base-image"), "the option `allow` counts");
}

#[test]
fn the_schema_takes_the_documented_configuration_and_refuses_unknown_keys() {
    let schema = jsonschema::validator_for(&catalog::config_schema(&metas())).unwrap();
    let value: serde_json::Value = serde_saphyr::from_str(&example()).unwrap();
    assert!(schema.is_valid(&value), "{:?}", schema.iter_errors(&value).map(|e| e.to_string()).collect::<Vec<_>>());
    assert!(!schema.is_valid(&serde_json::json!({"selct": ["all"]})));
    assert!(!schema.is_valid(&serde_json::json!({"rules": {"latest-base-image": {"alow": []}}})));
}
