//! `non-numeric-user`.
use crate::base_images::is_root;
use crate::dockerfile::Keyword;
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image whose user is a name instead of a number.
    ///
    /// ## Why
    /// Where a pod demands `runAsNonRoot`, the kubelet compares numbers: it cannot tell whether a name is root, and refuses to
    /// start the container. The user that the image ends up with is reported.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN useradd -u 1000 app
    /// USER app
    ///      ^^^ is a name
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim AS base
    /// ENV RUN_AS="app:app"
    /// USER ${RUN_AS}
    ///      ^^^^^^^^^ is a name
    /// FROM base
    /// CMD ["app"]
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// USER app
    /// RUN make
    /// USER 1000:app
    /// ```
    /// Root is for `root-user`; what a variable holds may not be known:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// USER app
    /// FROM debian:12.11-slim AS root
    /// USER root
    /// FROM debian:12.11-slim
    /// ARG APP_USER
    /// USER $APP_USER
    /// ```
    pub RULE {
        name: "non-numeric-user",
        aliases: &["hadolint:DL3066"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(last) = document.file.final_stage() else { return };
    let is_user = |view: &InstructionView<'_>| !view.onbuild && view.instruction.keyword == Keyword::User;
    let Some(user) = document.chain_of(last.index).find(is_user) else { return };
    let Some(word) = user.instruction.word().filter(|_| !document.is_windows(user.index)) else { return };
    let Some(value) = user.expand(word) else { return };
    let name = value.split(':').next().unwrap_or_default();
    if name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit()) || is_root(name) {
        return;
    }
    sink.report(word.span, format!("the image runs as `{name}`, a name that Kubernetes cannot check for root"))
        .caption("is a name, which Kubernetes cannot check")
        .help("write the number of the user");
}
