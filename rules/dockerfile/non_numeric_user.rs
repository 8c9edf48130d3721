//! `non-numeric-user`.
use crate::base_images::is_root;
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image whose user is a name, not a number.
    ///
    /// ## Why
    /// Kubernetes cannot tell whether a name is root: with `runAsNonRoot: true` it refuses to start the container. Elsewhere a
    /// name is fine, which is why this rule is not on by default. Root by name is for `root-user`.
    ///
    /// ```dockerfile bad
    /// FROM node:22.11-alpine AS base
    /// USER node:1000
    ///      ^^^^^^^^^ is a name
    /// FROM base
    /// CMD ["node", "server.js"]
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// USER node
    /// RUN npm ci
    /// USER 1000:node
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS build
    /// USER node
    /// FROM node:22.11-alpine
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
    let user = document.chain_of(last.index).find(|view| !view.onbuild && view.instruction.keyword == Keyword::User);
    let Some((view, word)) = user.and_then(|view| Some((view, view.instruction.word()?))) else { return };
    let Some(user) = view.expand(word).filter(|_| !document.is_windows(view.index)) else { return };
    let name = user.split(':').next().unwrap_or_default();
    if !name.is_empty() && !name.bytes().all(|byte| byte.is_ascii_digit()) && !is_root(&user) {
        sink.report(word.span, format!("the image's user `{name}` is a name, which Kubernetes cannot tell from root"))
            .caption("is a name")
            .help("name the user by its number");
    }
}
