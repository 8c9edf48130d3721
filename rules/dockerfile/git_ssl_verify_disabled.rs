//! `git-ssl-verify-disabled`.
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags git with the check of certificates turned off.
    ///
    /// ## Why
    /// What is cloned then comes from a server that nobody has verified.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ENV GIT_SSL_NO_VERIFY=true
    ///     ^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// RUN GIT_SSL_NO_VERIFY=true make && make install
    ///     ^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN git config --global http.sslVerify false
    ///                         ^^^^^^^^^^^^^^ the server is not verified
    /// RUN git -c http.sslVerify=false clone https://example.com/a
    ///            ^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// By the letter any value turns the check off, but this one can hardly be meant so; shown only when asked for:
    /// ```dockerfile good default
    /// FROM example.com/base:1
    /// ENV GIT_SSL_NO_VERIFY=false
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN git config --global http.sslVerify true
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "GIT_SSL_NO_VERIFY=true"
    /// LABEL GIT_SSL_NO_VERIFY=true
    /// ```
    pub RULE {
        name: "git-ssl-verify-disabled",
        aliases: &["checkov:CKV2_DOCKER_14"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check), Check::Command(&["git"], check_command)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for setting in document.settings(&["GIT_SSL_NO_VERIFY"]) {
        let Some(value) = setting.value.as_deref() else { continue };
        if !value.is_empty() {
            let finding = sink.report(setting.span, "git does not verify the server it clones from");
            finding.caption("the server is not verified").help("drop it; name the authority with `http.sslCAInfo`");
            if matches!(value.to_ascii_lowercase().as_str(), "0" | "false" | "no" | "off") {
                finding.pedantic();
            }
        }
    }
}

fn check_command(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let words: Vec<String> = command.args.iter().map(|word| word.known_prefix().to_ascii_lowercase()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let set = words.windows(2).position(|two| matches!(two, ["http.sslverify", "false" | "0" | "no" | "off"]));
    let given = words.windows(2).position(|two| matches!(two, ["-c", "http.sslverify=false" | "http.sslverify=0"]));
    let Some(at) = set.filter(|_| words.contains(&"config")).or(given.map(|at| at + 1)) else { return };
    sink.report(command.args[at].span, "git does not verify the server it clones from")
        .caption("the server is not verified")
        .help("drop it; name the authority with `http.sslCAInfo`");
}
