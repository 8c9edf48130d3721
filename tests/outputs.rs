//! What is written, and where to (section "Outputs" of the contract).

use std::path::Path;

use serde_json::Value;

use crate::support::program::{DOCKERFILE, Done, Folder, POD, TWO, project, run};

fn both() -> Folder {
    let folder = Folder::repository();
    folder.write("Dockerfile", DOCKERFILE).write("deploy/pod.yaml", POD);
    folder
}

/// The demo of the README, as a user sees it who picks the rules that it was made for.
fn demo(format: &str) -> String {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_shipworthy"));
    let rules = "--select=latest-base-image,privileged-container,dangling-service";
    command.current_dir(project()).env_clear().args(["check", "testdata/demo", "--isolated", rules]);
    let done = run(command.args(["--output-format", format]));
    assert_eq!((done.code, done.err.as_str()), (1, ""));
    done.out
}

#[test]
fn the_demo_in_text() {
    insta::assert_snapshot!(demo("text"));
}

#[test]
fn the_demo_in_concise() {
    insta::assert_snapshot!(demo("concise"));
}

#[test]
fn the_demo_in_github() {
    insta::assert_snapshot!(demo("github"));
}

#[test]
fn the_demo_in_markdown() {
    insta::assert_snapshot!(demo("markdown"));
}

fn validate(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn json_is_what_its_schema_says() {
    let folder = both();
    folder.write("bad.yaml", "apiVersion: v1\nkind: [\n").write("vendor/x", "").write("u.yaml", [0xff, 0xfe, 1]);
    let schema = run(folder.command("").args(["schema", "findings"])).json();
    for words in ["", "--select all", "deploy gone", "--context deploy Dockerfile u.yaml", "Dockerfile --exit-zero"] {
        validate(&schema, &folder.check(&format!("--output-format json {words}")).json());
    }
    validate(&schema, &Folder::repository().check("--output-format json").json());
}

#[test]
fn sarif_is_what_its_schema_says_and_is_written_where_nothing_was_found_too() {
    let text = std::fs::read_to_string(project().join("testdata/schemas/sarif-2.1.0.json")).unwrap();
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    // Two patterns end in a bracket that nothing opens, which is no regular expression here.
    for definition in ["run", "toolComponent"] {
        schema["definitions"][definition]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let results = |done: &Done| done.json()["runs"][0]["results"].as_array().unwrap().len();
    let done = both().check(&format!("{TWO} --output-format sarif"));
    assert_eq!(results(&done), 2);
    let value = done.json();
    assert_eq!((&value["version"], value["$schema"].is_string()), (&"2.1.0".into(), true));
    let result = &value["runs"][0]["results"][0];
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "Dockerfile");
    let region = serde_json::json!({"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 19});
    for (key, number) in region.as_object().unwrap() {
        assert_eq!(place["region"][key], *number, "{key}");
    }
    assert_eq!(result["partialFingerprints"]["shipworthy/v1"].as_str().unwrap().len(), 16);
    assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_null(), "that is the uploader's");
    let empty = Folder::repository().check(&format!("{TWO} --output-format sarif"));
    assert_eq!((empty.code, results(&empty)), (3, 0));
    validate(&schema, &done.json());
    validate(&schema, &empty.json());
}

#[test]
fn several_formats_at_once_to_the_terminal_and_to_files() {
    let folder = both();
    let words = "--output-format concise --output-format sarif=out/a.sarif --output-format json=b.json --output-format markdown=+c.md";
    folder.write("c.md", "before\n").write("b.json", "what was there");
    let done = folder.check(&format!("{TWO} {words}"));
    assert_eq!(done.code, 1);
    assert!(done.out.starts_with("Dockerfile:1:6: medium[latest-base-image] "), "{}", done.out);
    assert!(folder.read("out/a.sarif").contains("\"2.1.0\""));
    let json: Value = serde_json::from_str(&folder.read("b.json")).unwrap();
    assert_eq!(json["schema_version"], 1);
    assert!(folder.read("c.md").starts_with("before\n## shipworthy\n"));
    folder.check(&format!("{TWO} {words}"));
    assert_eq!(folder.read("c.md").matches("## shipworthy").count(), 2, "it appends");
    let left: Vec<_> = std::fs::read_dir(folder.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["a.sarif"], "no temporary file is left");
}

#[test]
fn only_the_report_goes_to_standard_output() {
    let folder = both();
    for format in ["json", "sarif"] {
        let done = folder.check(&format!("--output-format {format} gone deploy"));
        done.json();
        assert!(done.err.contains("gone: no such file"), "{}", done.err);
    }
    let to_file = folder.check("--output-format text=report.txt");
    assert_eq!((to_file.out.as_str(), to_file.err.as_str()), ("", ""));
    assert_eq!(folder.check("--quiet --select hadolint deploy --output-format text").out, "");
}

#[test]
fn a_file_that_cannot_be_written_is_exit_2() {
    let folder = both();
    let done = folder.check("--output-format json=Dockerfile/x.json");
    assert_eq!(done.code, 2);
    assert!(done.err.contains("Dockerfile/x.json: cannot be written"), "{}", done.err);
}

#[test]
#[cfg(unix)]
fn a_report_may_be_read_by_others_and_a_link_stays_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let folder = both();
    folder.write("real.json", "old");
    std::os::unix::fs::symlink("real.json", folder.path("link.json")).unwrap();
    folder.check("--output-format json=new.json --output-format json=link.json");
    let plain = folder.write("plain", "").path("plain");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path("new.json")), mode(&plain), "as any file is made");
    assert!(std::fs::symlink_metadata(folder.path("link.json")).unwrap().is_symlink());
    assert!(folder.read("real.json").contains("schema_version"));
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let folder = both();
    let coloured = |variables: &[(&str, &str)], words: &str| {
        let mut command = folder.command("");
        command.envs(variables.iter().copied()).args(["check", TWO]).args(words.split_whitespace());
        run(&mut command).out.contains('\u{1b}')
    };
    assert!(!coloured(&[], ""), "a pipe is no terminal");
    assert!(coloured(&[], "--color always"));
    assert!(coloured(&[("FORCE_COLOR", "1")], ""));
    assert!(!coloured(&[("FORCE_COLOR", "0")], ""));
    assert!(!coloured(&[("NO_COLOR", "1"), ("FORCE_COLOR", "1")], ""));
    assert!(!coloured(&[("FORCE_COLOR", "1")], "--color never"));
    assert!(coloured(&[("NO_COLOR", "")], "--color always"));
    for format in ["json", "sarif", "github", "markdown"] {
        assert!(!coloured(&[("FORCE_COLOR", "1")], &format!("--color always --output-format {format}")), "{format}");
    }
    for format in ["text", "concise"] {
        folder.check(&format!("{TWO} --color always --output-format {format}=report"));
        assert!(!folder.read("report").contains('\u{1b}'), "{format} in a file");
    }
}

#[test]
fn nothing_of_the_github_environment_is_read_but_the_workspace() {
    let folder = both();
    folder.write("sub/Dockerfile", DOCKERFILE);
    std::fs::create_dir(folder.path("sub/.git")).unwrap();
    let with = |variables: &[(&str, &str)]| {
        let mut command = folder.command("sub");
        command.envs(variables.iter().copied()).args(["check", TWO, "--output-format"]);
        run(command.arg("github")).out
    };
    let plain = with(&[]);
    assert!(
        plain.starts_with("::warning file=Dockerfile,line=1,endLine=1,col=6,endColumn=19,title=latest-base-image::")
    );
    assert_eq!(plain, with(&[("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "x"), ("CI", "1")]));
    let workspace = folder.path("");
    assert!(with(&[("GITHUB_WORKSPACE", workspace.to_str().unwrap())]).starts_with("::warning file=sub/Dockerfile,"));
    let default = run(folder.command("").env("GITHUB_ACTIONS", "true").args(["check", TWO])).out;
    assert!(!default.contains("::"), "the format is never guessed: {default}");
}

#[test]
fn findings_are_sorted_and_each_is_there_once() {
    let folder = Folder::repository();
    folder.write("b/Dockerfile", DOCKERFILE.repeat(2)).write("a.yaml", POD).write("b/a.yaml", POD).write("B.yaml", POD);
    let expected = [
        "B.yaml:8:35 privileged-container",
        "a.yaml:8:35 privileged-container",
        "b/Dockerfile:1:6 latest-base-image",
        "b/Dockerfile:2:6 latest-base-image",
        "b/a.yaml:8:35 privileged-container",
    ];
    assert_eq!(folder.findings(TWO), expected);
    assert_eq!(folder.findings(&format!("{TWO} b/a.yaml a.yaml . b b/../B.yaml")), expected);
}

#[test]
fn fingerprints_stay_when_lines_move_and_tell_equal_findings_apart() {
    let prints = |path: &str, text: &str| -> Vec<String> {
        let folder = Folder::repository();
        folder.write(path, text);
        let json = folder.check(&format!("{TWO} --output-format json")).json();
        let found = json["findings"].as_array().unwrap().iter();
        found.map(|one| one["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let base = prints("Dockerfile", DOCKERFILE);
    assert_eq!(base, prints("Dockerfile", "# a comment\n\nFROM   debian:latest\n"));
    assert_ne!(base, prints("b/Dockerfile", DOCKERFILE));
    assert_ne!(base, prints("Dockerfile", "FROM node:latest\n"));
    let pod = prints("pod.yaml", POD);
    assert_eq!(pod, prints("pod.yaml", &format!("# a comment\n---\n{}", POD.replace("true", "yes"))));
    assert_ne!(pod, prints("pod.yaml", &POD.replace("- name: web", "- name: api")));
    let twice = prints("pod.yaml", &format!("{POD}---\n{POD}"));
    assert_eq!(twice[0], pod[0]);
    assert_ne!(twice[0], twice[1], "an ordinal tells them apart");
}

#[test]
fn the_summary_counts_what_was_checked_and_what_was_not() {
    let folder = both();
    folder
        .write("u.yaml", [0xff, 0xfe, 1])
        .write("vendor/Dockerfile", DOCKERFILE)
        .write("x.yaml", format!("{POD}---\n{POD}"));
    let json = folder.check(&format!("{TWO} --output-format json")).json();
    let summary = &json["summary"];
    assert_eq!([&summary["files"], &summary["documents"], &summary["objects"]], [3, 4, 3]);
    assert_eq!(summary["findings"], serde_json::json!({"critical": 3, "medium": 1}));
    assert_eq!(summary["skipped"].as_array().unwrap().len(), 2);
    let text = folder.check(TWO).out;
    for said in ["4 findings: 3 critical, 1 medium in 3 files", "UTF-16", "vendored folder"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    use std::process::{Command, Stdio};
    let folder = Folder::repository();
    folder.write("Dockerfile", DOCKERFILE.repeat(3000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_shipworthy"))
        .args(["check", TWO, "--output-format", "json"])
        .current_dir(folder.path(""))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!((done.status.code(), done.stderr.as_slice()), (Some(1), &b""[..]));
}
