//! `invalid-label-key`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a label's key that does not follow Docker's rules for keys.
    ///
    /// ## Why
    /// Keys begin with a small letter, end with a small letter or a digit, and hold these, single dots and dashes between
    /// them. Other keys work, but tools that filter by label may not find them. `com.docker.`, `io.docker.` and
    /// `org.dockerproject.` belong to Docker.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// LABEL Maintainer="a" com.docker.x=1 a..b=2
    ///       ^^^^^^^^^^ begins with
    ///                      ^^^^^^^^^^^^ belongs to Docker
    ///                                     ^^^^ holds
    /// LABEL "a b"=1 a.b-=2
    ///       ^^^^^ holds
    ///               ^^^^ ends with
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL org.opencontainers.image.title=a com.example.some-thing_2/x=b
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL $KEY=a
    /// ENV Key=b
    /// ```
    pub RULE {
        name: "invalid-label-key",
        aliases: &["hadolint:DL3048"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Label], check)],
    }
}

fn check(label: InstructionView<'_>, sink: &mut Sink<'_>) {
    for pair in label.instruction.pairs().iter().filter(|pair| pair.key.is_literal()) {
        let key = pair.key.value.as_str();
        if let Some(fault) = fault(key) {
            sink.report(pair.key.span, format!("label key `{key}` {fault}"))
                .caption(fault)
                .help("write it like `com.example.some-name`");
        }
    }
}

fn fault(key: &str) -> Option<&'static str> {
    let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-/".contains(&byte);
    let (first, last) = (*key.as_bytes().first()?, *key.as_bytes().last()?);
    if ["com.docker.", "io.docker.", "org.dockerproject."].iter().any(|own| key.starts_with(own)) {
        return Some("belongs to Docker");
    }
    if !first.is_ascii_lowercase() {
        return Some("begins with something else than a small letter");
    }
    if !key.bytes().all(is_inner) {
        return Some("holds something else than small letters, digits, `.`, `-`, `_` and `/`");
    }
    if !(last.is_ascii_lowercase() || last.is_ascii_digit()) {
        return Some("ends with something else than a small letter or a digit");
    }
    (key.contains("..") || key.contains("--")).then_some("holds two dots or dashes in a row")
}
