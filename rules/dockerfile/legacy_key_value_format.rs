//! `legacy-key-value-format`.
use crate::dockerfile::Keyword;
use crate::dockerfile::Pair;
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ENV` and `LABEL` written with a blank between key and value.
    ///
    /// ## Why
    /// The form with `=` takes several pairs and says where a value ends. The old form works everywhere still, which is why
    /// this rule is not on by default.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ENV LANG C.UTF-8
    ///     ^^^^ has no `=`
    /// LABEL description an old form
    ///       ^^^^^^^^^^^ has no `=`
    /// ONBUILD ENV A "b c"
    ///             ^ has no `=`
    /// ```
    /// ```dockerfile fixed
    /// FROM debian:12.11-slim
    /// ENV LANG=C.UTF-8
    /// LABEL description="an old form"
    /// ONBUILD ENV A="b c"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV LANG=C.UTF-8 A="b c"
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// LABEL a=b \
    ///       c=d
    /// ARG X
    /// ```
    pub RULE {
        name: "legacy-key-value-format",
        aliases: &["buildkit:LegacyKeyValueFormat"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Deprecated, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::Env, Keyword::Label]) {
        for pair in view.instruction.pairs().iter().filter(|pair| pair.legacy) {
            let keyword = view.instruction.keyword.as_str();
            let finding = sink.report(pair.key.span, format!("{keyword} `{}` is written without `=`", pair.key.value));
            finding.caption("has no `=`").help(format!("write `{keyword} {}=...`", pair.key.value));
            if let Some(text) = modern(view, pair) {
                finding.fix(Safety::Safe, "Write it with `=`", vec![(pair.span, text)]);
            }
        }
    }
}

/// `KEY=value`, where that means the same without doubt.
fn modern(view: InstructionView<'_>, pair: &Pair) -> Option<String> {
    let raw = view.text(pair.value.as_ref()?.span);
    let key = view.text(pair.key.span);
    let bare = !raw.contains(['"', '\'', '\\', '\n', '#']);
    let quoted = raw.len() > 1 && raw.starts_with('"') && raw.ends_with('"') && raw.matches('"').count() == 2;
    match raw.contains([' ', '\t']) {
        _ if raw.is_empty() || raw.contains('\n') => None,
        false if bare => Some(format!("{key}={raw}")),
        true if bare => Some(format!("{key}=\"{raw}\"")),
        _ if quoted && !raw.contains('\\') => Some(format!("{key}={raw}")),
        _ => None,
    }
}
