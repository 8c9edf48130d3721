//! `secret-in-arg-or-env`.
use crate::dockerfile::{Keyword, Pair};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::secrets::{Likeness, is_placeholder, name_likeness, token_of};

crate::rule! {
    /// Flags secrets in `ARG` and `ENV`.
    ///
    /// ## Why
    /// What `ENV` sets and what `ARG` is given stays in the image's history: whoever can pull the image can read it.
    /// Give a secret to a build with `RUN --mount=type=secret`, and to a container when it starts.
    ///
    /// By default the rule speaks of names that can hardly mean anything else, and of values that have the shape of a
    /// provider's token. Names with a vague word (`KEY`, `AUTH`) are shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// ARG NPM_TOKEN
    ///     ^^^^^^^^^ names a secret
    /// FROM node:22.11-alpine
    /// ENV PORT=80 DB_PASSWORD=hunter2
    ///             ^^^^^^^^^^^ names a secret
    /// ENV API_KEY $API_KEY
    ///     ^^^^^^^ names a secret
    /// ONBUILD ARG CLIENT_SECRET
    ///             ^^^^^^^^^^^^^ names a secret
    /// ```
    /// A token, whatever it is called:
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// ENV CI=ghp_0123456789abcdefghijABCDEFGHIJ012345
    ///        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a GitHub token
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// ARG APP_KEY
    ///     ^^^^^^^ may name a secret
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// ARG APP_KEY
    /// ```
    /// What a secret is about, where it lies, and what only stands for it:
    /// ```dockerfile good
    /// FROM python:3.14
    /// ENV GPG_KEY=7169605F62C751356D054A26A821E680E5FA6305
    /// ENV DB_PASSWORD_FILE=/run/secrets/db PUBLIC_KEY=abc TOKENIZER=fast
    /// ENV MYSQL_ALLOW_EMPTY_PASSWORD=yes
    /// ENV ADMIN_PASSWORD=changeme API_TOKEN= SECRET=/run/secrets/app
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// RUN --mount=type=secret,id=npm NPM_TOKEN=$(cat /run/secrets/npm) npm ci
    /// ```
    pub RULE {
        name: "secret-in-arg-or-env",
        aliases: &["hadolint:DL3064", "buildkit:SecretsUsedInArgOrEnv", "trivy:DS-0031"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::Arg, Keyword::Env]) {
        for pair in view.instruction.pairs() {
            check_pair(view, pair, sink);
        }
    }
}

fn check_pair(view: InstructionView<'_>, pair: &Pair, sink: &mut Sink<'_>) {
    let keyword = view.instruction.keyword.as_str();
    let name = pair.key.value.as_str();
    let help = "give it to the build with `RUN --mount=type=secret`, or to the container when it starts";
    if let Some((value, what)) = pair.value.as_ref().and_then(|value| Some((value, token_of(&value.value)?))) {
        sink.report(
            value.span.first_line(&view.file().text),
            format!("{keyword} `{name}` holds {what}, readable in the image"),
        )
        .caption(format!("is {what}"))
        .help("revoke it, then give it with `RUN --mount=type=secret`, or to the container when it starts")
        .severity(Severity::Critical);
        return;
    }
    let is_arg = view.instruction.keyword == Keyword::Arg;
    // An ARG without a value, or with an empty one, is there to be given one.
    let is_open = is_arg && pair.value.as_ref().is_none_or(|value| value.value.is_empty());
    let stands_for = pair.value.as_ref().is_some_and(|value| value.is_literal() && is_placeholder(&value.value));
    let likeness = name_likeness(name);
    if likeness == Likeness::None || stands_for && !is_open {
        return;
    }
    let clear = likeness == Likeness::Clear;
    let verb = if clear { "names" } else { "may name" };
    let finding =
        sink.report(pair.key.span, format!("{keyword} `{name}` {verb} a secret, which stays readable in the image"));
    finding.caption(format!("{verb} a secret")).help(help);
    if !clear {
        finding.pedantic();
    }
}
