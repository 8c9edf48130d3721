//! `consecutive-runs`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags short `RUN`s that follow each other.
    ///
    /// ## Why
    /// Each makes a layer of its own. Short ones can be joined; how many layers an image has is a matter of taste today, which
    /// is why this rule is not on by default. `RUN`s of two commands and more pass.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN make
    /// --- the first of them
    /// # a comment
    /// RUN make test
    /// ^^^ can be joined
    /// RUN <<EOF
    /// ^^^ can be joined
    /// make clean
    /// EOF
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN make
    /// ENV A=1
    /// RUN make test
    /// RUN --mount=type=cache,target=/c make install
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN a && b
    /// RUN d
    /// FROM debian:12.11-slim
    /// RUN e
    /// ONBUILD RUN f
    /// ```
    pub RULE {
        name: "consecutive-runs",
        aliases: &["hadolint:DL3059"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let mut first: Option<InstructionView<'_>> = None;
    for view in document.views() {
        let is_run = view.instruction.keyword == Keyword::Run && !view.onbuild;
        let Some(before) = first.filter(|_| is_run) else {
            first = is_run.then_some(view);
            continue;
        };
        if flags(before) != flags(view) || !is_short(before) || !is_short(view) {
            first = Some(view);
            continue;
        }
        sink.report(view.instruction.keyword_span, "this RUN can be joined with the one before it")
            .caption("can be joined")
            .label(before.instruction.keyword_span, "the first of them")
            .help("join them with `&&`, or in a heredoc");
    }
}

fn flags(run: InstructionView<'_>) -> Vec<&str> {
    let mut flags: Vec<&str> = run.instruction.flags.iter().map(|flag| run.text(flag.span)).collect();
    flags.sort_unstable();
    flags
}

fn is_short(run: InstructionView<'_>) -> bool {
    run.script().is_some_and(|script| script.unread.is_none() && script.commands.len() < 2)
}
