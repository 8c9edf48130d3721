//! `cmd-ignored-by-entrypoint`.
use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `CMD` beside an `ENTRYPOINT` in shell form, which takes no arguments.
    ///
    /// ## Why
    /// An entrypoint in shell form is `/bin/sh -c` and its text; what `CMD` and `docker run` give is passed to that shell,
    /// which does nothing with it. Write the entrypoint as a JSON array.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ENTRYPOINT /usr/bin/app --verbose
    /// CMD ["serve"]
    /// ^^^ is never used
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS a
    /// ENTRYPOINT ["/usr/bin/app"]
    /// CMD ["serve"]
    /// FROM debian:12.11-slim AS b
    /// ENTRYPOINT exec /usr/bin/app "$@"
    /// CMD ["--", "serve"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS base
    /// CMD ["serve"]
    /// FROM base
    /// ENTRYPOINT /usr/bin/app
    /// ```
    pub RULE {
        name: "cmd-ignored-by-entrypoint",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for cmd in document.views_of(&[Keyword::Cmd]).filter(|view| !view.onbuild) {
        let Some(stage) = cmd.instruction.stage else { continue };
        let own = |view: &InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::Entrypoint;
        let Some(entrypoint) = document.chain_of(stage).find(own) else { continue };
        let Some(text) = entrypoint.instruction.shell_text() else { continue };
        let takes =
            ["$@", "$*", "$0", "$1", "${@", "${1", "${0"].iter().any(|arguments| text.text().contains(arguments));
        let is_empty = cmd.instruction.json_words().is_some_and(<[_]>::is_empty) || text.text().trim().is_empty();
        // Another SHELL may pass arguments on.
        if takes || is_empty || document.shell_at(entrypoint.index).is_some() || document.is_windows(cmd.index) {
            continue;
        }
        sink.report(cmd.instruction.keyword_span, "CMD is never used: the ENTRYPOINT in shell form takes no arguments")
            .caption("is never used")
            .label(entrypoint.instruction.keyword_span, "takes no arguments")
            .help("write ENTRYPOINT as a JSON array, or remove CMD");
    }
}
