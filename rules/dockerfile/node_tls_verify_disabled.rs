//! `node-tls-verify-disabled`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `NODE_TLS_REJECT_UNAUTHORIZED=0`.
    ///
    /// ## Why
    /// Node then takes data from servers that nobody has verified, in the build and wherever the image runs.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=0
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// RUN NODE_TLS_REJECT_UNAUTHORIZED=0 make && make install
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN export NODE_TLS_REJECT_UNAUTHORIZED="0" && npm ci
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ENV NODE_TLS_REJECT_UNAUTHORIZED=1
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "NODE_TLS_REJECT_UNAUTHORIZED=0"
    /// LABEL NODE_TLS_REJECT_UNAUTHORIZED=0
    /// ```
    pub RULE {
        name: "node-tls-verify-disabled",
        aliases: &["checkov:CKV2_DOCKER_6"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for setting in document.settings(&["NODE_TLS_REJECT_UNAUTHORIZED"]) {
        let Some(value) = setting.value.as_deref() else { continue };
        if value == "0" {
            sink.report(setting.span, "Node does not verify the servers it talks to")
                .caption("servers are not verified")
                .help("drop it; name the authority with `NODE_EXTRA_CA_CERTS`");
        }
    }
}
