//! `wget-certificate-unchecked`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::remove;
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `wget --no-check-certificate`.
    ///
    /// ## Why
    /// What is downloaded comes from a server that nobody has verified, and becomes part of the image.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN wget -q --no-check-certificate https://example.com/a
    ///             ^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN wget -q https://example.com/a
    /// ```
    ///
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN wget -q --ca-certificate=/ca.pem https://example.com/a
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "wget --no-check-certificate"
    /// ```
    pub RULE {
        name: "wget-certificate-unchecked",
        aliases: &["checkov:CKV2_DOCKER_3"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(&["wget"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(flag) = command.flags().find(|flag| flag.name == "no-check-certificate") else { return };
    let finding = sink.report(flag.span, "`wget` downloads from a server that it does not verify");
    finding.caption("the server is not verified").help("drop the option; install `ca-certificates` if it is missing");
    if let Some(edit) = remove(run, flag.span) {
        finding.fix(Safety::Unsafe, "Drop the option", vec![edit]);
    }
}
