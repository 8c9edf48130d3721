//! `.pre-commit-hooks.yaml`: what pre-commit passes is what the program reads, and the entry runs.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use shipworthy::discover::FileKind;

use crate::support::program::{DOCKERFILE, Folder, POD, TWO, project, run};

type Hook = BTreeMap<String, Value>;

fn hooks() -> Vec<Hook> {
    let text = std::fs::read_to_string(project().join(".pre-commit-hooks.yaml")).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

fn text<'h>(hook: &'h Hook, key: &str) -> &'h str {
    hook[key].as_str().unwrap()
}

#[test]
fn there_is_one_hook_that_compiles_and_one_that_uses_the_path() {
    let hooks = hooks();
    let kinds: Vec<_> = hooks.iter().map(|hook| (text(hook, "id"), text(hook, "language"))).collect();
    assert_eq!(kinds, [("shipworthy", "rust"), ("shipworthy-system", "system")]);
    for hook in &hooks {
        assert_eq!((&hook["require_serial"], &hook["types"]), (&true.into(), &serde_json::json!(["text"])));
    }
}

#[test]
fn a_hook_is_passed_the_files_that_the_walk_would_read() {
    let names = [
        "Dockerfile",
        "dockerfile",
        "Containerfile",
        "Dockerfile.dev",
        "app.Dockerfile",
        "app.dockerfile",
        "web.containerfile",
        "deploy.yaml",
        "deploy.yml",
        "a.JSON",
    ];
    for hook in hooks() {
        let files = regex::Regex::new(text(&hook, "files")).unwrap();
        for name in names {
            for path in [name.to_owned(), format!("some where/{name}")] {
                assert!(FileKind::of_path(Path::new(&path)).is_some() && files.is_match(&path), "{path}");
            }
        }
        for path in ["README.md", "Dockerfiles/x.md", "main.rs", "yaml", "my-dockerfile-notes", "a.yaml.j2", "json/x"] {
            assert!(FileKind::of_path(Path::new(path)).is_none() && !files.is_match(path), "{path}");
        }
    }
}

#[test]
fn the_entry_runs_with_the_names_that_pre_commit_appends() {
    let folder = Folder::repository();
    folder.write("some where/Dockerfile", DOCKERFILE).write("vendor/pod.yaml", POD).write("old/pod.yaml", POD);
    folder.write("values.yaml", "a: 1\n").write(".shipworthy.yaml", "exclude: [old]\n");
    let files = ["some where/Dockerfile", "vendor/pod.yaml", "old/pod.yaml", "values.yaml"];
    for hook in hooks() {
        let mut words = text(&hook, "entry").split(' ');
        assert_eq!(words.next(), Some("shipworthy"));
        let mut command = folder.command("");
        command.args(words).args([TWO, "--output-format=json"]).args(files);
        let done = run(&mut command);
        assert_eq!((done.code, done.findings()), (1, vec!["some where/Dockerfile:1:6 latest-base-image".to_owned()]));
        assert_eq!(
            done.skipped(),
            ["old/pod.yaml: excluded", "values.yaml: no apiVersion and kind in it", "vendor/pod.yaml: vendored folder"]
        );
    }
}
