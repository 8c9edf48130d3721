//! `rpm-signature-skipped`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::remove;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `rpm` with checks of the package turned off.
    ///
    /// ## Why
    /// A package whose signature or digest is not checked may be anything.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN rpm -i --nosignature https://example.com/a.rpm
    ///            ^^^^^^^^^^^^^ the package is not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN rpm -i https://example.com/a.rpm
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN ["rpm", "--noverify", "-i", "a.rpm"]
    ///             ^^^^^^^^^^^^ the package is not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN rpm -i --nodeps https://example.com/a.rpm
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "rpm -i --nosignature"
    /// ```
    pub RULE {
        name: "rpm-signature-skipped",
        aliases: &["checkov:CKV2_DOCKER_10"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["rpm"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let skips = ["nodigest", "nosignature", "noverify", "nofiledigest"];
    for flag in command.flags().filter(|flag| skips.contains(&flag.name)) {
        let finding = sink.report(flag.span, format!("`rpm --{}` installs a package that is not verified", flag.name));
        finding.caption("the package is not verified").help("import the key with `rpm --import` and drop the option");
        if let Some(edit) = remove(run, flag.span) {
            finding.fix(Safety::Unsafe, "Drop the option", vec![edit]);
        }
    }
}
