//! `python-https-verify-disabled`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `PYTHONHTTPSVERIFY=0`.
    ///
    /// ## Why
    /// Python 2 then takes data from servers that nobody has verified.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ENV PYTHONHTTPSVERIFY=0
    ///     ^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// RUN PYTHONHTTPSVERIFY=0 make && make install
    ///     ^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ARG PYTHONHTTPSVERIFY=0
    ///     ^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// ENV PYTHONHTTPSVERIFY 0
    ///     ^^^^^^^^^^^^^^^^^^^ servers are not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// ENV PYTHONHTTPSVERIFY=1
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "PYTHONHTTPSVERIFY=0"
    /// LABEL PYTHONHTTPSVERIFY=0
    /// ```
    pub RULE {
        name: "python-https-verify-disabled",
        aliases: &["checkov:CKV2_DOCKER_5"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for setting in document.settings(&["PYTHONHTTPSVERIFY"]) {
        let Some(value) = setting.value.as_deref() else { continue };
        if value == "0" {
            sink.report(setting.span, "Python does not verify the servers it talks to")
                .caption("servers are not verified")
                .help("drop it; add the authority to the image");
        }
    }
}
