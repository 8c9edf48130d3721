//! `yum-ssl-verify-disabled`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `sslverify` set to false for yum or dnf.
    ///
    /// ## Why
    /// Packages then come from a server that nobody has verified.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN dnf config-manager --save --setopt=main.sslverify=false
    ///                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN yum --setopt sslverify=NO install -y curl
    ///         ^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN dnf --setopt=sslverify=1 install -y curl
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "--setopt=sslverify=0"
    /// ```
    pub RULE {
        name: "yum-ssl-verify-disabled",
        aliases: &["checkov:CKV2_DOCKER_15"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["yum", "dnf", "dnf5", "microdnf", "tdnf", "yum-config-manager"], check)],
    }
}

fn check(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    for flag in command.flags_with(&["setopt"]).filter(|flag| flag.name == "setopt") {
        let Some((name, value)) = flag.value.and_then(|value| value.split_once('=')) else { continue };
        let value = value.trim_matches(['"', '\'']).to_ascii_lowercase();
        if name.rsplit('.').next() == Some("sslverify") && matches!(value.as_str(), "0" | "false" | "no" | "off") {
            let span = flag.value_word.map_or(flag.span, |word| flag.span.cover(word.span));
            sink.report(span, format!("`{}` takes packages from servers that it does not verify", command.program()))
                .caption("the server is not verified")
                .help("add the server's certificate authority to the image");
        }
    }
}
