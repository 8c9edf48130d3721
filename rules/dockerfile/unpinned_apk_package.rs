//! `unpinned-apk-package`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::{APK, unpinned};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags Alpine packages that are installed without a version.
    ///
    /// ## Why
    /// Two builds of one commit may install different versions. Whether that is worth the upkeep of pinned versions is a matter
    /// of policy, which is why this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// RUN apk add --no-cache -t .build curl git~2.49
    ///                                  ^^^^ has no version
    /// ```
    /// ```dockerfile bad
    /// FROM example.com/base:1
    /// ONBUILD RUN apk add --no-cache -t .build curl git~2.49
    ///                                          ^^^^ has no version
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apk add --no-cache curl=8.14.1-r2 "git>2.49" ./own.apk
    /// RUN apk del curl
    /// ```
    /// What a variable holds is not known:
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ARG PACKAGES
    /// RUN apk add $PACKAGES
    /// ```
    pub RULE {
        name: "unpinned-apk-package",
        aliases: &["hadolint:DL3018"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reproducibility, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(APK.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let packages = APK.packages(command);
    let Some((span, what)) = unpinned(&packages, is_pinned) else { return };
    sink.report(span, format!("{what} installed without a version"))
        .caption("has no version")
        .help("name the version that you have tried");
}

fn is_pinned(text: &str) -> bool {
    // `!name` keeps a package out.
    text.contains(['=', '~', '<', '>', '/']) || text.ends_with(".apk") || text.starts_with('!')
}
