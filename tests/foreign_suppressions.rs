//! What people wrote for other tools silences our rules, with the reach those tools give it.

use crate::support::Run;

/// The rules found in a file of this name and text, when all rules run.
fn rules(path: &str, text: &str) -> Vec<String> {
    let run = Run::new(&["all"]);
    run.write(path, text);
    run.report(None).diagnostics.iter().map(|found| found.rule.name.to_string()).collect()
}

fn has(found: &[String], rule: &str) -> bool {
    found.iter().any(|name| name == rule)
}

#[test]
fn hadolint_pragmas_cover_the_next_instruction_the_stage_or_the_file() {
    let plain = "FROM debian:latest\nRUN true\nFROM debian:latest\n";
    let count = |text: &str| rules("Dockerfile", text).iter().filter(|name| *name == "latest-base-image").count();
    assert_eq!(count(plain), 2);
    assert_eq!(count(&format!("# hadolint ignore=DL3007,SC2086 # why\n{plain}")), 1);
    assert_eq!(count(&format!("# hadolint ignore = DL3007\n# another comment\n{plain}")), 1);
    assert_eq!(count(&format!("{plain}# hadolint global ignore=DL3007\n")), 0);
    assert_eq!(count(&format!("# hadolint ignore=DL9999\n{plain}")), 2);
}

#[test]
fn a_check_directive_skips_in_the_file_and_a_check_comment_below_it() {
    let text = "FROM debian:12.11-slim\nWORKDIR relative\n";
    assert!(has(&rules("Dockerfile", text), "relative-workdir"));
    let above = "FROM debian:12.11-slim\n# check=skip=WorkdirRelativePath // the base sets one\nWORKDIR relative\n";
    assert!(!has(&rules("Dockerfile", above), "relative-workdir"));
    let directive = format!("# check=skip=WorkdirRelativePath;error=true\n{text}");
    assert!(!has(&rules("Dockerfile", &directive), "relative-workdir"));
    assert!(!has(&rules("Dockerfile", &format!("# check=skip=all\n{text}")), "relative-workdir"));
}

#[test]
fn checkov_and_trivy_comments_count_in_dockerfiles() {
    let text = "FROM debian:latest\nRUN true\n";
    assert!(!has(&rules("Dockerfile", &format!("{text}# checkov:skip=CKV_DOCKER_7:we follow\n")), "latest-base-image"));
    assert!(!has(&rules("Dockerfile", &format!("# trivy:ignore:AVD-DS-0001\n{text}")), "latest-base-image"));
    let expired = format!("# trivy:ignore:DS-0001:exp:2020-01-01\n{text}");
    assert!(has(&rules("Dockerfile", &expired), "latest-base-image"));
}

fn pod(annotation: &str) -> String {
    format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  annotations:\n    {annotation}\nspec:\n  containers:\n  \
         - name: c\n    image: example.com/c:1.2\n    securityContext:\n      privileged: true\n"
    )
}

#[test]
fn annotations_of_other_tools_silence_their_checks_for_the_object() {
    let silent = |annotation: &str| !has(&rules("pod.yaml", &pod(annotation)), "privileged-container");
    assert!(!silent("example.com/note: x"));
    assert!(silent("ignore-check.kube-linter.io/privileged-container: needs the host"));
    assert!(silent("kube-linter.io/ignore-all: generated"));
    assert!(silent("kube-score/ignore: container-security-context-privileged"));
    assert!(silent("polaris.fairwinds.com/exempt: 'true'"));
    assert!(silent("polaris.fairwinds.com/runAsPrivileged-exempt: 'true'"));
    assert!(!silent("polaris.fairwinds.com/runAsPrivileged-exempt: 'false'"));
    assert!(silent("checkov.io/skip1: CKV_K8S_16=a node agent"));
}

#[test]
fn a_trivy_comment_covers_its_line_or_what_stands_below_it() {
    let text = pod("example.com/note: x");
    let above = text.replace("    securityContext:", "    # trivy:ignore:KSV-0017\n    securityContext:");
    let behind = text.replace("privileged: true", "privileged: true # trivy:ignore:KSV017");
    let elsewhere = text.replace("image: example.com/c:1.2", "image: example.com/c:1.2 # trivy:ignore:KSV-0017");
    assert!(!has(&rules("pod.yaml", &above), "privileged-container"));
    assert!(!has(&rules("pod.yaml", &behind), "privileged-container"));
    assert!(has(&rules("pod.yaml", &elsewhere), "privileged-container"));
}
