//! Imports go one way: each room may use the ones before it in this list, never the ones after.

use std::path::Path;

/// The rooms from the ground up. Rooms in one row do not import each other unless named in `ALSO`.
const ORDER: &[&[&str]] = &[
    &["source", "secrets"],
    &["yaml"],
    &["shell"],
    &["dockerfile"],
    &["finding"],
    &["kubernetes"],
    &["base_images"],
    &["document"],
    &["packages", "end_of_life"],
    &["workspace"],
    &["select"],
    &["rule"],
    &["checks"],
    &["rules", "policy"],
    &["config"],
    &["discover"],
    &["suppress"],
    &["analyze"],
    &["report", "catalog"],
    &["cli"],
];

fn rank(room: &str) -> Option<usize> {
    ORDER.iter().position(|row| row.contains(&room))
}

fn sources(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_go_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("rules"), &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let relative = file.strip_prefix(root).unwrap();
        let mut parts = relative.iter().map(|part| part.to_str().unwrap().trim_end_matches(".rs"));
        let room = match parts.next() {
            Some("rules") => "rules",
            _ => parts.next().unwrap(),
        };
        let Some(own) = rank(room) else { continue };
        let text = std::fs::read_to_string(&file).unwrap();
        // What tests inside a module import is not part of the house.
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (index, _) in code.match_indices("crate::") {
            let used: String =
                code[index + 7..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            let allowed =
                room == used || (room == "rules" && used == "rule") || rank(&used).is_none_or(|other| other < own);
            if !allowed {
                wrong.push(format!("{} imports {used}", relative.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_do_not_touch_files_and_do_not_import_each_other() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("rules"), &mut files);
    for file in files.iter().filter(|file| !file.ends_with("mod.rs")) {
        let text = std::fs::read_to_string(file).unwrap();
        for forbidden in ["std::fs", "std::env", "crate::rules", "super::"] {
            assert!(!text.contains(forbidden), "{} uses {forbidden}", file.display());
        }
    }
}
