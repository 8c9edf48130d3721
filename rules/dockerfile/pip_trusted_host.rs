//! `pip-trusted-host`.
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags hosts that pip trusts without a certificate.
    ///
    /// ## Why
    /// Packages then come from a server that nobody has verified.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ENV PIP_TRUSTED_HOST=pypi.org
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// RUN PIP_TRUSTED_HOST=pypi.org make && make install
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN pip3 install --trusted-host pypi.org flask
    ///                  ^^^^^^^^^^^^^^ the server is not verified
    /// RUN python -m pip --trusted-host=pypi.org install flask
    ///                   ^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ENV PIP_TRUSTED_HOST=""
    /// RUN pip install --no-cache-dir trusted-host
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "PIP_TRUSTED_HOST=pypi.org"
    /// LABEL PIP_TRUSTED_HOST=pypi.org
    /// ```
    pub RULE {
        name: "pip-trusted-host",
        aliases: &["checkov:CKV2_DOCKER_4", "checkov:CKV2_DOCKER_16"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check), Check::Command(&["*"], check_command)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for setting in document.settings(&["PIP_TRUSTED_HOST"]) {
        let Some(value) = setting.value.as_deref() else { continue };
        if !value.is_empty() {
            sink.report(setting.span, "pip does not verify the server it takes packages from")
                .caption("the server is not verified")
                .help("drop it; name the authority with `PIP_CERT`");
        }
    }
}

fn check_command(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    if !command.program().starts_with("pip") && !command.program().starts_with("python") {
        return;
    }
    let is_flag = |word: &&crate::shell::Word| {
        word.is("--trusted-host") || word.starts_with_literal("--trusted-host=") || word.is("global.trusted-host")
    };
    if let Some(word) = command.args.iter().find(is_flag) {
        sink.report(word.span, "pip does not verify the server it takes packages from")
            .caption("the server is not verified")
            .help("drop it; name the authority with `--cert`");
    }
}
