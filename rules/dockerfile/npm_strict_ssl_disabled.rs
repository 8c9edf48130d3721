//! `npm-strict-ssl-disabled`.
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `strict-ssl` set to false for npm or yarn.
    ///
    /// ## Why
    /// Packages then come from a server that nobody has verified.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ENV NPM_CONFIG_STRICT_SSL=false
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// RUN NPM_CONFIG_STRICT_SSL=false make && make install
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN npm config set strict-ssl false && yarn config set strict-ssl=false -g
    ///                    ^^^^^^^^^^ the server is not verified
    ///                                                        ^^^^^^^^^^^^^^^^ the server is not verified
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN npm config set strict-ssl true
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo "NPM_CONFIG_STRICT_SSL=false"
    /// LABEL NPM_CONFIG_STRICT_SSL=false
    /// ```
    pub RULE {
        name: "npm-strict-ssl-disabled",
        aliases: &["checkov:CKV2_DOCKER_12", "checkov:CKV2_DOCKER_13"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check), Check::Command(&["npm", "yarn", "pnpm"], check_command)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for setting in document.settings(&["NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl"]) {
        let Some(value) = setting.value.as_deref() else { continue };
        if value.eq_ignore_ascii_case("false") {
            sink.report(setting.span, "npm does not verify the server it takes packages from")
                .caption("the server is not verified")
                .help("drop it; name the authority with `cafile`");
        }
    }
}

fn check_command(_: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let words: Vec<&str> = command.args.iter().map(|word| word.known_prefix()).collect();
    let at =
        words.iter().position(|word| matches!(*word, "strict-ssl=false" | "--strict-ssl=false" | "--no-strict-ssl"));
    let pair = words.windows(2).position(|two| matches!(two, ["strict-ssl" | "--strict-ssl", "false"]));
    let Some(at) = at.or(pair) else { return };
    if words[at].starts_with("--") || words.contains(&"set") {
        sink.report(
            command.args[at].span,
            format!("`{}` does not verify the server it takes packages from", command.program()),
        )
        .caption("the server is not verified")
        .help("drop it; name the authority with `cafile`");
    }
}
