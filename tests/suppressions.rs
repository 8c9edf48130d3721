//! Suppressions: every place where one may stand, and how far it reaches (section "Suppressions" of the contract).

use crate::support::program::{DOCKERFILE, Folder, POD, TWO};

/// What is left of the findings in one file, as `line rule`.
fn left(path: &str, text: &str) -> Vec<String> {
    let folder = Folder::repository();
    folder.write(path, text);
    let found = folder.findings(TWO);
    found.iter().map(|one| one[path.len() + 1..].replacen(':', " ", 2)).map(|one| drop_column(&one)).collect()
}

fn drop_column(one: &str) -> String {
    let mut words = one.split(' ');
    let (line, rule) = (words.next().unwrap(), words.next_back().unwrap());
    format!("{line} {rule}")
}

#[track_caller]
fn dockerfile(text: &str, expected: &[&str]) {
    assert_eq!(left("Dockerfile", text), expected, "{text}");
}

#[track_caller]
fn yaml(text: &str, expected: &[&str]) {
    assert_eq!(left("pod.yaml", text), expected, "{text}");
}

#[test]
fn in_yaml_at_the_end_of_the_line() {
    let at_end = |comment: &str| POD.replace("{privileged: true}", &format!("{{privileged: true}} {comment}"));
    yaml(POD, &["8 privileged-container"]);
    yaml(&at_end("# shipworthy: ignore[privileged-container] the agent needs the host"), &[]);
    yaml(&at_end("#shipworthy:ignore[privileged-container]"), &[]);
    yaml(&at_end("# shipworthy: ignore[ CKV_K8S_16 , DL3007 ]"), &[]);
    yaml(&at_end("# shipworthy: ignore[kube-linter]"), &[]);
    yaml(&at_end("# shipworthy: ignore[latest-base-image]"), &["8 privileged-container"]);
    yaml(
        &POD.replace("name: web\n    image", "name: web # shipworthy: ignore[privileged-container]\n    image"),
        &["8 privileged-container"],
    );
}

#[test]
fn in_yaml_on_a_line_of_its_own_above_an_entry_or_an_item() {
    let above = |line: &str| {
        let indent = &line[..line.len() - line.trim_start().len()];
        POD.replacen(line, &format!("{indent}# shipworthy: ignore[privileged-container] why\n{line}"), 1)
    };
    for line in ["    securityContext:", "  - name: web", "  containers:", "spec:", "apiVersion:"] {
        yaml(&above(line), if line == "apiVersion:" { &["9 privileged-container"] } else { &[] });
    }
    yaml(&above("    image:"), &["9 privileged-container"]);
    yaml(&above("metadata:"), &["9 privileged-container"]);
    let two = POD.replace("  containers:\n", "  containers:\n  # shipworthy: ignore[privileged-container]\n")
        + "  - name: log\n    image: example.com/log:2.1\n    securityContext: {privileged: true}\n";
    yaml(&two, &["12 privileged-container"]);
    let documents = format!("{POD}# shipworthy: ignore[privileged-container]\n---\n{POD}---\n{POD}");
    yaml(&documents, &["8 privileged-container", "27 privileged-container"]);
}

#[test]
fn in_a_dockerfile_above_an_instruction_with_other_comments_between() {
    dockerfile(DOCKERFILE, &["1 latest-base-image"]);
    dockerfile("# shipworthy: ignore[DL3007] we test against it\nFROM debian:latest\n", &[]);
    dockerfile("# shipworthy: ignore[DL3007]\n# the newest one\n\n# of all\nFROM debian:latest\n", &[]);
    dockerfile("# shipworthy: ignore[DL3007]\nARG A=1\nFROM debian:latest\n", &["3 latest-base-image"]);
}

#[test]
fn in_a_dockerfile_above_from_for_the_whole_stage() {
    let stages = "# shipworthy: ignore[all]\nFROM debian:latest AS a\nRUN true\nFROM node:latest\n";
    dockerfile(stages, &["4 latest-base-image"]);
    let broken = "FROM debian:12.11-slim\nCOPPY a\n# shipworthy: ignore[parse-error]\nFROM debian:12.11-slim AS b\nRUN true\nCOPPY b\n";
    dockerfile(broken, &["2 parse-error"]);
}

#[test]
fn in_a_dockerfile_inside_a_continuation_for_the_next_line() {
    dockerfile("FROM \\\n# shipworthy: ignore[DL3007]\n  debian:latest \\\n  AS a\n", &[]);
    dockerfile("FROM \\\n# shipworthy: ignore[DL3007]\n# another\n  debian:latest\n", &[]);
    dockerfile(
        "FROM --platform=linux/amd64 \\\n  debian:latest \\\n# shipworthy: ignore[DL3007]\n  AS a\n",
        &["2 latest-base-image"],
    );
}

#[test]
fn in_a_dockerfile_a_comment_after_the_instruction_is_no_comment() {
    let text = "FROM debian:latest # shipworthy: ignore[DL3007]\n";
    assert!(left("Dockerfile", text).iter().any(|one| one.ends_with("latest-base-image")));
}

#[test]
fn ignore_file_counts_in_the_comments_at_the_top() {
    dockerfile("# why\n# shipworthy: ignore-file[DL3007] generated\nFROM debian:latest\nFROM node:latest\n", &[]);
    dockerfile(
        "FROM debian:latest\n# shipworthy: ignore-file[DL3007]\nFROM node:latest\n",
        &["1 latest-base-image", "2 invalid-suppression", "3 latest-base-image"],
    );
    yaml(&format!("# shipworthy: ignore-file[privileged-container]\n{POD}---\n{POD}"), &[]);
    yaml(&format!("---\n# shipworthy: ignore-file[privileged-container]\n{POD}"), &[]);
    yaml(
        &POD.replace("spec:\n", "# shipworthy: ignore-file[privileged-container]\nspec:\n"),
        &["4 invalid-suppression", "9 privileged-container"],
    );
}

#[test]
fn the_annotation_silences_its_object_alone() {
    let with = |value: &str| {
        POD.replace("{name: web}", &format!("{{name: web, annotations: {{shipworthy.dev/ignore: {value}}}}}"))
    };
    yaml(&with("privileged-container"), &[]);
    yaml(&with("\"DL3007, CKV_K8S_16\""), &[]);
    yaml(&with("DL3007"), &["8 privileged-container"]);
    yaml(&format!("{}---\n{POD}", with("privileged-container")), &["17 privileged-container"]);
    let json = r#"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"w","annotations":{"shipworthy.dev/ignore":"privileged-container"}},
        "spec":{"containers":[{"name":"w","image":"example.com/w:1.4","securityContext":{"privileged":true}}]}}"#;
    assert_eq!(left("pod.json", json), [""; 0]);
    assert_eq!(left("pod.json", &json.replace("/ignore", "/other")), ["2 privileged-container"]);
}

#[test]
fn an_unknown_rule_is_reported_where_it_is_written_and_the_others_work() {
    let folder = Folder::repository();
    folder.write("Dockerfile", "# shipworthy: ignore[DL3007, latest-base-imag]\nFROM debian:latest\n");
    folder.write(
        "pod.yaml",
        POD.replace("{name: web}", "{name: web, annotations: {shipworthy.dev/ignore: 'CKV_K8S_16, nope'}}"),
    );
    let done = folder.check(&format!("{TWO} --output-format json"));
    assert_eq!(done.findings(), ["Dockerfile:1:30 invalid-suppression", "pod.yaml:3:73 invalid-suppression"]);
    for (number, (path, word)) in [("Dockerfile", "latest-base-imag"), ("pod.yaml", "nope")].into_iter().enumerate() {
        let finding = &done.json()["findings"][number];
        let offset = |end: &str| finding[end]["offset"].as_u64().unwrap() as usize;
        assert_eq!(&folder.read(path)[offset("start")..offset("end")], word);
    }
    assert!(done.out.contains("did you mean `latest-base-image`?"), "{}", done.out);
}

#[test]
fn a_suppression_without_a_list_is_invalid() {
    for comment in ["ignore[] because", "ignore[ ]", "ignore", "ignore because", "ignore-file", "ignroe[DL3007]", "off"]
    {
        dockerfile(
            &format!("# shipworthy: {comment}\nFROM debian:latest\n"),
            &["1 invalid-suppression", "2 latest-base-image"],
        );
    }
    dockerfile("# shipworthy is a linter\n# see shipworthy: it lints\nFROM debian:latest\n", &["3 latest-base-image"]);
}

#[test]
fn a_word_about_suppressions_inside_a_text_is_none() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a: |\n    # shipworthy: ignore[nope]\n";
    yaml(text, &[]);
    dockerfile("FROM debian:12.11-slim\nRUN <<EOF\n# shipworthy: ignore[nope]\nEOF\n", &[]);
}

#[test]
fn a_finding_is_silenced_at_a_related_place_in_another_file() {
    let folder = Folder::repository();
    folder.write("web/Dockerfile", "FROM node:22.11-alpine\nUSER node\n");
    let pod = POD.replace("{privileged: true}", "{runAsNonRoot: true}");
    folder.write("deploy/pod.yaml", &pod);
    let select = "--select image-user-vs-run-as-non-root";
    assert_eq!(folder.findings(select), ["deploy/pod.yaml:8:37 image-user-vs-run-as-non-root"]);
    folder.write(
        "web/Dockerfile",
        "FROM node:22.11-alpine\n# shipworthy: ignore[image-user-vs-run-as-non-root] 1000 in the image\nUSER node\n",
    );
    let done = folder.check(&format!("{select} --output-format json"));
    assert_eq!(done.findings(), [""; 0]);
    folder.write("web/Dockerfile", "FROM node:22.11-alpine\nUSER node\n");
    // A related place in the same file does not count: the comment would say nothing about the value at fault.
    let labelled =
        pod.replace("example.com/web:1.4", "example.com/web:1.4 # shipworthy: ignore[image-user-vs-run-as-non-root]");
    folder.write("deploy/pod.yaml", labelled);
    assert_eq!(folder.findings(select).len(), 1);
}

#[test]
fn what_is_suppressed_is_counted() {
    let folder = Folder::repository();
    folder.write("Dockerfile", "# shipworthy: ignore[DL3007]\nFROM debian:latest\n");
    let done = folder.check(TWO);
    assert_eq!(done.code, 0);
    assert!(done.out.contains("1 suppressed"), "{}", done.out);
}
