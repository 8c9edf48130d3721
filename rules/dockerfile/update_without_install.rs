//! `update-without-install`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{APK, APT, Manager, ZYPPER};
use crate::rule::{Check, Sink};
use crate::shell::Word;

crate::rule! {
    /// Flags a `RUN` that refreshes the package index and leaves installing to a later one.
    ///
    /// ## Why
    /// The layer with the index is kept from build to build, and the later `RUN` installs from an index that grows old: packages
    /// of that version are no longer to be had, or security fixes are missed.
    ///
    /// By default the rule speaks where a later `RUN` of the stage does install from that index. `yum update` and `dnf update`
    /// upgrade packages, which is another matter.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    ///     ^^^^^^^^^^^^^^ refreshes the index only
    /// RUN apt-get install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM alpine:3.22
    /// RUN apk update
    ///     ^^^^^^^^^^ refreshes the index only
    /// ENV A=1
    /// RUN <<EOF
    /// apk add curl
    /// EOF
    /// ```
    /// Nothing in the file installs, so this is shown only when asked for:
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    ///     ^^^^^^^^^^^^^^ refreshes the index only
    /// RUN ./install.sh
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    /// RUN ./install.sh
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl
    /// RUN apt-get update && apt-get upgrade -y
    /// ```
    /// ```dockerfile good
    /// FROM fedora:43
    /// RUN dnf update -y
    /// RUN dnf install -y curl
    /// ```
    pub RULE {
        name: "update-without-install",
        aliases: &["trivy:DS-0017", "checkov:CKV_DOCKER_5"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// Subcommands that refresh the index, and those that use it.
const REFRESH: &[&str] = &["update", "refresh", "ref"];
const USE: &[&str] = &[
    "install",
    "reinstall",
    "upgrade",
    "dist-upgrade",
    "full-upgrade",
    "build-dep",
    "satisfy",
    "source",
    "download",
    "add",
    "in",
    "up",
    "dup",
    "patch",
    "si",
    "source-install",
    "fetch",
    "safe-upgrade",
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]).filter(|run| !run.onbuild) {
        for manager in [&APT, &APK, &ZYPPER] {
            let Some((command, word)) = last(run, manager, REFRESH) else { continue };
            let start = word.span.start;
            if last(run, manager, USE).is_some_and(|(_, used)| used.span.start > start) || upgrades(manager, word) {
                continue;
            }
            let later = document.views_of(&[Keyword::Run]).filter(|later| {
                later.index > run.index && later.instruction.stage == run.instruction.stage && !later.onbuild
            });
            let installs = later.into_iter().find_map(|later| {
                let (_, used) = last(later, manager, USE)?;
                last(later, manager, REFRESH).is_none().then_some(used.span)
            });
            let message = format!("`{} {}` refreshes an index that this RUN does not use", command.program(), word.raw);
            let finding = sink.report(run.head(command, word), message);
            finding.caption("refreshes the index only").help("refresh and install in one RUN");
            match installs {
                Some(span) => finding.label(span, "installs from an index that grows old"),
                None => finding.pedantic(),
            };
        }
    }
}

/// `zypper update` upgrades packages.
fn upgrades(manager: &Manager, word: &Word) -> bool {
    manager.programs == ZYPPER.programs && word.is("update")
}

fn last<'d>(
    run: InstructionView<'d>,
    manager: &Manager,
    names: &[&str],
) -> Option<(&'d crate::shell::Command, &'d Word)> {
    let commands = run.script()?.commands.iter().rev();
    commands.into_iter().find_map(|command| Some((command, manager.runs(command, names)?)))
}
