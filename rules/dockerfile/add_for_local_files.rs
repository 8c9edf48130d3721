//! `add-for-local-files`.
use crate::dockerfile::{Args, Keyword, Word};
use crate::document::{DockerDocument, InstructionView, is_archive};
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ADD` where `COPY` does the same.
    ///
    /// ## Why
    /// `ADD` unpacks archives and fetches from the network, unasked and by the look of what it is given. For plain
    /// files `COPY` says what is meant, and cannot be talked into more.
    ///
    /// ```dockerfile bad default
    /// FROM nginx:1.29
    /// ADD --chown=101 conf/ nginx.conf /etc/nginx/
    /// ^^^ only `COPY` is needed
    /// ADD ["a b.txt", "/srv/"]
    /// ^^^ only `COPY` is needed
    /// ONBUILD ADD . /app
    ///         ^^^ only `COPY` is needed
    /// ```
    /// ```dockerfile fixed
    /// FROM nginx:1.29
    /// COPY --chown=101 conf/ nginx.conf /etc/nginx/
    /// COPY ["a b.txt", "/srv/"]
    /// ONBUILD COPY . /app
    /// ```
    /// ```dockerfile bad default
    /// FROM nginx:1.29
    /// ADD <<robots.txt /usr/share/nginx/html/
    /// ^^^ only `COPY` is needed
    /// User-agent: *
    /// robots.txt
    /// ```
    /// A pattern or an argument may stand for an archive, so these are shown only when asked for:
    /// ```dockerfile bad
    /// FROM nginx:1.29
    /// ARG CONF=nginx.conf
    /// ADD $CONF /etc/nginx/
    /// ^^^ only `COPY` is needed
    /// ADD dist* /srv/
    /// ^^^ only `COPY` is needed
    /// ```
    /// ```dockerfile good default
    /// FROM nginx:1.29
    /// ARG CONF=nginx.conf
    /// ADD $CONF /etc/nginx/
    /// ADD dist* /srv/
    /// ```
    /// ```dockerfile good
    /// FROM scratch
    /// ADD rootfs.tar.xz /
    /// ADD layer.TAR.zst /
    /// ADD https://example.com/a.txt /a.txt
    /// ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/b /b
    /// ADD git@github.com:org/repo.git /src
    /// ADD --unpack=true bundle /srv
    /// ```
    /// ```dockerfile good
    /// FROM scratch
    /// ARG SOURCE
    /// ADD $SOURCE /srv/
    /// ```
    pub RULE {
        name: "add-for-local-files",
        aliases: &["hadolint:DL3020", "trivy:DS-0005", "checkov:CKV_DOCKER_4"],
        severity: Severity::Low, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// What makes a source a place on the network.
const REMOTE: [&str; 7] = ["http://", "https://", "ssh://", "git://", "git@", "github.com/", "ftp://"];

/// What a source is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Local,
    Unsure,
    NeedsAdd,
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for add in document.views_of(&[Keyword::Add]) {
        let Args::Copy { sources, .. } = &add.instruction.args else { continue };
        let only_add = ["checksum", "keep-git-dir", "unpack"];
        if add.instruction.flags.iter().any(|flag| only_add.contains(&flag.name.as_str())) {
            continue;
        }
        let kind = sources.iter().map(|source| kind(add, source)).max().unwrap_or(Kind::Local);
        if kind == Kind::NeedsAdd || sources.is_empty() && add.instruction.heredocs.is_empty() {
            continue;
        }
        let what = match sources.as_slice() {
            [only] => format!("`{}`", only.value),
            [] => "the heredoc".to_owned(),
            _ => "these files".to_owned(),
        };
        let span = add.instruction.keyword_span;
        let finding = sink.report(span, format!("`ADD` is used for {what}, where `COPY` is enough"));
        finding.caption("only `COPY` is needed").help("use `COPY`, which neither unpacks nor fetches");
        if kind == Kind::Unsure {
            finding.pedantic();
        } else if add.text(span).eq_ignore_ascii_case("add") {
            let text = if add.text(span) == "add" { "copy" } else { "COPY" };
            finding.fix(Safety::Safe, "Replace `ADD` with `COPY`", vec![(span, text.to_owned())]);
        }
    }
}

fn kind(add: InstructionView<'_>, source: &Word) -> Kind {
    let Some(text) = add.expand(source) else { return Kind::NeedsAdd };
    let text = text.to_lowercase();
    let is_git = text.split(['#', '?']).next().is_some_and(|path| path.ends_with(".git"));
    if is_git || REMOTE.iter().any(|start| text.starts_with(start)) || is_archive(&text) {
        return Kind::NeedsAdd;
    }
    let last = text.rsplit('/').next().unwrap_or_default();
    let open_end = last.ends_with(['*', '?', ']']);
    if open_end || !source.is_literal() { Kind::Unsure } else { Kind::Local }
}
