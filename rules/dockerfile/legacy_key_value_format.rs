//! `legacy-key-value-format`.
use crate::dockerfile::Keyword;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ENV` and `LABEL` written with a blank instead of `=`.
    ///
    /// ## Why
    /// The form with a blank takes one name only and everything after it as the value, quotes and all that follows. It is
    /// kept for old files; many good ones still use it, which is why the rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ENV LANG C.UTF-8
    ///     ^^^^ is written without `=`
    /// LABEL title My image
    ///       ^^^^^ is written without `=`
    /// ENV PATH    $PATH:/opt/bin
    ///     ^^^^ is written without `=`
    /// ENV MESSAGE "hello there"
    ///     ^^^^^^^ is written without `=`
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// ENV LANG=C.UTF-8
    /// LABEL title="My image"
    /// ENV PATH=$PATH:/opt/bin
    /// ENV MESSAGE="hello there"
    /// ```
    /// What quotes and escapes mean in it is left to its author:
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ENV A one "two" three
    ///     ^ is written without `=`
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// ENV A one "two" three
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV LANG=C.UTF-8 A="b c"
    /// LABEL title="My image"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ARG NAME
    /// ENV NAME=$NAME
    /// ```
    pub RULE {
        name: "legacy-key-value-format",
        aliases: &["buildkit:LegacyKeyValueFormat"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Deprecated, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Instruction(&[Keyword::Env, Keyword::Label], check)],
    }
}

fn check(set: InstructionView<'_>, sink: &mut Sink<'_>) {
    let keyword = set.instruction.keyword.as_str();
    for pair in set.instruction.pairs().iter().filter(|pair| pair.legacy) {
        let message = format!("{keyword} `{}` is written without `=`", pair.key.value);
        let finding = sink.report(pair.key.span, message);
        finding.caption("is written without `=`").help(format!("write `{keyword} name=value`"));
        if let Some(value) = pair.value.as_ref().and_then(|value| as_pair(set.text(value.span))) {
            let text = format!("{}={value}", set.text(pair.key.span));
            finding.fix(Safety::Safe, "Write `=`", vec![(pair.span, text)]);
        }
    }
}

/// The value as it is written after `=`; `None` where quotes or escapes would have to be read first.
fn as_pair(value: &str) -> Option<String> {
    let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    let is_plain = !inner.contains(['"', '\'', '\\', '`', '\n', '\r', '#']);
    let is_quoted = inner.len() != value.len();
    match is_plain {
        true if is_quoted || !inner.contains(char::is_whitespace) => Some(value.to_owned()),
        true => Some(format!("\"{value}\"")),
        false => None,
    }
}
