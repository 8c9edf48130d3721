//! What the README shows is what the program prints. Run with `UPDATE_README=1` to write it anew.

use std::path::Path;
use std::process::Command;

fn output(args: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_shipworthy"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    String::from_utf8(run.stdout).unwrap()
}

fn replace(text: &str, mark: &str, content: &str) -> String {
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let start = text.find(&open).unwrap() + open.len();
    let end = text.find(&close).unwrap();
    format!("{}{content}{}", &text[..start], &text[end..])
}

#[test]
fn the_readme_shows_the_demo_and_the_rules_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let demo = format!("```text\n{}```\n", output(&["check", "testdata/demo", "--exit-zero", "--isolated"]));
    let current = replace(&replace(&text, "demo", &demo), "rules", &output(&["rules", "--output-format", "markdown"]));
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(&path, &current).unwrap();
    } else {
        assert!(text == current, "README.md is not current: run UPDATE_README=1 cargo test readme");
    }
}
