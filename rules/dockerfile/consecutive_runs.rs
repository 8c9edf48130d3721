//! `consecutive-runs`.
use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags short `RUN`s that follow each other.
    ///
    /// ## Why
    /// Each makes a layer of its own. Joined with `&&` they make one; apart, each is cached by itself, which is as good a
    /// reason to leave them. Only `RUN`s of one or two commands count.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    /// # comments do not part them
    /// RUN apt-get install -y curl
    /// ^^^ could be part
    /// RUN make
    /// ^^^ could be part
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*
    /// RUN make
    /// COPY . .
    /// RUN make
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --mount=type=cache,target=/root/.cache make
    /// RUN make install
    /// RUN <<EOF
    /// make
    /// EOF
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
        if !is_short(view) {
            first = None;
            continue;
        }
        match first {
            Some(first) if flags(first) == flags(view) => {
                sink.report(view.instruction.keyword_span, "this RUN could be part of the one before it")
                    .caption("could be part of the one before")
                    .label(first.instruction.keyword_span, "this one")
                    .help("join them with `&&`");
            }
            _ => first = Some(view),
        }
    }
}

fn is_short(view: InstructionView<'_>) -> bool {
    let instruction = view.instruction;
    let is_plain = !view.onbuild && instruction.keyword == Keyword::Run && instruction.heredocs.is_empty();
    is_plain && view.script().is_some_and(|script| script.unread.is_none() && script.commands.len() <= 2)
}

fn flags<'d>(view: InstructionView<'d>) -> Vec<&'d str> {
    view.instruction.flags.iter().map(|flag| view.text(flag.span)).collect()
}
