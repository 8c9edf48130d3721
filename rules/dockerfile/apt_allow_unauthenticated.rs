//! `apt-allow-unauthenticated`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT, remove};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get --allow-unauthenticated`.
    ///
    /// ## Why
    /// Packages are then installed unverified: whoever is between the build and the mirror decides what the image runs.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN apt-get install -y --allow-unauthenticated curl
    ///                        ^^^^^^^^^^^^^^^^^^^^^^^ packages are not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN apt-get install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN sudo apt -o APT::Get::AllowUnauthenticated=true install curl
    ///                      ^^ packages are not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apt-get install -y curl
    /// RUN apt-get -o APT::Get::AllowUnauthenticated=false install -y curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "apt-get install --allow-unauthenticated"
    /// ```
    pub RULE {
        name: "apt-allow-unauthenticated",
        aliases: &["checkov:CKV2_DOCKER_8"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let flags = command.flags_with(APT.values);
    let is_off = |value: &str| matches!(value, "0" | "no" | "false" | "off");
    for flag in flags {
        let option = flag.value.filter(|_| matches!(flag.name, "o" | "option")).and_then(|value| value.split_once('='));
        let by_option = option
            .is_some_and(|(name, value)| name.eq_ignore_ascii_case("APT::Get::AllowUnauthenticated") && !is_off(value));
        if flag.name != "allow-unauthenticated" && !by_option {
            continue;
        }
        let finding =
            sink.report(flag.span, format!("`{}` installs packages that it does not verify", command.program()));
        finding.caption("packages are not verified").help("install the repository's key and drop the option");
        if let Some(edit) = remove(run, flag.span).filter(|_| !by_option) {
            finding.fix(Safety::Unsafe, "Drop the option", vec![edit]);
        }
    }
}
