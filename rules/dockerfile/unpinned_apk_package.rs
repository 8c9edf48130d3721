//! `unpinned-apk-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::APK_PINS;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags packages that apk installs without saying which version.
    ///
    /// ## Why
    /// Two builds of one commit may get different versions. Alpine keeps only the newest version of a package in a branch, so
    /// that an exact pin stops the build sooner or later; `name~1.2` keeps the minor version only. This is why the rule is
    /// not on by default.
    ///
    /// ```dockerfile bad
    /// FROM alpine:3.22
    /// RUN apk add --no-cache --virtual .build-deps curl git=2.49.1-r0
    ///                                              ^^^^ no version
    /// ONBUILD RUN apk --no-cache add -t .run bash
    ///                                        ^^^^ no version
    /// ```
    /// ```dockerfile good
    /// FROM alpine:3.22
    /// RUN apk add --no-cache curl=8.14.1-r1 "git~2.49" 'bash>5' ./own.apk
    /// RUN apk add --no-cache $PACKAGES && apk del .build-deps
    /// ```
    /// ```dockerfile good
    /// FROM alpine:3.22
    /// RUN apk update && apk info curl
    /// ```
    pub RULE {
        name: "unpinned-apk-package",
        aliases: &["hadolint:DL3018"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["apk"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(found) = APK_PINS.unpinned(command) else { return };
    sink.report(found.span, format!("apk installs {} without a version", found.names))
        .caption("no version")
        .help("write `name=version` or `name~version`");
}
