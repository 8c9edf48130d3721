//! How a run goes: exit codes, selection, scope, isolation, configuration (section "Running" of the contract).

use shipworthy::analyze::{Input, InputFile, analyze};
use shipworthy::config::{CommandLine, Configs};
use shipworthy::dockerfile::Keyword;
use shipworthy::document::InstructionView;
use shipworthy::finding::{Meta, Report};
use shipworthy::rule::{Check, Rule, Sink};
use shipworthy::select::Selector;
use std::borrow::Cow;
use std::sync::Arc;

use crate::support::program::{DOCKERFILE, Folder, POD, TWO, run};

const FORMATS: [&str; 6] = ["text", "concise", "json", "sarif", "github", "markdown"];

fn dockerfile() -> Folder {
    let folder = Folder::repository();
    folder.write("Dockerfile", DOCKERFILE);
    folder
}

fn both() -> Folder {
    let folder = dockerfile();
    folder.write("deploy/pod.yaml", POD);
    folder
}

// Exit codes

#[test]
fn exit_codes_are_the_same_in_every_format() {
    let (clean, bad, empty) = (Folder::repository(), dockerfile(), Folder::repository());
    clean.write("Dockerfile", "FROM debian:12.11-slim\n");
    for format in FORMATS {
        let code = |folder: &Folder, words: &str| folder.check(&format!("{TWO} --output-format {format} {words}")).code;
        assert_eq!(code(&clean, ""), 0, "{format}");
        assert_eq!(code(&bad, ""), 1, "{format}");
        assert_eq!(code(&bad, "Dockerfile gone.yaml"), 2, "{format}: 2 wins over 1");
        assert_eq!(code(&empty, ""), 3, "{format}");
        assert_eq!(code(&empty, "."), 0, "{format}: a named folder may be empty");
        assert_eq!(code(&bad, "--exit-zero"), 0, "{format}");
        assert_eq!(code(&empty, "--exit-zero"), 0, "{format}");
        assert_eq!(code(&bad, "--exit-zero gone.yaml"), 2, "{format}: never hides what went wrong");
    }
}

#[test]
fn fail_on_says_from_which_severity_on_a_run_fails() {
    let folder = dockerfile();
    for (words, code) in [
        ("", 1),
        ("--fail-on info", 1),
        ("--fail-on medium", 1),
        ("--fail-on high", 0),
        ("--fail-on critical", 0),
        ("--fail-on=worst", 2),
    ] {
        assert_eq!(folder.check(&format!("{TWO} {words}")).code, code, "{words}");
    }
    folder.write(".shipworthy.yaml", "fail-on: high\n");
    assert_eq!(folder.check(TWO).code, 0);
    assert_eq!(folder.check(&format!("{TWO} --fail-on low")).code, 1, "the command line decides");
}

#[test]
fn a_note_does_not_fail_a_run() {
    let folder = dockerfile();
    folder.write(".shipworthy.yaml", "severity: {latest-base-image: info}\n");
    let done = folder.check(TWO);
    assert_eq!(done.code, 0);
    assert!(done.out.contains("1 info"), "{}", done.out);
}

#[test]
fn wrong_usage_is_exit_2_and_says_what_is_wrong() {
    let folder = dockerfile();
    for (words, said) in [
        ("--no-such-option", "--no-such-option"),
        ("--output-format yaml", "unknown format `yaml`; use text, concise"),
        ("--output-format json=", "the file name after `=` is missing"),
        ("--kubernetes-version 2.0", "unknown Kubernetes version `2.0`; use 1.0 to 1."),
        ("--kubernetes-version 1.99", "unknown Kubernetes version `1.99`"),
        ("--kubernetes-version latest", "unknown Kubernetes version `latest`"),
        ("--today 2026-13-01", "2026-13-01"),
        ("--exclude [", "`--exclude`"),
    ] {
        let done = folder.check(words);
        assert_eq!(done.code, 2, "{words}");
        assert!(done.err.contains(said), "{words}: {}", done.err);
        assert_eq!(done.out, "", "{words}: only the report goes to standard output");
    }
    assert_eq!(folder.check(&format!("{TWO} --kubernetes-version v1.30.2 --today 2026-01-31")).code, 1);
}

#[test]
fn source_date_epoch_is_read_and_checked() {
    let folder = dockerfile();
    let with = |epoch: &str, words: &[&str]| {
        run(folder.command("").env("SOURCE_DATE_EPOCH", epoch).arg("check").arg(TWO).args(words))
    };
    assert_eq!(with("1763769600", &[]).code, 1);
    assert_eq!(with("", &[]).code, 1, "an empty variable is none");
    let wrong = with("yesterday", &[]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("SOURCE_DATE_EPOCH is `yesterday`"), "{}", wrong.err);
    assert_eq!(with("yesterday", &["--today", "2026-01-31"]).code, 1, "--today comes first");
}

// Paths

#[test]
fn a_missing_path_is_exit_2_and_the_rest_of_the_report_is_complete() {
    let done = both().check(&format!("{TWO} --output-format json gone.yaml Dockerfile also/gone deploy"));
    assert_eq!(done.code, 2);
    assert_eq!(done.findings(), ["Dockerfile:1:6 latest-base-image", "deploy/pod.yaml:8:35 privileged-container"]);
    for path in ["gone.yaml", "also/gone"] {
        assert!(done.err.contains(&format!("{path}: no such file or folder")), "{}", done.err);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_file_that_cannot_be_read_is_exit_2_and_the_rest_of_the_report_is_complete() {
    // A regular file that may be opened, but whose first byte cannot be read, by root either.
    let done = dockerfile().check(&format!("{TWO} --output-format json /proc/self/mem Dockerfile"));
    assert_eq!(done.code, 2);
    assert!(done.err.contains("/proc/self/mem: cannot be read"), "{}", done.err);
    assert_eq!(done.findings(), ["Dockerfile:1:6 latest-base-image"]);
}

#[test]
fn a_named_file_that_is_no_manifest_is_counted_and_exit_0() {
    let folder = dockerfile();
    folder.write("values.yaml", "replicas: 3\n").write("notes.txt", "nothing to see\n").write("empty.json", "{}");
    let done = folder.check("--output-format json values.yaml notes.txt empty.json");
    assert_eq!(done.code, 0);
    assert_eq!(
        done.skipped(),
        [
            "empty.json: no apiVersion and kind in it",
            "notes.txt: neither a Dockerfile nor a manifest",
            "values.yaml: no apiVersion and kind in it",
        ]
    );
}

#[test]
fn a_named_file_is_known_by_its_content_where_its_name_says_nothing() {
    let folder = Folder::repository();
    folder.write("image.build", DOCKERFILE).write("pod.tmpl", POD);
    let found = folder.findings(&format!("{TWO} image.build pod.tmpl"));
    assert_eq!(found, ["image.build:1:6 latest-base-image", "pod.tmpl:8:35 privileged-container"]);
    assert_eq!(folder.check("").code, 3, "walking looks at names");
}

#[test]
fn the_walk_respects_gitignore_and_leaves_out_hidden_and_vendored_folders() {
    let folder = dockerfile();
    folder.write(".gitignore", "build/\n*.gen.yaml\n");
    for path in ["build/Dockerfile", ".cache/Dockerfile", "vendor/x/Dockerfile", "web/node_modules/x/Dockerfile"] {
        folder.write(path, DOCKERFILE);
    }
    folder.write("pod.gen.yaml", POD);
    let done = folder.check(&format!("{TWO} --output-format json"));
    assert_eq!(done.findings(), ["Dockerfile:1:6 latest-base-image"]);
    assert_eq!(done.skipped(), ["vendor: vendored folder", "web/node_modules: vendored folder"]);
    for named in ["build/Dockerfile", ".cache", ".cache/Dockerfile", "vendor", "pod.gen.yaml"] {
        assert_eq!(folder.findings(&format!("{TWO} {named}")).len(), 1, "{named} is read when it is named");
    }
}

#[test]
fn what_is_ignored_outside_the_repository_is_of_no_concern() {
    let outer = Folder::loose();
    outer.write(".gitignore", "*\n").write("repo/Dockerfile", DOCKERFILE);
    outer
        .write(".config/git/ignore", "Dockerfile\n")
        .write(".gitconfig", "[core]\n\texcludesFile = ~/.config/git/ignore\n");
    let run_at_home = || run(outer.command("repo").env("HOME", outer.path("")).args(["check", TWO]));
    assert_eq!(run_at_home().code, 1, "in no repository");
    std::fs::create_dir(outer.path("repo/.git")).unwrap();
    assert_eq!(run_at_home().code, 1, "in a repository");
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_not_utf8_are_read_and_shown() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::repository();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.Dockerfile");
    std::fs::write(folder.path("").join(name), DOCKERFILE).unwrap();
    assert_eq!(folder.findings(TWO), ["caf\u{fffd}.Dockerfile:1:6 latest-base-image"]);
    let named = run(folder.command("").args(["check", TWO, "--output-format", "json"]).arg(name));
    assert_eq!(named.findings(), ["caf\u{fffd}.Dockerfile:1:6 latest-base-image"]);
}

#[test]
#[cfg(unix)]
fn links_and_pipes_are_counted_and_never_block() {
    let folder = dockerfile();
    std::os::unix::fs::symlink("Dockerfile", folder.path("Dockerfile.link")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe.yaml")).status().unwrap();
    assert!(made.success());
    let done = folder.check(&format!("{TWO} --output-format json"));
    assert_eq!(done.findings(), ["Dockerfile:1:6 latest-base-image"]);
    assert_eq!(done.skipped(), ["Dockerfile.link: symbolic link", "pipe.yaml: not a regular file"]);
    let named = folder.check(&format!("{TWO} --output-format json pipe.yaml Dockerfile.link"));
    assert_eq!((named.code, named.skipped()), (1, vec!["pipe.yaml: not a regular file".to_owned()]));
    assert_eq!(named.findings(), ["Dockerfile.link:1:6 latest-base-image"], "a link that is named is read");
}

#[test]
fn files_that_are_no_text_or_too_large_are_skipped_with_a_reason() {
    let folder = Folder::repository();
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(POD.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    folder.write("a.yaml", utf16).write("b.yaml", b"apiVersion: v1\nkind: \0\0\n");
    folder.write("c.yaml", format!("{POD}# {}\n", "x".repeat(10 * 1024 * 1024)));
    let done = folder.check("--output-format json a.yaml b.yaml c.yaml");
    assert_eq!(done.code, 0);
    assert_eq!(done.skipped(), ["a.yaml: UTF-16", "b.yaml: binary", "c.yaml: larger than 10 MB"]);
}

#[test]
fn paths_are_shown_from_the_root_of_the_repository_however_they_are_named() {
    let folder = both();
    let expected = ["Dockerfile:1:6 latest-base-image"];
    for (below, path) in [("", "./Dockerfile"), ("deploy", "../Dockerfile"), ("deploy", "./../deploy/../Dockerfile")] {
        let done = folder.check_in(below, &format!("{TWO} --output-format json {path}"));
        assert_eq!(done.findings(), expected, "{path}");
    }
    let absolute = folder.path("Dockerfile");
    assert_eq!(folder.findings(&format!("{TWO} {}", absolute.display())), expected);
    let walked = folder.check_in("deploy", &format!("{TWO} --output-format json .. ../Dockerfile ."));
    assert_eq!(walked.findings(), [expected[0], "deploy/pod.yaml:8:35 privileged-container"], "each once");
    let elsewhere = Folder::repository();
    let outside = elsewhere.findings(&format!("{TWO} {}", absolute.display()));
    assert_eq!(outside, [format!("{}:1:6 latest-base-image", absolute.display())]);
}

#[test]
fn excluded_files_are_read_when_named_unless_force_exclude() {
    let folder = both();
    folder.write("deploy/old/pod.yaml", POD).write("deploy/new/pod.yaml", POD);
    let left = |words: &str| folder.findings(&format!("{TWO} {words}")).len();
    assert_eq!(left(""), 4);
    assert_eq!(left("--exclude pod.yaml"), 1, "without a slash at any depth");
    assert_eq!(left("--exclude deploy/old/"), 3);
    assert_eq!(left("--exclude old --exclude new"), 2);
    assert_eq!(left("--exclude deploy/*"), 1);
    assert_eq!(left("--exclude deploy deploy/pod.yaml"), 1, "named");
    let forced = folder.check(&format!("{TWO} --output-format json --force-exclude --exclude deploy deploy/pod.yaml"));
    assert_eq!(forced.code, 0);
    assert_eq!(forced.skipped(), ["deploy/pod.yaml: excluded"]);
    folder.write("vendor/x/Dockerfile", DOCKERFILE);
    let vendored = folder.check(&format!("{TWO} --output-format json --force-exclude vendor/x/Dockerfile"));
    assert_eq!(vendored.skipped(), ["vendor/x/Dockerfile: vendored folder"]);
    let below = folder.check_in("deploy", &format!("{TWO} --output-format json --exclude ./old/pod.yaml"));
    assert_eq!(below.findings().len(), 2, "relative to where it is typed");
}

// Selection

#[test]
fn selectors_are_names_ids_groups_families_and_tiers() {
    let folder = both();
    let found = |words: &str| -> Vec<String> {
        let found = folder.findings(words);
        let ours = found.iter().filter_map(|one| one.split_once(' ').map(|(_, rule)| rule.to_owned()));
        ours.filter(|rule| rule == "latest-base-image" || rule == "privileged-container").collect()
    };
    let (image, pod) = ("latest-base-image", "privileged-container");
    assert_eq!(found(""), [image, pod]);
    for word in [image, "DL3007", "dl3007", "hadolint:DL3007", "hadolint", "reproducibility"] {
        assert_eq!(found(&format!("--select {word}")), [image], "{word}");
    }
    for word in [pod, "CKV_K8S_16", "kube-linter", "pss:baseline", "pss:restricted", "pod-security"] {
        assert_eq!(found(&format!("--select {word}")), [pod], "{word}");
    }
    for word in ["all", "default", "DL3007,pss:baseline", "hadolint --extend-select pss:baseline"] {
        assert_eq!(found(&format!("--select {word}")), [image, pod], "{word}");
    }
    assert_eq!(found("--select pedantic"), [""; 0]);
    assert_eq!(found("--select hadolint --select kube-linter"), [image, pod]);
}

#[test]
fn the_most_specific_selector_wins_and_ignoring_wins_a_tie() {
    let folder = dockerfile();
    for (words, runs) in [
        ("--select default --ignore reproducibility", false),
        ("--select reproducibility --ignore default", true),
        ("--select reproducibility --ignore hadolint", false),
        ("--select latest-base-image --ignore hadolint", true),
        ("--select latest-base-image --ignore all", true),
        ("--select latest-base-image --ignore DL3007", false),
        ("--select DL3007 --ignore latest-base-image", false),
        ("--select hadolint --ignore DL3007", false),
        ("--select all --ignore default", false),
        ("--select all --ignore all", false),
        ("--select default --ignore all", true),
        ("--select pedantic --extend-select latest-base-image", true),
    ] {
        let found = folder.findings(words);
        assert_eq!(found.iter().any(|one| one.ends_with(" latest-base-image")), runs, "{words}: {found:?}");
    }
}

#[test]
fn an_unknown_selector_is_exit_2_with_what_was_meant() {
    let folder = dockerfile();
    for (words, said) in [
        (
            "--select latest-base-imag",
            "`--select`: unknown rule or group `latest-base-imag`; did you mean `latest-base-image`?",
        ),
        ("--extend-select DL30O7", "did you mean `DL3007`?"),
        ("--ignore hadolin", "did you mean `hadolint`?"),
        ("--select zzzzzzzz", "unknown rule or group `zzzzzzzz`; `shipworthy rules` lists what there is"),
    ] {
        let done = folder.check(words);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{words}");
        assert!(done.err.contains(said), "{words}: {}", done.err);
    }
    assert_eq!(Folder::repository().check("--select latest-base-imag").code, 2, "without any file too");
}

#[test]
fn a_bare_id_of_two_tools_must_say_which() {
    let named = |name: &'static str, alias: &'static str| {
        let alias: &'static [Cow<'static, str>] = vec![Cow::Borrowed(alias)].leak();
        let meta = shipworthy::rules::all().next().unwrap().meta.clone();
        Arc::new(Meta { name: name.into(), aliases: Cow::Borrowed(alias), ..meta })
    };
    let rules = [named("a-fault", "one:X1"), named("b-fault", "two:X1")];
    let error = Selector::parse("x1", &rules).unwrap_err();
    assert_eq!(error, "`x1` is an id of several tools; say which: one:x1, two:x1");
    assert!(Selector::parse("TWO:X1", &rules).unwrap().matches(&rules[1]));
}

#[test]
fn rules_of_the_engine_are_silenced_by_their_own_name_only() {
    let folder = Folder::repository();
    folder.write("Dockerfile", "FROM debian:12.11-slim\nNONSENSE\n");
    let runs = |words: &str| folder.findings(words).iter().any(|one| one.ends_with("parse-error"));
    assert!(runs("--select latest-base-image"));
    assert!(runs("--ignore engine") && runs("--ignore all"));
    assert!(!runs("--ignore parse-error"));
    for (config, on) in [
        ("severity: {all: off}", true),
        ("severity: {engine: off}", true),
        ("severity: {parse-error: off}", false),
        ("ignore: [parse-error]", false),
    ] {
        folder.write(".shipworthy.yaml", config);
        assert_eq!(runs(""), on, "{config}");
    }
}

// Configuration

#[test]
fn configuration_files_merge_down_to_the_file_and_root_true_stops() {
    let folder = Folder::repository();
    for path in ["Dockerfile", "a/Dockerfile", "a/b/Dockerfile"] {
        folder.write(path, DOCKERFILE);
    }
    folder.write(".shipworthy.yaml", "select: [latest-base-image]\nseverity: {latest-base-image: low}\n");
    folder.write("a/.shipworthy.yml", "severity: {latest-base-image: high}\n");
    folder.write("a/b/.shipworthy.yaml", "root: true\nselect: [latest-base-image]\n");
    let severities = || -> Vec<String> {
        let json = folder.check("--output-format json").json();
        let found = json["findings"].as_array().unwrap().iter();
        found.map(|one| format!("{} {}", one["path"].as_str().unwrap(), one["severity"].as_str().unwrap())).collect()
    };
    assert_eq!(severities(), ["Dockerfile low", "a/Dockerfile high", "a/b/Dockerfile medium"]);
    folder.write("a/.shipworthy.yml", "severity: {latest-base-image: off}\n");
    assert_eq!(severities(), ["Dockerfile low", "a/b/Dockerfile medium"]);
    let from_below = folder.check_in("a/b", "--output-format json ..");
    assert_eq!(from_below.findings(), ["a/b/Dockerfile:1:6 latest-base-image"], "wherever the run begins");
}

#[test]
fn severity_goes_by_the_most_specific_selector() {
    let folder = dockerfile();
    let severity = |config: &str| {
        folder.write(".shipworthy.yaml", config);
        folder.check("--select latest-base-image --output-format json").json()["findings"][0]["severity"].clone()
    };
    assert_eq!(severity("severity: {all: info, reproducibility: high}"), "high");
    assert_eq!(severity("severity: {DL3007: critical, reproducibility: high}"), "critical");
    assert_eq!(severity("severity: {default: low, all: high}"), "low");
    assert_eq!(severity("severity: {reproducibility: off}"), serde_json::Value::Null);
    let json = folder.check("--select latest-base-image --output-format json").json();
    assert_eq!(json["findings"].as_array().unwrap().len(), 0);
    folder.write(".shipworthy.yaml", "severity: {DL3007: low}");
    let json = folder.check("--output-format json --select DL3007").json();
    assert_eq!(json["findings"][0]["default_severity"], "medium");
}

#[test]
fn the_command_line_select_replaces_the_configured_and_ignore_adds() {
    let folder = both();
    folder.write(".shipworthy.yaml", "select: [privileged-container]\n");
    assert_eq!(folder.findings(""), ["deploy/pod.yaml:8:35 privileged-container"]);
    assert_eq!(folder.findings("--select DL3007"), ["Dockerfile:1:6 latest-base-image"]);
    assert_eq!(folder.findings("--extend-select DL3007").len(), 2);
    folder.write(".shipworthy.yaml", "extend-select: [privileged-container]\nignore: [latest-base-image]\n");
    assert_eq!(folder.findings("--select DL3007"), [""; 0], "what is ignored stays ignored");
    assert_eq!(folder.findings(&format!("{TWO} --ignore privileged-container")), [""; 0]);
}

#[test]
fn isolated_reads_no_configuration() {
    let folder = dockerfile();
    folder.write(".shipworthy.yaml", "ignore: [latest-base-image]\n");
    assert_eq!(folder.check("--select latest-base-image").code, 0);
    assert_eq!(folder.check("--select latest-base-image --isolated").code, 1);
    folder.write(".shipworthy.yaml", "nonsense: [\n");
    assert_eq!(folder.check("--select latest-base-image").code, 2);
    assert_eq!(folder.check("--select latest-base-image --isolated").code, 1);
}

#[test]
fn nothing_is_read_from_the_home_directory_or_above_the_repository() {
    let outer = Folder::loose();
    outer.write(".shipworthy.yaml", "ignore: [latest-base-image]\n").write("repo/Dockerfile", DOCKERFILE);
    let done = run(outer.command("repo").env("HOME", outer.path("")).args(["check", TWO]));
    assert_eq!(done.code, 1, "in no repository");
    std::fs::create_dir(outer.path("repo/.git")).unwrap();
    assert_eq!(outer.check_in("repo", TWO).code, 1);
    assert_eq!(outer.check(&format!("{TWO} --isolated repo/Dockerfile")).code, 1);
}

#[test]
fn mistakes_in_the_configuration_are_exit_2_and_say_what_was_meant() {
    let folder = dockerfile();
    for (config, said) in [
        ("extendselect: [all]\n", "unknown key `extendselect`; did you mean `extend-select`?"),
        ("fail_on: high\n", "line 1: unknown key `fail_on`; did you mean `fail-on`?"),
        ("fail-on: worst\n", "`fail-on`: unknown severity `worst`"),
        ("select: [DL30O7]\n", "`select`: unknown rule or group `DL30O7`; did you mean `DL3007`?"),
        ("ignore: [latest]\n", "`ignore`: unknown rule or group `latest`"),
        ("severity: {latest-base-image: wrong}\n", "`severity.latest-base-image`: unknown severity `wrong`"),
        ("rules: {latest-base-imag: {}}\n", "did you mean `latest-base-image`?"),
        (
            "rules: {latest-base-image: {alow: [a]}}\n",
            "unknown key `rules.latest-base-image.alow`; did you mean `allow`?",
        ),
        ("rules: {latest-base-image: {allow: 3}}\n", "`rules.latest-base-image.allow` wants a list of texts"),
        ("kubernetes-version: '9'\n", "`kubernetes-version`: unknown Kubernetes version `9`"),
        ("exclude: ['[']\n", "`exclude`"),
        ("select: [\n", ".shipworthy.yaml"),
    ] {
        folder.write(".shipworthy.yaml", config);
        let done = folder.check("");
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{config}");
        assert!(done.err.contains(said) && done.err.contains(".shipworthy.yaml"), "{config}: {}", done.err);
    }
}

#[test]
fn keys_of_the_whole_run_count_in_the_root_file_only() {
    let folder = dockerfile();
    folder.write("a/Dockerfile", DOCKERFILE);
    for config in ["fail-on: high\n", "policies: [x.yaml]\n", "root: true\nfail-on: high\n"] {
        folder.write("a/.shipworthy.yaml", config);
        let done = folder.check("");
        assert_eq!(done.code, 2, "{config}");
        assert!(done.err.contains("concerns the whole run; move it to the root configuration file"), "{}", done.err);
    }
}

#[test]
fn exclude_of_a_nested_configuration_is_relative_to_it() {
    let folder = Folder::repository();
    for path in ["Dockerfile", "a/Dockerfile", "a/old/Dockerfile", "a/x/old/Dockerfile", "old/Dockerfile"] {
        folder.write(path, DOCKERFILE);
    }
    folder.write("a/.shipworthy.yaml", "exclude: [old/]\n");
    assert_eq!(folder.findings(TWO).len(), 3);
    folder.write("a/.shipworthy.yaml", "exclude: [./old/Dockerfile]\n");
    assert_eq!(folder.findings(TWO).len(), 4);
    assert_eq!(folder.findings(&format!("{TWO} a/old/Dockerfile")).len(), 1);
    let forced = folder.check(&format!("{TWO} --output-format json --force-exclude a/old/Dockerfile"));
    assert_eq!(forced.skipped(), ["a/old/Dockerfile: excluded"]);
}

// Scope

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
";

#[test]
fn rules_about_what_is_missing_are_silent_where_not_everything_is_known() {
    let folder = Folder::repository();
    folder
        .write("deploy/service.yaml", SERVICE)
        .write(".shipworthy.yaml", "ignore: [default]\nextend-select: [reference]\n");
    let about = |done: &crate::support::program::Done| {
        done.findings().iter().filter(|one| one.ends_with(" dangling-service")).count()
    };
    let whole = folder.check("--output-format json");
    assert_eq!(about(&whole), 1, "the walk of the repository");
    assert_eq!(about(&folder.check("--output-format json .")), 1);
    for words in ["deploy", "deploy/service.yaml", "deploy/service.yaml deploy"] {
        let part = folder.check(&format!("--output-format json {words}"));
        assert_eq!(about(&part), 0, "{words}");
        let undecided = part.json()["summary"]["undecided"].to_string();
        assert!(undecided.contains("dangling-service"), "{words}: the summary says so: {undecided}");
    }
    assert_eq!(about(&folder.check_in("deploy", "--output-format json")), 0, "a folder of a repository");
    assert_eq!(about(&folder.check("--output-format json --context . deploy/service.yaml")), 1);
    let asked = folder.check("--output-format json --select dangling-service deploy/service.yaml");
    assert_eq!(about(&asked), 1, "asked for by name on the command line");
    folder.write(".shipworthy.yaml", "select: [dangling-service]\n");
    assert_eq!(about(&folder.check("--output-format json deploy/service.yaml")), 0, "not by the configuration");
    let stdin = run(folder
        .command("")
        .args(["check", "--output-format", "json", "--stdin-filename", "deploy/service.yaml", "-"])
        .write_stdin(SERVICE));
    assert_eq!(about(&stdin), 0);
}

#[test]
fn rules_about_what_is_missing_are_silent_where_a_file_could_not_be_read() {
    let folder = Folder::repository();
    folder.write("service.yaml", SERVICE);
    let reported = || folder.findings("").iter().any(|one| one.ends_with(" dangling-service"));
    assert!(reported());
    folder.write("pods.yaml", [0xff, 0xfe, 0x61, 0x00]);
    assert!(!reported(), "the pods may be in there");
    assert!(
        folder.check("--output-format json").json()["summary"]["undecided"].to_string().contains("dangling-service")
    );
    folder.write("pods.yaml", "replicas: 3\n");
    assert!(reported(), "a file without objects is known");
}

#[test]
fn context_is_known_and_never_reported() {
    let folder = both();
    folder.write("service.yaml", SERVICE);
    folder.write("deploy/pod.yaml", POD.replace("{name: web}", "{name: web, labels: {app: web}}"));
    let words = "--select dangling-service,privileged-container service.yaml";
    assert_eq!(folder.findings(words).len(), 1);
    assert_eq!(folder.findings(&format!("{words} --context deploy")).len(), 0, "the pod is known, not reported");
    assert_eq!(folder.check(&format!("{words} --context gone")).code, 2);
}

// Standard input

#[test]
fn standard_input_stands_for_a_file_that_may_be_named() {
    let folder = both();
    folder.write("deploy/.shipworthy.yaml", "severity: {privileged-container: low}\n");
    let read = |words: &str, text: &str| {
        let words = ["check", TWO, "--output-format", "json"].into_iter().chain(words.split_whitespace());
        run(folder.command("").args(words).write_stdin(text))
    };
    assert_eq!(read("-", DOCKERFILE).findings(), ["<stdin>:1:6 latest-base-image"]);
    assert_eq!(read("-", POD).findings(), ["<stdin>:8:35 privileged-container"]);
    let named = read("- --stdin-filename deploy/x.yaml", POD);
    assert_eq!(named.findings(), ["deploy/x.yaml:8:35 privileged-container"]);
    assert_eq!(named.json()["findings"][0]["severity"], "low", "by the configuration of its folder");
    assert_eq!(
        read("- --stdin-filename app.Dockerfile", DOCKERFILE).findings(),
        ["app.Dockerfile:1:6 latest-base-image"]
    );
    let neither = read("-", "hello\n");
    assert_eq!((neither.code, neither.skipped()), (0, vec!["<stdin>: neither a Dockerfile nor a manifest".to_owned()]));
    assert_eq!(read("-", "").code, 0);
    assert_eq!(read("- Dockerfile", POD).findings().len(), 2, "beside named files");
}

// Templates and fragments

#[test]
fn templates_of_a_chart_are_skipped_and_counted_for_a_single_named_file_too() {
    for folder in [Folder::repository(), Folder::loose()] {
        folder.write("chart/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");
        folder.write("chart/templates/sub/pod.yaml", POD).write("other/templates/pod.yaml", POD);
        let skipped = "chart/templates/sub/pod.yaml: template";
        let walked = folder.check(&format!("{TWO} --output-format json"));
        assert_eq!(walked.findings(), ["other/templates/pod.yaml:8:35 privileged-container"]);
        assert_eq!(walked.skipped(), [skipped]);
        let named = folder.check(&format!("{TWO} --output-format json chart/templates/sub/pod.yaml"));
        assert_eq!((named.code, named.skipped()), (0, vec![skipped.to_owned()]));
        let inside = folder.check_in("chart/templates/sub", &format!("{TWO} --output-format json pod.yaml"));
        assert_eq!(inside.code, 0, "from inside the chart");
        let elsewhere = Folder::repository();
        let outside = folder.path("chart/templates/sub/pod.yaml");
        assert_eq!(elsewhere.check(&format!("{TWO} {}", outside.display())).code, 0, "from elsewhere");
    }
}

#[test]
fn a_document_with_template_structure_is_skipped_and_one_unknown_value_is_not() {
    let folder = Folder::repository();
    let labels = POD.replace("{name: web}", "\n  name: web\n  {{- include \"labels\" . }}");
    folder.write("structure.yaml", &labels).write("lines.yaml", format!("{{{{- if .on }}}}\n{POD}{{{{- end }}}}\n"));
    folder.write("jinja.yaml", format!("{{% if on %}}\n{POD}{{% endif %}}\n"));
    folder.write("value.yaml", POD.replace("example.com/web:1.4", "\"{{ image }}\""));
    folder.write("second.yaml", format!("{labels}---\n{POD}"));
    let done = folder.check(&format!("{TWO} --output-format json"));
    assert_eq!(
        done.findings(),
        ["second.yaml:19:35 privileged-container", "value.yaml:8:35 privileged-container"],
        "{done:#?}"
    );
    let files: Vec<_> = done.skipped();
    for file in ["structure.yaml", "lines.yaml", "jinja.yaml", "second.yaml"] {
        assert!(files.contains(&format!("{file}: template")), "{file}: {files:?}");
    }
}

#[test]
fn patches_are_skipped_and_counted() {
    let folder = Folder::repository();
    folder.write("base/kustomization.yaml", "resources: [pod.yaml]\npatches: [{path: change.yaml}]\n");
    folder.write("base/pod.yaml", POD).write("base/change.yaml", POD);
    folder.write("imageless.yaml", POD.replace("    image: example.com/web:1.4\n", ""));
    folder.write("directive.yaml", POD.replace("spec:\n", "spec:\n  $patch: replace\n"));
    let done = folder.check(&format!("{TWO} --output-format json"));
    assert_eq!(done.findings(), ["base/pod.yaml:8:35 privileged-container"]);
    assert_eq!(done.skipped(), ["base/change.yaml: patch", "directive.yaml: patch", "imageless.yaml: patch"]);
    assert_eq!(folder.check(&format!("{TWO} base/change.yaml")).code, 0, "named alone too");
}

// A run that goes on

#[test]
fn a_bad_line_never_silences_a_file_and_a_bad_file_never_a_run() {
    let folder = both();
    folder.write("bad/Dockerfile", "FROM debian:latest\nCOPPY a b\nFROM node:latest\n");
    folder.write("bad/pod.yaml", format!("a: [\n---\n{POD}"));
    let found = folder.findings(TWO);
    assert_eq!(found.iter().filter(|one| one.ends_with("latest-base-image")).count(), 3, "{found:?}");
    assert_eq!(found.iter().filter(|one| one.ends_with("privileged-container")).count(), 2, "{found:?}");
    assert_eq!(found.iter().filter(|one| one.ends_with("parse-error")).count(), 2, "{found:?}");
    assert_eq!(folder.check("--select parse-error --fail-on high").code, 1, "a syntax error is severe");
}

/// Runs `checks` as the only rule, over three Dockerfiles.
fn with_rule(checks: &'static [Check]) -> Report {
    let folder = Folder::repository();
    for path in ["a/Dockerfile", "b/Dockerfile", "c/Dockerfile"] {
        folder.write(path, if path.starts_with('b') { "FROM b\n" } else { DOCKERFILE });
    }
    let template = shipworthy::rules::all().find(|rule| rule.meta.name == "latest-base-image").unwrap();
    let meta = Meta { name: "of-the-test".into(), ..template.meta.clone() };
    let mut rules: Vec<Rule> = shipworthy::rules::all().cloned().collect();
    rules.push(Rule { meta, checks: Cow::Borrowed(checks) });
    let select = vec!["of-the-test".to_owned(), "latest-base-image".to_owned()];
    let root = folder.path("");
    let mut configs = Configs::new(root.clone(), CommandLine { select, ..CommandLine::default() });
    let file = |path: &str| InputFile {
        path: root.join(path),
        shown: path.to_owned(),
        kind: Some(shipworthy::discover::FileKind::Dockerfile),
        named: false,
        reported: true,
        bytes: None,
    };
    let input = Input {
        files: ["a/Dockerfile", "b/Dockerfile", "c/Dockerfile"].map(file).into(),
        root: root.clone(),
        complete: true,
        skipped: Vec::new(),
        today: jiff::civil::date(2026, 11, 22),
        early: Vec::new(),
        progress: None,
    };
    analyze(input, &rules, &mut configs).unwrap()
}

#[test]
fn a_panic_is_one_finding_and_the_rest_of_the_run_is_complete() {
    fn check(view: InstructionView<'_>, _: &mut Sink<'_>) {
        assert!(!view.text(view.instruction.span).ends_with(" b"), "it broke");
    }
    let report = with_rule(&[Check::Instruction(&[Keyword::From], check)]);
    let found: Vec<String> =
        report.diagnostics.iter().map(|one| format!("{} {}", one.primary.path, one.rule.name)).collect();
    assert_eq!(
        found,
        ["a/Dockerfile latest-base-image", "b/Dockerfile internal-error", "c/Dockerfile latest-base-image"]
    );
    assert_eq!(report.errors, ["b/Dockerfile: internal error: it broke; please report it"]);
}

#[test]
fn the_day_of_the_run_reaches_the_rules() {
    fn check(view: InstructionView<'_>, sink: &mut Sink<'_>) {
        let today = sink.environment.today;
        sink.report(view.instruction.keyword_span, format!("it is {today}"));
    }
    let report = with_rule(&[Check::Instruction(&[Keyword::From], check)]);
    assert!(report.diagnostics.iter().any(|one| one.message == "it is 2026-11-22"));
}

#[test]
fn one_file_has_at_most_ten_thousand_findings_and_says_how_many_there_were() {
    let folder = Folder::repository();
    folder.write("Dockerfile", DOCKERFILE.repeat(10_050)).write("other/Dockerfile", DOCKERFILE);
    let done = folder.check(&format!("{TWO} --output-format json"));
    let found = done.findings();
    assert_eq!(found.len(), 10_002);
    assert!(done.out.contains("the file has 10050 findings; those from here on are not shown"));
    assert!(found.contains(&"Dockerfile:10001:6 too-many-findings".to_owned()));
    assert!(found.contains(&"other/Dockerfile:1:6 latest-base-image".to_owned()));
}

#[test]
fn the_output_is_the_same_bytes_with_one_thread_and_with_many() {
    let folder = Folder::repository();
    for number in 0..40 {
        folder.write(&format!("{number}/Dockerfile"), DOCKERFILE).write(&format!("{number}/pod.yaml"), POD);
    }
    for format in FORMATS {
        let with = |threads: &str| folder.check(&format!("--output-format {format} {threads}")).out;
        let one = with("--threads 1");
        assert!(!one.is_empty() && one == with("--threads 8") && one == with(""), "{format}");
        assert!(one == with("--threads 0") && one == with("--threads 100000"), "{format}: as many as make sense");
    }
}

// The other commands

#[test]
fn explain_and_rules_and_schema_print_and_exit_0_or_say_what_was_meant() {
    let folder = Folder::loose();
    let print = |words: &str| run(folder.command("").args(words.split(' ')));
    for word in ["latest-base-image", "DL3007", "hadolint:dl3007"] {
        let page = print(&format!("explain {word}"));
        assert_eq!(page.code, 0);
        assert!(page.out.starts_with("# latest-base-image\n") && page.out.contains("## Why"), "{}", page.out);
    }
    let unknown = print("explain latest-base-imag");
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("did you mean `latest-base-image`?"), "{}", unknown.err);
    assert_eq!(print("explain hadolint").code, 2);
    assert!(print("rules").out.lines().any(|line| line.starts_with("latest-base-image ")));
    let rules = print("rules --output-format json").json();
    assert!(rules.as_array().unwrap().iter().any(|rule| rule["name"] == "latest-base-image"));
    for of in ["findings", "config", "rule"] {
        print(&format!("schema {of}")).json();
    }
    assert_eq!((print("--version").code, print("--help").code, print("check --help").code), (0, 0, 0));
    assert_eq!(run(&mut folder.command("")).code, 2, "no command");
}
