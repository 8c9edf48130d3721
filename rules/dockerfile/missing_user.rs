//! `missing-user`.
use std::collections::HashMap;

use crate::finding::{Family, FileId, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, ImageUser, Workspace};

crate::rule! {
    /// Flags an image that runs as root because no `USER` says otherwise.
    ///
    /// ## Why
    /// Whoever breaks out of a process that runs as root, or finds a writable mount, has far more to work with than
    /// with an ordinary user.
    ///
    /// By default the rule speaks of applications on base images that are known to start as root: a language runtime
    /// or server into which files are copied, or an operating system into which files of another stage are copied,
    /// with a command of its own. It is silent where the image gives root away when it starts (`gosu`, `su-exec`,
    /// `setpriv`), and where every manifest that runs the image sets a `runAsUser` other than 0.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// ^^^^ no USER
    /// COPY . /app
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```dockerfile bad default
    /// FROM golang:1.24 AS build
    /// USER nobody
    /// FROM debian:12.11-slim
    /// ^^^^ no USER
    /// COPY --from=build /app /app
    /// ENTRYPOINT ["/app"]
    /// ```
    /// A base image that is not known, and an image without a command, are shown only when asked for:
    /// ```dockerfile bad
    /// FROM registry.example.com/runtime:1
    /// ^^^^ no USER
    /// COPY . /app
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```dockerfile good default
    /// FROM registry.example.com/runtime:1
    /// COPY . /app
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// RUN apt-get update
    /// CMD ["bash"]
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine AS base
    /// USER node
    /// FROM base
    /// COPY . /app
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```dockerfile good
    /// FROM gcr.io/distroless/nodejs22:nonroot
    /// COPY . /app
    /// CMD ["/app/server.js"]
    /// ```
    /// ```dockerfile good default
    /// FROM python:3.14-slim
    /// COPY . /app
    /// ENTRYPOINT ["setpriv", "--reuid=1000", "python", "/app/main.py"]
    /// ```
    /// The manifest that runs it gives it a user:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM node:22.11-alpine
    /// COPY . /app
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsUser: 1000}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-user",
        aliases: &["trivy:DS-0002", "checkov:CKV_DOCKER_3"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let users = users(workspace);
    for (file, image) in workspace.dockerfiles() {
        let given = users.get(&file.id).is_some_and(|all| all.iter().all(|user| user.is_some_and(|id| id != 0)));
        if !file.reported || image.user_is_written || image.is_surely_not_root || given {
            continue;
        }
        let message = match image.user {
            ImageUser::RootByBase => "the image runs as root: its base image does, and no USER says otherwise",
            _ => "no USER says which user the image runs as",
        };
        let finding = sink.report_in(file.id, image.user_span, message);
        finding.caption("no USER").help("end the final stage with a USER that is not root");
        if !image.is_rootful_application {
            finding.pedantic();
        }
    }
}

/// The `runAsUser` of every container that runs the image of a Dockerfile.
fn users(workspace: &Workspace) -> HashMap<FileId, Vec<Option<i64>>> {
    let mut found: HashMap<FileId, Vec<Option<i64>>> = HashMap::new();
    for BuiltContainer { container, dockerfile, .. } in workspace.built_containers() {
        found.entry(dockerfile.id).or_default().push(container.run_as_user);
    }
    found
}
