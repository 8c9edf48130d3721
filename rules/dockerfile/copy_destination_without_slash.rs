//! `copy-destination-without-slash`.
use crate::dockerfile::{Args, Keyword};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags several sources copied to a destination that does not end in `/`.
    ///
    /// ## Why
    /// More than one file goes into a folder, and only a `/` at the end says that a folder is meant.
    ///
    /// By default the rule speaks of plain names; `.`, `..` and variables, which mostly work, are shown when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// COPY package.json package-lock.json app
    ///                                     ^^^ does not end in `/`
    /// ADD ["a.txt", "b.txt", "/srv/data"]
    ///                        ^^^^^^^^^^^ does not end in `/`
    /// ONBUILD COPY a b /app
    ///                  ^^^^ does not end in `/`
    /// ```
    /// ```dockerfile fixed
    /// FROM node:22.11-alpine
    /// COPY package.json package-lock.json app/
    /// ADD ["a.txt", "b.txt", "/srv/data/"]
    /// ONBUILD COPY a b /app/
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// COPY a b .
    ///          ^ does not end in `/`
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// ARG TO
    /// COPY a b .
    /// COPY a b $TO
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY package*.json ./
    /// COPY server.js /app
    /// COPY ["a", "b", "/with blank/"]
    /// ```
    /// ```dockerfile good
    /// # escape=`
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2025
    /// COPY a b c:\app\
    /// ```
    pub RULE {
        name: "copy-destination-without-slash",
        aliases: &["hadolint:DL3021", "trivy:DS-0011"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::Copy, Keyword::Add]) {
        let Args::Copy { sources, dest, .. } = &view.instruction.args else { continue };
        let path = view.expand(dest);
        let known = path.as_deref().unwrap_or(&dest.value);
        if sources.len() + view.instruction.heredocs.len() < 2 || known.ends_with(['/', '\\']) || known.is_empty() {
            continue;
        }
        let keyword = view.instruction.keyword.as_str();
        let finding = sink.report(
            dest.span,
            format!("{keyword} of several sources goes to `{}`, which does not end in `/`", dest.value),
        );
        finding.caption("does not end in `/`").help("end the destination with `/`");
        let is_dot = known.rsplit('/').next().is_some_and(|last| matches!(last, "." | ".."));
        if is_dot || !dest.is_literal() {
            finding.pedantic();
            continue;
        }
        let quoted = view.text(dest.span).ends_with(['"', '\'']);
        let end = Span::empty(dest.span.end as usize - usize::from(quoted));
        finding.fix(Safety::Safe, "Add `/`", vec![(end, "/".to_owned())]);
    }
}
