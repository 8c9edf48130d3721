//! The GitHub Action: its script, run with the program on PATH, hostile inputs, and a description without injection.
#![cfg(unix)]

use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

use crate::support::program::{DOCKERFILE, Done, Folder, POD, TWO, project, run};

/// What a step of a job leaves behind.
struct Step {
    done: Done,
    outputs: String,
    summary: String,
}

impl Step {
    fn output(&self, name: &str) -> Option<&str> {
        self.outputs.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Runs the script in the workspace `folder`, with the inputs as the description passes them.
fn step(folder: &Folder, inputs: &[(&str, &str)]) -> Step {
    let runner = Folder::loose();
    runner.write("outputs", "").write("summary.md", "");
    let program = Path::new(env!("CARGO_BIN_EXE_shipworthy"));
    let path = std::env::join_paths([program.parent().unwrap(), Path::new("/usr/bin"), Path::new("/bin")]).unwrap();
    let mut command = Command::new("bash");
    command.arg(project().join("scripts/action.sh")).current_dir(folder.path("")).env_clear().env("PATH", path);
    for (variable, value) in [
        ("GITHUB_ACTION_PATH", project().to_path_buf()),
        ("GITHUB_WORKSPACE", folder.path("")),
        ("GITHUB_OUTPUT", runner.path("outputs")),
        ("GITHUB_STEP_SUMMARY", runner.path("summary.md")),
        ("RUNNER_TEMP", runner.path("")),
    ] {
        command.env(variable, value);
    }
    command.env("SHIPWORTHY_VERSION", "system").env("SHIPWORTHY_ARGS", TWO);
    for (input, value) in inputs {
        command.env(format!("SHIPWORTHY_{}", input.replace('-', "_").to_uppercase()), value);
    }
    let done = run(&mut command);
    Step { done, outputs: runner.read("outputs"), summary: runner.read("summary.md") }
}

fn workspace() -> Folder {
    let folder = Folder::repository();
    folder.write("web/Dockerfile", DOCKERFILE).write("deploy/pod.yaml", POD);
    folder
}

#[test]
fn annotations_sarif_summary_outputs_and_exit_code() {
    let folder = workspace();
    let step = step(&folder, &[("sarif-file", "out/results.sarif")]);
    assert_eq!(step.done.code, 1, "{:?}", step.done);
    let annotations: Vec<&str> = step.done.out.lines().collect();
    assert!(annotations[0].starts_with("::error file=deploy/pod.yaml,line=8,"), "{annotations:?}");
    assert!(annotations[1].starts_with("::warning file=web/Dockerfile,line=1,"), "{annotations:?}");
    assert_eq!(annotations.len(), 2);
    assert!(step.summary.starts_with("## shipworthy\n") && step.summary.contains("web/Dockerfile: 1 finding"));
    let sarif: Value = serde_json::from_str(&folder.read("out/results.sarif")).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 2);
    let outputs = ["findings", "errors", "warnings", "exit-code", "version"].map(|name| step.output(name));
    assert_eq!(outputs, [Some("2"), Some("1"), Some("1"), Some("1"), Some(env!("CARGO_PKG_VERSION"))]);
    assert_eq!(step.output("sarif-file"), folder.path("out/results.sarif").to_str());
}

#[test]
fn a_clean_workspace_and_an_empty_one() {
    let folder = Folder::repository();
    let nothing = step(&folder, &[]);
    assert_eq!((nothing.done.code, nothing.output("exit-code"), nothing.output("findings")), (3, Some("3"), Some("0")));
    folder.write("Dockerfile", "FROM debian:12.11-slim\n");
    let clean = step(&folder, &[]);
    assert_eq!((clean.done.code, clean.output("exit-code"), clean.output("findings")), (0, Some("0"), Some("0")));
    assert_eq!((clean.done.out.as_str(), clean.output("sarif-file")), ("", None));
}

#[test]
fn the_log_has_text_where_annotations_are_off_and_no_summary_where_it_is_off() {
    let step = step(&workspace(), &[("annotations", "false"), ("summary", "false")]);
    assert!(step.done.out.contains("critical[privileged-container]") && !step.done.out.contains("::"));
    assert_eq!((step.summary.as_str(), step.output("findings")), ("", Some("2")));
}

#[test]
fn paths_are_one_a_line_and_the_working_directory_is_left_for_them() {
    let folder = workspace();
    folder.write("some where/Dockerfile", DOCKERFILE);
    let count = |inputs: &[(&str, &str)]| step(&folder, inputs).output("findings").map(str::to_owned);
    assert_eq!(count(&[("paths", "web")]).as_deref(), Some("1"));
    assert_eq!(count(&[("paths", "web\r\n\nsome where/Dockerfile\n")]).as_deref(), Some("2"));
    let below = step(&folder, &[("working-directory", "some where"), ("sarif-file", "a.sarif")]);
    assert_eq!(below.output("findings"), Some("1"));
    assert_eq!(below.output("sarif-file"), folder.path("some where/a.sarif").to_str());
    assert!(below.done.out.starts_with("::warning file=some where/Dockerfile,"), "{}", below.done.out);
}

#[test]
fn arguments_are_split_at_blanks_and_nothing_is_expanded() {
    let folder = workspace();
    folder.write("some where/Dockerfile", DOCKERFILE);
    let count = |args: &str| step(&folder, &[("args", args)]).output("findings").map(str::to_owned);
    assert_eq!(count(&format!("{TWO} --exclude 'some where'")).as_deref(), Some("2"));
    assert_eq!(count(&format!("{TWO}\n--exclude \"some where\" --exclude deploy")).as_deref(), Some("1"));
    assert_eq!(count(&format!("{TWO} --exclude *")).as_deref(), Some("0"), "a glob for the program, not for the shell");
    assert_eq!(step(&folder, &[("args", "--exit-zero"), ("fail-on", "low")]).done.code, 0);
    assert_eq!(step(&folder, &[("args", TWO), ("paths", "web"), ("fail-on", "high")]).done.code, 0);
    assert_eq!(step(&folder, &[("args", " \n")]).done.code, 1);
    let open = step(&folder, &[("args", "--select 'all")]);
    assert_eq!((open.done.code, open.output("exit-code")), (2, Some("2")));
    assert!(open.done.out.contains("::error title=shipworthy::the input args has a quote that is not closed"));
}

#[test]
fn inputs_are_data_whatever_they_look_like() {
    let hostile = [
        "$(touch pwned)",
        "`touch pwned`",
        "; touch pwned",
        "a && touch pwned",
        "x\"; touch pwned; \"",
        "'; touch pwned; '",
        "-n",
        "--exit-zero",
        "|touch pwned",
        "> pwned",
        "x\nfindings=0",
        "%0A::error::x",
    ];
    let inputs = ["paths", "args", "fail-on", "sarif-file", "working-directory", "version", "annotations", "summary"];
    for input in inputs {
        for value in hostile {
            let folder = workspace();
            let step = step(&folder, &[(input, value)]);
            let done = &step.done;
            for below in ["", "web", "deploy"] {
                assert!(!folder.path(below).join("pwned").exists(), "{input}: {value:?}");
            }
            // Where it names a file it may be one; everywhere else it is a mistake that is told.
            let named = input == "sarif-file" || (input == "args" && value == "--exit-zero");
            assert!(named || done.code == 2, "{input}: {value:?}: {done:?}");
            assert_eq!(
                step.outputs.lines().filter(|line| line.starts_with("findings=")).count(),
                usize::from(step.output("findings").is_some(),)
            );
            assert_eq!(step.output("exit-code"), Some(done.code.to_string().as_str()), "{input}: {value:?}");
            let commands = done.out.lines().filter(|line| line.starts_with("::"));
            assert!(commands.into_iter().all(|line| !line.starts_with("::error::")), "{}", done.out);
        }
    }
}

#[test]
fn what_the_repository_is_named_like_cannot_write_outputs() {
    let folder = Folder::repository();
    folder.write("a\n::error::x\n      \"severity\": \"high\",/Dockerfile", DOCKERFILE);
    let step = step(&folder, &[]);
    assert_eq!((step.output("findings"), step.output("errors")), (Some("1"), Some("0")));
    assert_eq!(step.done.out.lines().count(), 1, "{}", step.done.out);
    folder.write("a\n::error::x/.shipworthy.yaml", "\"x\\n::error::y\": 1\n");
    for inputs in [&[("paths", "")], &[("paths", "a\n::error::gone")]] {
        let step = self::step(&folder, inputs);
        assert!(step.done.err.lines().all(|line| line.starts_with("error: ")), "{}", step.done.err);
    }
}

#[test]
fn a_mistake_in_an_input_says_what_is_wanted() {
    let folder = workspace();
    for (input, value, said) in [
        ("version", "1.2.3", "the input version is '1.2.3'; it wants source or system"),
        ("annotations", "yes", "the input annotations is 'yes'; it wants true or false"),
        ("working-directory", "gone", "the input working-directory is 'gone'; there is no such folder"),
    ] {
        let step = step(&folder, &[(input, value)]);
        assert_eq!((step.done.code, step.output("exit-code"), step.output("findings")), (2, Some("2"), None));
        assert!(step.done.out.contains(said), "{}", step.done.out);
    }
    let missing = step(&folder, &[("paths", "web\ngone")]);
    assert_eq!((missing.done.code, missing.output("findings")), (2, Some("1")), "the rest is complete");
}

#[test]
fn the_description_passes_every_input_as_a_variable_that_the_script_reads() {
    let text = std::fs::read_to_string(project().join("action.yml")).unwrap();
    let script = std::fs::read_to_string(project().join("scripts/action.sh")).unwrap();
    let action: Value = serde_saphyr::from_str(&text).unwrap();
    let steps = action["runs"]["steps"].as_array().unwrap();
    for input in action["inputs"].as_object().unwrap().keys() {
        let variable = format!("SHIPWORTHY_{}", input.replace('-', "_").to_uppercase());
        assert_eq!(steps[0]["env"][&variable], format!("${{{{ inputs.{input} }}}}"));
        assert!(script.contains(&variable), "{variable}");
    }
    for step in steps {
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step}");
    }
    for output in action["outputs"].as_object().unwrap().keys() {
        assert!(script.contains(&format!("output {output} ")), "{output}");
    }
    assert!(!script.contains("eval "));
}
