//! `secret-file-copied`.
use crate::dockerfile::{Args, Keyword};
use crate::document::DockerDocument;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a file of credentials that is copied into the final image.
    ///
    /// ## Why
    /// Whoever can pull the image has the credentials. The rule knows such files by the variables that name them:
    /// `GOOGLE_APPLICATION_CREDENTIALS`, `AWS_CONFIG_FILE`, `AWS_SHARED_CREDENTIALS_FILE`, `HF_TOKEN_PATH`.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ENV GOOGLE_APPLICATION_CREDENTIALS=/srv/key.json
    ///     ------------------------------ names a file of credentials
    /// COPY key.json /srv/
    ///      ^^^^^^^^ is a file of credentials
    /// ```
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim AS base
    /// COPY ["aws.conf", "/root/.aws/config"]
    ///       ^^^^^^^^^^ is a file of credentials
    /// FROM base
    /// ENV AWS_CONFIG_FILE=/root/.aws/config
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV GOOGLE_APPLICATION_CREDENTIALS=/run/secrets/key.json
    /// COPY key.json /srv/
    /// ```
    /// Copied for a stage that only builds:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS build
    /// ENV HF_TOKEN_PATH=/token
    /// COPY token /token
    /// FROM debian:12.11-slim
    /// COPY --from=build /model /model
    /// ```
    pub RULE {
        name: "secret-file-copied",
        aliases: &["trivy:DS-0031"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const VARIABLES: &[&str] =
    &["GOOGLE_APPLICATION_CREDENTIALS", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "HF_TOKEN_PATH"];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let Some(last) = document.file.final_stage() else { return };
    let chain: Vec<_> = document.chain_of(last.index).filter(|view| !view.onbuild).collect();
    for setting in chain.iter().filter(|view| matches!(view.instruction.keyword, Keyword::Env | Keyword::Arg)) {
        for pair in setting.instruction.pairs().iter().filter(|pair| VARIABLES.contains(&pair.key.value.as_str())) {
            let Some(path) = pair.value.as_ref().and_then(|value| setting.expand(value)) else { continue };
            for (copy, span) in chain.iter().filter_map(|view| Some((view, copied(*view, &path)?))) {
                sink.report(
                    span,
                    format!(
                        "{} copies credentials into the image: `{}` names them",
                        copy.instruction.keyword.as_str(),
                        pair.key.value
                    ),
                )
                .caption("is a file of credentials")
                .label(pair.key.span, "names a file of credentials")
                .help("give the file to the container when it starts");
            }
        }
    }
}

/// The source that a `COPY` or `ADD` puts at `path`.
fn copied(view: InstructionView<'_>, path: &str) -> Option<crate::source::Span> {
    let Args::Copy { sources, dest, .. } = &view.instruction.args else { return None };
    let dest = view.expand(dest)?;
    let lands = |source: &&crate::dockerfile::Word| {
        let name = source.value.rsplit('/').next().unwrap_or_default();
        dest == path && sources.len() == 1 || format!("{}/{name}", dest.trim_end_matches('/')) == path
    };
    sources.iter().find(lands).map(|source| source.span)
}
