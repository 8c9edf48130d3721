//! `cd-in-run`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `cd` in `RUN`.
    ///
    /// ## Why
    /// The change of directory ends with its `RUN`. `WORKDIR` says where the following instructions work, and makes
    /// the directory if it is missing. A `cd` that several commands of one `RUN` need is fine, which is why this rule
    /// is not on by default. The first `cd` of a `RUN` is reported.
    ///
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN cd /src && make && cd ..
    ///     ^^ directory is changed
    /// RUN ["cd", "/src"]
    ///      ^^^^ directory is changed
    /// ```
    /// Under `ONBUILD`, in a heredoc and at any depth:
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// ONBUILD RUN cd /src
    ///             ^^ directory is changed
    /// RUN <<EOF
    /// for dir in a b; do (cd "$dir" && make); done
    ///                     ^^ directory is changed
    /// EOF
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// WORKDIR /src
    /// RUN make && pushd /tmp && echo "cd /src"
    /// ```
    /// Only a shell of its own changes its directory:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN su app -c "cd /src && make"
    /// CMD cd /src && ./run
    /// ```
    pub RULE {
        name: "cd-in-run",
        aliases: &["hadolint:DL3003", "trivy:DS-0013"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Style, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(script) = run.script() else { continue };
        let is_cd = |command: &&crate::shell::Command| command.program() == "cd" && !command.within.shell_c;
        let Some(cd) = script.commands.iter().find(is_cd) else { continue };
        let to = cd.args.first().map_or("the home directory".to_owned(), |word| format!("`{}`", word.raw));
        sink.report(cd.name_span, format!("the directory is changed to {to} for one RUN only"))
            .caption("directory is changed")
            .help("use WORKDIR");
    }
}
