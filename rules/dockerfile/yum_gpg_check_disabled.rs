//! `yum-gpg-check-disabled`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{DNF, YUM, remove};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `--nogpgcheck` for packages of a repository.
    ///
    /// ## Why
    /// Packages are then installed unverified. A package named by its file may have no signature to verify; that is shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN yum install -y --nogpgcheck curl
    ///                    ^^^^^^^^^^^^ packages are not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN yum install -y curl
    /// ```
    /// ```dockerfile good default
    /// FROM example.com/base:1
    /// RUN dnf install -y --nogpgcheck /tmp/own.rpm
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN yum install -y curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "yum install --nogpgcheck"
    /// ```
    pub RULE {
        name: "yum-gpg-check-disabled",
        aliases: &["checkov:CKV2_DOCKER_9"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["yum", "dnf", "dnf5", "microdnf", "tdnf"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let is_switch = |name: &str| matches!(name, "nogpgcheck" | "no-gpgchecks");
    let Some(flag) = command.flags_with(DNF.values).find(|flag| is_switch(flag.name)) else { return };
    let manager = if command.program() == "yum" { &YUM } else { &DNF };
    let packages = manager.packages(command);
    let finding = sink.report(flag.span, format!("`{}` installs packages that it does not verify", command.program()));
    finding.caption("packages are not verified").help("import the repository's key and drop the option");
    if let Some(edit) = remove(run, flag.span) {
        finding.fix(Safety::Unsafe, "Drop the option", vec![edit]);
    }
    let is_file =
        |word: &&crate::shell::Word| word.raw.trim_end_matches('"').ends_with(".rpm") && !word.raw.contains("://");
    if !packages.is_empty() && packages.iter().all(is_file) {
        finding.pedantic();
    }
}
