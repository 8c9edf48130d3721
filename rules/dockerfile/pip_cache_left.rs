//! `pip-cache-left`.
use crate::dockerfile::Lookup;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{PIP_FOLDERS, insert_after, pip_install, removes};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `pip install` that keeps its downloads in the image.
    ///
    /// ## Why
    /// pip keeps what it downloads and builds under `~/.cache/pip`. In an image nothing uses it again.
    ///
    /// By default the rule speaks of stages that end up in the image.
    ///
    /// ```dockerfile bad default
    /// FROM python:3.14-slim
    /// RUN pip install -r requirements.txt
    ///     ^^^^^^^^^^^ keeps its cache
    /// ```
    /// ```dockerfile fixed
    /// FROM python:3.14-slim
    /// RUN pip install --no-cache-dir -r requirements.txt
    /// ```
    /// ```dockerfile bad default
    /// FROM python:3.14-slim
    /// ENV PIP_NO_CACHE_DIR=0
    /// ONBUILD RUN sudo python3.14 -m pip install flask
    ///                  ^^^^^^^^^^^^^^^^^^^^^^^^^ keeps its cache
    /// ```
    /// ```dockerfile good
    /// FROM python:3.14-slim
    /// RUN pip install --no-cache-dir flask
    /// RUN --mount=type=cache,target=/root/.cache pip install flask
    /// RUN PIP_NO_CACHE_DIR=1 pip3 install flask
    /// RUN pip install flask && rm -rf ~/.cache
    /// RUN pip download flask && uv pip install flask && pipx install flask
    /// ```
    /// ```dockerfile good
    /// FROM python:3.14-slim AS base
    /// ENV PIP_NO_CACHE_DIR=on
    /// FROM base
    /// RUN pip install flask
    /// ```
    /// ```dockerfile good default
    /// FROM python:3.14-slim AS build
    /// RUN pip install flask
    /// FROM python:3.14-slim
    /// COPY --from=build /venv /venv
    /// ```
    pub RULE {
        name: "pip-cache-left",
        aliases: &["hadolint:DL3042"],
        severity: Severity::Info, tier: Tier::Default, family: Family::Size, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["*"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = pip_install(command) else { return };
    let keeps_none =
        command.flags().any(|flag| matches!(flag.name, "no-cache-dir" | "no-cache" | "dry-run" | "cache-dir"));
    if keeps_none || is_off(run) || run.keeps_outside(PIP_FOLDERS) || is_cleaned(run) {
        return;
    }
    let finding = sink.report(run.head(command, word), "`pip install` keeps its cache in the layer");
    finding.caption("keeps its cache").help("add `--no-cache-dir`, or mount a cache");
    if let Some(edit) = insert_after(run, word, " --no-cache-dir") {
        finding.fix(Safety::Safe, "Insert `--no-cache-dir`", vec![edit]);
    }
    // pip keeps no cache in a home that its user does not own, and who moves HOME mostly gives it away.
    let moved_home = matches!(run.file().scope_at(run.index).lookup("HOME"), Lookup::Value(home) if &*home != "/root");
    if !run.ships() || moved_home {
        finding.pedantic();
    }
}

/// Whether the environment turns the cache off.
fn is_off(run: InstructionView<'_>) -> bool {
    let on = |value: &str| !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "off");
    let own = run.document.settings(&["PIP_NO_CACHE_DIR", "PIP_CACHE_DIR"]);
    let here = own.iter().filter(|setting| setting.view.index == run.index);
    match run.file().scope_at(run.index).lookup("PIP_NO_CACHE_DIR") {
        Lookup::Value(value) if on(&value) => true,
        Lookup::Unknown => true,
        _ => here.into_iter().any(|setting| setting.value.as_deref().is_none_or(on)),
    }
}

fn is_cleaned(run: InstructionView<'_>) -> bool {
    let Some(script) = run.script() else { return false };
    let purges = |command: &Command| {
        command.args.iter().any(|word| word.is("purge")) && command.args.iter().any(|word| word.is("cache"))
    };
    script.commands.iter().any(|command| removes(command, PIP_FOLDERS) || purges(command))
}
