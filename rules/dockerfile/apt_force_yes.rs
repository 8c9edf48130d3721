//! `apt-force-yes`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{APT, remove};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `apt-get --force-yes`.
    ///
    /// ## Why
    /// It answers yes to everything, also to installing unverified packages and to breaking the system. `-y` is what is meant.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN apt-get install --force-yes curl
    ///                     ^^^^^^^^^^^ packages are not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN apt-get install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN apt-get -y --force-yes install curl
    ///                        ^^^^^^^^^^^ packages are not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN apt-get install -y --allow-downgrades curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "apt-get install --force-yes"
    /// ```
    pub RULE {
        name: "apt-force-yes",
        aliases: &["checkov:CKV2_DOCKER_11"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(APT.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(flag) = command.flags_with(APT.values).find(|flag| flag.name == "force-yes") else { return };
    let finding = sink.report(flag.span, format!("`{}` says yes to unverified packages as well", command.program()));
    finding.caption("packages are not verified").help("use `-y`");
    let has_yes = command.has_flag(&["y", "yes", "assume-yes"]);
    let edit = remove(run, flag.span).map(|edit| if has_yes { edit } else { (flag.span, "-y".to_owned()) });
    if let Some(edit) = edit {
        finding.fix(Safety::Unsafe, "Use `-y`", vec![edit]);
    }
}
