//! `shell-problem`: what is selected and silenced by ShellCheck's codes, which text is linted, and as which shell.

use shipworthy::finding::{Report, Severity};

use crate::support::Run;

fn run(select: &[&str], ignore: &[&str], text: &str) -> Report {
    let mut run = Run::new(select);
    run.command_line.ignore = ignore.iter().map(|word| (*word).to_owned()).collect();
    run.write("Dockerfile", text);
    run.report(None)
}

/// The findings as `line:column code`.
fn found(select: &[&str], ignore: &[&str], text: &str) -> Vec<String> {
    let shown = run(select, ignore, text).diagnostics;
    let own = shown.into_iter().filter(|one| one.rule.name == "shell-problem");
    own.map(|one| format!("{}:{} {}", one.primary.start.line, one.primary.start.column, &one.aliases[0][11..]))
        .collect()
}

const TWO: &str = "FROM debian:12\nRUN x=$(pwd) && ls $x $(ls)\n";

#[test]
fn a_code_selects_and_ignores_its_own_findings_only() {
    assert_eq!(found(&["SC2086"], &[], TWO), ["2:20 SC2086"]);
    assert_eq!(found(&["shell-problem"], &["SC2086"], TWO), ["2:23 SC2046"]);
    assert_eq!(found(&["shell-problem"], &["shellcheck:SC2046"], TWO), ["2:20 SC2086"]);
    assert_eq!(found(&["all"], &["SC2086", "SC2046"], TWO), [""; 0]);
    assert_eq!(found(&["SC2086"], &["shellcheck"], TWO), ["2:20 SC2086"]);
    assert_eq!(found(&["shellcheck"], &["shellcheck"], TWO), [""; 0]);
    assert_eq!(found(&["hadolint"], &[], TWO).len(), 2);
    assert_eq!(found(&["hadolint"], &["SC2086"], TWO), ["2:23 SC2046"]);
    assert_eq!(found(&["default"], &[], TWO), [""; 0]);
}

#[test]
fn a_code_takes_a_severity_of_its_own() {
    let run = Run::new(&["shell-problem"]);
    run.write("Dockerfile", TWO);
    run.write(".shipworthy.yaml", "severity:\n  SC2086: high\n  SC2046: \"off\"\n");
    let report = run.report(None);
    assert_eq!(report.errors, [""; 0]);
    let shown: Vec<Severity> = report.diagnostics.iter().map(|one| one.severity).collect();
    assert_eq!(shown, [Severity::High]);
}

#[test]
fn suppressions_of_hadolint_and_shellcheck_silence_their_codes() {
    let pragma = "FROM debian:12\n# hadolint ignore=SC2086\nRUN x=$(pwd) && ls $x $(ls)\n";
    assert_eq!(found(&["shell-problem"], &[], pragma), ["3:23 SC2046"]);
    let inside = "FROM debian:12\nRUN x=$(pwd) && \\\n  # shellcheck disable=SC2086\n  ls \\\n  $x && \\\n  ls $x\n";
    assert_eq!(found(&["shell-problem"], &[], inside), ["6:6 SC2086"]);
    let heredoc = "FROM debian:12\nRUN <<EOF\nx=$(pwd)\n# shellcheck disable=SC2086\nls $x\nls $x\nEOF\n";
    assert_eq!(found(&["shell-problem"], &[], heredoc), ["6:4 SC2086"]);
    let report = run(&["shell-problem"], &[], inside);
    assert_eq!(report.summary.suppressed, 1);
}

#[test]
fn onbuild_and_heredocs_are_linted() {
    assert_eq!(found(&["shell-problem"], &[], "FROM a\nONBUILD RUN x=$(pwd); ls $x\n"), ["2:26 SC2086"]);
    let two = "FROM a\nRUN <<EOF\nx=$(pwd)\n  ls $x\nEOF\nRUN cat <<EOF > /a && ls $y\n$(echo\nEOF\n";
    assert_eq!(found(&["SC2086"], &[], two), ["4:6 SC2086", "6:26 SC2086"]);
}

#[test]
fn text_for_others_than_a_shell_is_left_alone() {
    let texts = [
        "FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nprint($x)\nEOF\n",
        "FROM a\nRUN <<EOF\n#!/usr/bin/node\nlet x = `a`\nEOF\n",
        "FROM a\nSHELL [\"pwsh\", \"-Command\"]\nRUN ls $x; rm $y\n",
        "FROM a AS b\nSHELL [\"powershell\"]\nFROM b\nRUN ls $x\n",
        "# hadolint shell=powershell\nFROM a\nRUN ls $x\nFROM c\nRUN ls $y\n",
        "FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir $x\n",
        "FROM a\nRUN [\"sh\", \"-c\", \"ls $x\"]\n",
        "FROM a\nCMD ls $x\nHEALTHCHECK CMD ls $x\n",
    ];
    for text in texts {
        assert_eq!(found(&["shell-problem"], &[], text), [""; 0], "{text}");
    }
}

#[test]
fn the_shell_is_the_one_that_is_named_last() {
    let test = "RUN [[ -f /a ]]\n";
    let shows = |before: &str| !found(&["SC3010"], &[], &format!("{before}{test}")).is_empty();
    assert!(shows("FROM debian:12\n"));
    assert!(shows("FROM debian:12 AS b\nFROM b\n"));
    assert!(shows("FROM debian:12\nSHELL [\"/bin/sh\", \"-c\"]\n"));
    assert!(shows("FROM fedora:41\n# hadolint shell=dash\n"));
    assert!(!shows("FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\n"));
    assert!(!shows("FROM debian:12\n# hadolint shell=/bin/bash -e\n"));
    assert!(!shows("FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n"));
    for base in ["alpine:3.20", "fedora:41", "example.com/team/app:1", "$BASE"] {
        assert!(!shows(&format!("ARG BASE\nFROM {base}\n")), "{base}");
    }
    let bash = "FROM debian:12\nRUN <<EOF\n#!/bin/bash\n[[ -f /a ]]\nEOF\n";
    assert_eq!(found(&["shell-problem"], &[], bash), [""; 0]);
}

#[test]
fn declared_variables_are_known() {
    let text = "ARG early\nFROM debian:12 AS a\nARG version=1 other\nENV name=x\nRUN --mount=type=secret,id=t,env=token \\\n  \
                curl \"$version$other$name$token$http_proxy\"\nFROM a\nRUN echo \"$name\"\n";
    assert_eq!(found(&["SC2154"], &[], text), [""; 0]);
    assert_eq!(found(&["SC2154"], &[], "FROM debian:12\nRUN echo \"$name\"\nENV name=x\n"), ["2:11 SC2154"]);
}

#[test]
fn what_is_too_large_is_counted_as_undecided() {
    let report = run(&["shell-problem"], &[], &format!("FROM a\nRUN {}\n", "ls;".repeat(201)));
    assert_eq!(report.summary.undecided.len(), 1);
    assert_eq!(report.diagnostics.len(), 0);
}
