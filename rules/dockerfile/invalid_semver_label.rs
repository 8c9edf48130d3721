//! `invalid-semver-label`.
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label that is no semantic version.
    ///
    /// ## Why
    /// Whatever reads the label gets something else than it expects. By default it looks at `org.opencontainers.image.version`; the option `labels` names others.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.version="1.2"
    ///                                        ^^^^^ is no semantic version
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.version="1.2.3-rc.1+build"
    /// LABEL other="1.2"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG VALUE
    /// LABEL org.opencontainers.image.version="$VALUE"
    /// ```
    pub RULE {
        name: "invalid-semver-label",
        aliases: &["hadolint:DL3056"],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("labels", &["org.opencontainers.image.version"], "Labels that hold one.")],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for (name, value, span) in document.labels(&sink.list("labels")) {
        if !is_sound(&value) {
            sink.report(span, format!("the label `{name}` is no semantic version"))
                .caption("is no semantic version")
                .help("write one, or drop the label");
        }
    }
}

/// `major.minor.patch`, then a pre-release and a build, as semver.org has it.
fn is_sound(value: &str) -> bool {
    let (value, build) = value.split_once('+').map_or((value, None), |(value, build)| (value, Some(build)));
    let (core, pre) = value.split_once('-').map_or((value, None), |(core, pre)| (core, Some(pre)));
    let is_number = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) && (part == "0" || !part.starts_with('0'))
    };
    let is_word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_pre = |part: &str| is_word(part) && (is_number(part) || !part.bytes().all(|byte| byte.is_ascii_digit()));
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|part| is_number(part))
        && pre.is_none_or(|pre| pre.split('.').all(is_pre))
        && build.is_none_or(|build| build.split('.').all(is_word))
}
