//! `credential-file-in-image`.
use crate::dockerfile::{Args, Keyword};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags files that hold credentials by their name, such as `.env` or `id_rsa`, copied into the image.
    ///
    /// ## Why
    /// Whoever can pull the image has the credentials, and removing the file in a later instruction leaves it in the layer
    /// below. Mount it into the `RUN` that needs it with `--mount=type=secret`, or give it to the container when it starts.
    ///
    /// By default the rule speaks of stages that end up in the image and of files that are secret as a rule. Private keys by
    /// their ending, `.npmrc` and stages that are only copied from are shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// COPY package.json .env ./
    ///                   ^^^^ holds credentials
    /// ADD id_rsa /root/.ssh/
    ///     ^^^^^^ holds credentials
    /// COPY [".aws/credentials", "/root/.aws/"]
    ///       ^^^^^^^^^^^^^^^^^^ holds credentials
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine AS build
    /// COPY .git-credentials /root/
    ///      ^^^^^^^^^^^^^^^^ holds credentials
    /// FROM node:22.11-alpine
    /// COPY .npmrc certs/server.key ./
    ///      ^^^^^^ may hold credentials
    ///             ^^^^^^^^^^^^^^^^ may hold credentials
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// COPY .env.example .env.production.sample id_rsa.pub known_hosts ca.pem ./
    /// RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS build
    /// FROM node:22.11-alpine
    /// COPY --from=build /app/.env /app/
    /// COPY $ENV_FILE /app/
    /// ```
    pub RULE {
        name: "credential-file-in-image",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

/// Files and folders that are secret as a rule.
const SECRET: [&str; 18] = [
    ".env",
    "id_rsa",
    "id_dsa",
    "id_ecdsa",
    "id_ed25519",
    ".netrc",
    "_netrc",
    ".git-credentials",
    ".pypirc",
    ".pgpass",
    ".ssh",
    ".aws",
    ".gnupg",
    ".vault-token",
    ".dockercfg",
    ".dockerconfigjson",
    ".htpasswd",
    ".s3cfg",
];
/// Files that are secret by the folder they lie in.
const PATHS: [&str; 4] = [".aws/credentials", ".docker/config.json", ".kube/config", ".config/gcloud"];
/// Files that may hold a secret.
const DOUBTFUL: [&str; 3] = [".npmrc", ".yarnrc.yml", "kubeconfig"];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for copy in document.views_of(&[Keyword::Copy, Keyword::Add]) {
        let Args::Copy { sources, .. } = &copy.instruction.args else { continue };
        if copy.instruction.flag("from").is_some() {
            continue;
        }
        for source in sources.iter().filter(|source| source.is_literal()) {
            let path = source.value.trim_end_matches('/');
            let name = path.rsplit('/').next().unwrap_or_default();
            let is_sure =
                SECRET.contains(&name) || PATHS.iter().any(|own| path == *own || path.ends_with(&format!("/{own}")));
            let is_doubtful = DOUBTFUL.contains(&name) || name.ends_with(".key") || name.ends_with(".pfx");
            if !is_sure && !is_doubtful || path.contains("://") {
                continue;
            }
            let what = if is_sure { "holds credentials" } else { "may hold credentials" };
            let keyword = copy.instruction.keyword.as_str();
            let finding = sink.report(source.span, format!("{keyword} puts `{path}`, which {what}, into the image"));
            finding.caption(format!("{what} as a rule"));
            finding.help("mount it with `--mount=type=secret`, or give it to the container when it starts");
            if !is_sure || !copy.ships() {
                finding.pedantic();
            }
        }
    }
}
