//! `recursive-owner-change`.
use crate::dockerfile::{Args, Keyword};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `chown -R` and `chmod -R` of files that an earlier instruction copied.
    ///
    /// ## Why
    /// A layer cannot change a file of an earlier one: it holds the whole file again, so the files are in the image twice.
    /// Let `COPY --chown` or `COPY --chmod` put them there as they should be.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// COPY . /app
    ///        ---- copied here
    /// RUN npm --prefix /app ci && chown -R node:node /app
    ///                                                ^^^^ `chown -R /app` stores the files copied before a second time
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY --chown=node:node . /app
    /// RUN npm --prefix /app ci && chown node /app
    /// ```
    /// Files that the same instruction makes are in one layer:
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY . /src
    /// RUN cp -r /src /app && chown -R node:node /app
    /// ```
    pub RULE {
        name: "recursive-owner-change",
        aliases: &[],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["chown", "chmod", "chgrp"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    if !command.has_flag(&["R", "recursive"]) {
        return;
    }
    for path in command.operands().skip(1) {
        let Some(text) = path.literal().filter(|text| text.starts_with('/')) else { continue };
        let inside = |dest: &str| {
            let (dest, text) = (dest.trim_end_matches('/'), text.trim_end_matches('/'));
            dest == text || dest.strip_prefix(text).is_some_and(|rest| rest.starts_with('/'))
        };
        let copied = run.earlier().find_map(|copy| {
            let Args::Copy { dest, .. } = &copy.instruction.args else { return None };
            let is_copy = matches!(copy.instruction.keyword, Keyword::Copy | Keyword::Add) && !copy.onbuild;
            let dest_text = copy.expand(dest).filter(|dest| is_copy && inside(dest))?;
            (copy.instruction.stage == run.instruction.stage && !dest_text.is_empty()).then_some(dest.span)
        });
        if let Some(copied) = copied {
            let program = command.program();
            sink.report(path.span, format!("`{program} -R {text}` stores the files copied before a second time"))
                .caption("stored a second time")
                .label(copied, "copied here")
                .help("use `COPY --chown` or `COPY --chmod`");
        }
    }
}
