//! `apk-allow-untrusted`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::packages::APK;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apk --allow-untrusted` for packages of a repository.
    ///
    /// ## Why
    /// Packages are then installed unverified. A package built in the same build, named by its file, has no signature to verify; that is shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN apk add --allow-untrusted curl
    ///             ^^^^^^^^^^^^^^^^^ packages are not verified
    /// ```
    /// ```dockerfile good default
    /// FROM example.com/base:1
    /// RUN apk add --allow-untrusted /tmp/glibc.apk "$dir"/*.apk
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apk add --no-cache curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "apk add --allow-untrusted"
    /// ```
    pub RULE {
        name: "apk-allow-untrusted",
        aliases: &["checkov:CKV2_DOCKER_7"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(APK.programs, check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(flag) = command.flags_with(APK.values).find(|flag| flag.name == "allow-untrusted") else { return };
    let packages = APK.packages(command);
    let finding = sink.report(flag.span, "`apk` installs packages that it does not verify");
    finding
        .caption("packages are not verified")
        .help("put the repository's key into /etc/apk/keys and drop the option");
    let is_file = |word: &&crate::shell::Word| word.raw.trim_end_matches('"').ends_with(".apk");
    if !packages.is_empty() && packages.iter().all(is_file) {
        finding.pedantic();
    }
}
