//! `file-removed-in-later-layer`.
use crate::dockerfile::{Args, Keyword, Word};
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `rm` of a file that an earlier instruction copied.
    ///
    /// ## Why
    /// The file stays in the layer of the earlier instruction: the image is no smaller, and who has the image can still
    /// read the file. Mount it for the one `RUN` that needs it: `RUN --mount=type=bind,source=..,target=..`.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// COPY package.deb /tmp/package.deb
    ///                  ---------------- copied here
    /// RUN dpkg --install /tmp/package.deb && rm -f /tmp/package.deb
    ///                                              ^^^^^^^^^^^^^^^^ `/tmp/package.deb` is removed, but stays in the layer that copied it
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ADD a.tar b.tar /tmp/
    ///                 ----- copied here
    /// RUN rm /tmp/b.tar
    ///        ^^^^^^^^^^ `/tmp/b.tar` is removed
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --mount=type=bind,source=package.deb,target=/tmp/package.deb dpkg --install /tmp/package.deb
    /// ```
    /// What one instruction makes and removes is in no layer:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// COPY build.sh /build.sh
    /// RUN touch /tmp/x && /build.sh && rm /tmp/x
    /// ```
    pub RULE {
        name: "file-removed-in-later-layer",
        aliases: &[],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Size, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["rm"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    for path in command.operands() {
        let Some(text) = path.literal().filter(|text| text.starts_with('/') && !path.has_pattern) else { continue };
        let copied = run.earlier().find_map(|copy| {
            let Args::Copy { sources, dest, .. } = &copy.instruction.args else { return None };
            let counts = matches!(copy.instruction.keyword, Keyword::Copy | Keyword::Add) && !copy.onbuild;
            let same_stage = copy.instruction.stage == run.instruction.stage;
            (counts && same_stage && puts(copy, sources, dest, text)).then_some(dest.span)
        });
        if let Some(copied) = copied {
            sink.report(path.span, format!("`{text}` is removed, but stays in the layer that copied it"))
                .caption("stays in the earlier layer")
                .label(copied, "copied here")
                .help("mount the file with `RUN --mount=type=bind` instead of copying it");
        }
    }
}

/// Whether a copy puts something at `path`: as its destination, or as a source of that name in a destination folder.
fn puts(copy: InstructionView<'_>, sources: &[Word], dest: &Word, path: &str) -> bool {
    let Some(dest) = copy.expand(dest) else { return false };
    let path = path.trim_end_matches('/');
    let named = |source: &Word| {
        let name = copy.expand(source);
        name.as_deref().and_then(|name| name.rsplit('/').next()).is_some_and(|name| format!("{dest}{name}") == path)
    };
    dest.trim_end_matches('/') == path || dest.ends_with('/') && sources.iter().any(named)
}
