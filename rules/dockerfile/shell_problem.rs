//! `shell-problem`.
use std::collections::HashSet;

use crate::base_images::system_shell;
use crate::dockerfile::{Keyword, StageBase};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::lint::{self, Setting, Shell, ShellFinding, Show, Wanted};

/// What hadolint's documentation calls all codes of ShellCheck.
const HADOLINT: &str = "hadolint:SC*";

macro_rules! declare {
    ($($alias:literal $rule:literal $when:ident $message:literal;)*) => {
        crate::rule! {
            /// Flags shell text in `RUN` that does not do what it says, as ShellCheck does.
            ///
            /// ## Why
            /// A `RUN` is a shell script in one line. What fails in its middle, or runs in a shell that lacks the
            /// feature, often shows only when the container runs.
            ///
            /// Every finding carries the code that ShellCheck gives it: `SC2086` selects, ignores and explains it, and
            /// so do `# hadolint ignore=SC2086` above the instruction and `# shellcheck disable=SC2086` within it.
            /// https://www.shellcheck.net/wiki/SC2086 has the long story of each.
            ///
            /// Without being asked for, only faults show: a construct that the shell at hand does not have, a test
            /// that always gives the same, a redirection that takes the output from a pipe. Advice about quoting and
            /// style shows when this rule, one of its codes, `shell`, `pedantic` or `all` is selected.
            ///
            /// The shell is the one that `SHELL`, the first line of a heredoc or `# hadolint shell=` names; `/bin/sh`
            /// is dash on Debian and Ubuntu, the shell of busybox on Alpine, and bash on Fedora and its kin. Where it
            /// is not known, nothing is said about features it may lack. Text for PowerShell, cmd, Python and others
            /// is left alone, and so are names that `ARG` and `ENV` declare.
            ///
            /// ```dockerfile bad default
            /// FROM debian:12.11-slim
            /// RUN if [[ -f /etc/app.conf ]]; then \
            ///        ^^^^^^^^^^^^^^^^^^^^^^ dash has no `[[`
            ///       echo found; \
            ///     fi
            /// ```
            /// ```dockerfile bad default
            /// FROM alpine:3.20
            /// RUN make install 2>&1 >/dev/null
            ///                  ^^^^ `2>&1` comes before the redirection of standard output
            /// ```
            /// Advice, which shows when it is asked for:
            /// ```dockerfile bad
            /// FROM debian:12.11-slim
            /// RUN dir=$(pwd) && \
            ///     # where the sources are
            ///     cp -r $dir /backup
            ///           ^^^^ `$dir` is not quoted
            /// ```
            /// ```dockerfile good
            /// FROM debian:12.11-slim
            /// RUN dir=$(pwd) && cp -r "$dir" /backup
            /// ```
            /// The shell that `SHELL` names has `[[`, and so has that of Alpine:
            /// ```dockerfile good
            /// FROM debian:12.11-slim
            /// SHELL ["/bin/bash", "-o", "pipefail", "-c"]
            /// RUN if [[ -f /etc/app.conf ]]; then echo found; fi
            /// ```
            /// ```dockerfile good
            /// FROM alpine:3.20
            /// RUN if [[ -f /etc/app.conf ]]; then echo found; fi
            /// ```
            /// What `ARG` and `ENV` declare may be split on purpose:
            /// ```dockerfile good
            /// FROM alpine:3.20
            /// ENV build_deps="gcc make"
            /// RUN apk add --no-cache $build_deps
            /// ```
            /// ```dockerfile good
            /// FROM python:3.13-slim
            /// RUN <<EOF
            /// #!/usr/bin/env python3
            /// print([[1], [2]])
            /// EOF
            /// ```
            /// ```dockerfile good
            /// FROM debian:12.11-slim
            /// RUN dir=$(pwd) && \
            ///     # shellcheck disable=SC2086
            ///     cp -r $dir /backup
            /// ```
            pub RULE {
                name: "shell-problem",
                aliases: &["hadolint:SC*", $($alias),*],
                severity: Severity::Low, tier: Tier::Default, family: Family::Shell, since: "0.1.0",
                fix: FixKind::None, options: &[],
                checks: &[Check::Dockerfile(check)],
            }
        }
    };
}
crate::shell_codes!(declare);

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let wanted = if sink.rule.choice.pedantic { Wanted::All } else { Wanted::Bugs };
    if !lint::CODES.iter().any(|code| sink.rule.choice.wants(&[code.alias, HADOLINT])) {
        return;
    }
    for view in document.views().filter(|view| view.instruction.keyword == Keyword::Run) {
        check_run(view, wanted, sink);
    }
}

fn check_run(run: InstructionView<'_>, wanted: Wanted, sink: &mut Sink<'_>) {
    let Some((body, named)) = run.document.shell_body(run.index) else { return };
    let words = run.document.shell_words_at(run.index);
    let shell = match named.or(words.first().copied()) {
        Some(program) => Shell::of_program(program, shell_of_base(run)),
        None => (!run.document.is_windows(run.index)).then(|| shell_of_base(run)),
    };
    let (Some(shell), Some(script)) = (shell, run.script()) else { return };
    let options = if named.is_some() { &[] } else { words.get(1..).unwrap_or_default() };
    let names = known_names(run);
    let setting = Setting {
        shell,
        errexit: options.iter().any(|word| word.starts_with('-') && !word.starts_with("--") && word.contains('e')),
        pipefail: options.contains(&"pipefail"),
        wanted,
        is_set: &|name| names.contains(name),
    };
    match lint::lint(&body, script, &setting) {
        Ok(found) => found.into_iter().for_each(|found| report(found, sink)),
        Err(why) => sink.undecided(why),
    }
}

fn report(found: ShellFinding, sink: &mut Sink<'_>) {
    let id = found.alias.trim_start_matches("shellcheck:");
    let finding = sink.report(found.span, found.message);
    finding.aliases(&[found.alias, HADOLINT]).sub_code(id);
    finding.help(format!("about {id}: https://www.shellcheck.net/wiki/{id}"));
    match found.show {
        Show::Error => finding.severity(Severity::Medium),
        Show::Style => finding.severity(Severity::Info).pedantic(),
        Show::Ask => finding.pedantic(),
        Show::Bug => finding,
    };
}

/// The shell at `/bin/sh` of the stage's base. A file that puts another one there leaves it unknown.
fn shell_of_base(run: InstructionView<'_>) -> Shell {
    let file = run.file();
    let replaced = ["bash /bin/sh", "dash/sh", "dpkg-reconfigure dash"].iter().any(|mark| file.text.contains(mark));
    match run.instruction.stage.or(file.instructions[run.index].stage).map(|stage| file.root_base(stage)) {
        Some(StageBase::Image(image)) if !replaced => system_shell(image),
        _ => Shell::Sh,
    }
}

/// The variables that are set before the text runs.
fn known_names(run: InstructionView<'_>) -> HashSet<String> {
    let scope = run.file().scope_at(run.index);
    let mut names: HashSet<String> = scope.names().into_iter().map(str::to_owned).collect();
    names.extend(crate::dockerfile::PROXY_ARGS.map(str::to_owned));
    names.extend(["PATH", "HOME", "HOSTNAME", "PWD", "TERM", "SHLVL"].map(str::to_owned));
    let secrets = run.instruction.mounts().filter_map(|(_, mount)| mount.value(&["env"]));
    names.extend(secrets.map(|name| name.value.clone()));
    names
}
