//! `undefined-var`.
use crate::dockerfile::Keyword;
use crate::dockerfile::{Lookup, Scope, VarRef};
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a variable that nothing declares.
    ///
    /// ## Why
    /// The builder puts nothing in its place: a path loses a part, a label stays empty. `ARG`s before the first `FROM` count in
    /// a stage only where it declares them again.
    ///
    /// Base images set variables as well, which a file does not tell. So by default the rule speaks only of names that are
    /// nearly those of a declared variable, and of `ARG`s from before the first `FROM`.
    ///
    /// ```dockerfile bad default
    /// ARG VERSION=1
    /// FROM debian:12.11-slim
    /// ARG APP_HOME=/srv
    /// WORKDIR $APP_HOEM/bin
    ///         ^^^^^^^^^ is not declared
    /// LABEL version="${VERSION}"
    ///                ^^^^^^^^^^ is not declared in this stage
    /// ```
    /// A variable that the base image may set is shown only when asked for:
    /// ```dockerfile bad
    /// FROM jupyter/base-notebook:2025-01-01
    /// USER $NB_UID
    ///      ^^^^^^^ is not declared
    /// ```
    /// ```dockerfile good default
    /// FROM jupyter/base-notebook:2025-01-01
    /// USER $NB_UID
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// ENV APP_HOME=/srv
    /// FROM base
    /// ARG EXTRA
    /// WORKDIR $APP_HOME/$EXTRA/${DIR:-x}
    /// ENV PATH=$PATH:/opt/bin
    /// COPY a \$b
    /// ```
    /// The shell knows more than the builder:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG APP_HOME
    /// RUN echo $APP_HOEM
    /// CMD echo $APP_HOEM
    /// ```
    pub RULE {
        name: "undefined-var",
        aliases: &["buildkit:UndefinedVar"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const EXPANDED: &[Keyword] = &[
    Keyword::Add,
    Keyword::Copy,
    Keyword::Env,
    Keyword::Expose,
    Keyword::Label,
    Keyword::Stopsignal,
    Keyword::User,
    Keyword::Volume,
    Keyword::Workdir,
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(EXPANDED).filter(|view| !view.onbuild && view.instruction.stage.is_some()) {
        let scope = document.file.scope_at(view.index);
        let flags = view.instruction.flags.iter().filter_map(|flag| flag.value.as_ref());
        for var in view.instruction.words().into_iter().chain(flags).flat_map(|word| &word.vars) {
            let own = view.instruction.pairs().iter().any(|pair| pair.key.value == var.name);
            let undeclared = matches!(scope.lookup(&var.name), Lookup::Undeclared | Lookup::Unset);
            if undeclared && var.modifier.is_none() && !own {
                report(view, &scope, var, sink);
            }
        }
    }
}

fn report(view: InstructionView<'_>, scope: &Scope<'_>, var: &VarRef, sink: &mut Sink<'_>) {
    let name = &var.name;
    let first = view.file().stages.first().map_or(0, |stage| stage.from);
    let is_global =
        view.file().instructions[..first].iter().flat_map(|arg| arg.pairs()).any(|pair| pair.key.value == *name);
    if is_global {
        let finding = sink.report(var.span, format!("ARG `{name}` is not declared in this stage, so it is empty here"));
        finding.caption("is not declared in this stage").help(format!("declare it again with `ARG {name}` after FROM"));
        // Official images set their own version: NODE_VERSION, PYTHON_VERSION.
        if name.ends_with("_VERSION") && matches!(scope.lookup(name), Lookup::Undeclared) {
            finding.pedantic();
        }
        return;
    }
    let finding = sink.report(var.span, format!("nothing in the file declares `{name}`"));
    finding.caption("is not declared");
    let near = scope.names().into_iter().min_by_key(|own| strsim::osa_distance(own, name));
    match near.filter(|own| name.len() > 3 && strsim::osa_distance(own, name) == 1) {
        Some(own) => finding.help(format!("did you mean `{own}`?")),
        None => finding.help("declare it with ARG or ENV, unless the base image sets it").pedantic(),
    };
}
