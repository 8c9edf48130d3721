//! `image-user-vs-run-as-non-root`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, ImageUser, Workspace};

crate::rule! {
    /// Flags `runAsNonRoot: true` on a container whose image, built in this repository, starts as root or as a user
    /// that is only a name.
    ///
    /// ## Why
    /// The kubelet refuses to start such a container. It looks at the number in the image's configuration: root is 0,
    /// and of a name it cannot tell. Give `USER` a number other than 0 in the Dockerfile, or set `runAsUser` in the
    /// manifest.
    ///
    /// An image is taken to be built from the only Dockerfile of the only folder that has the image's name.
    ///
    /// ```dockerfile bad file=web/Dockerfile
    /// FROM node:22.11-alpine
    /// COPY . /app
    /// USER node
    ///      ---- the image starts as `node`
    /// CMD ["node", "/app/server.js"]
    /// ```
    /// ```yaml with=deploy/pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: true
    ///                   ^^^^ container `web` must not run as root, but the kubelet cannot tell whether its image's user `node` is root
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/shop/web:1.4
    /// ```
    /// A base image that starts as root, and no `USER`:
    /// ```dockerfile bad file=api/Dockerfile
    /// FROM golang:1.24 AS build
    /// RUN go build -o /api ./...
    /// FROM debian:12.11-slim
    /// ---- the image starts as root
    /// COPY --from=build /api /api
    /// ENTRYPOINT ["/api"]
    /// ```
    /// ```yaml with=cron.yaml
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// spec:
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///           containers:
    ///           - name: sweep
    ///             image: api
    ///             securityContext:
    ///               runAsNonRoot: true
    ///                             ^^^^ container `sweep` must not run as root, but its image starts as root
    /// ```
    /// A number can be judged:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM node:22.11-alpine
    /// USER 1000
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    /// The manifest names a user:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM node:22.11-alpine
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true, runAsUser: 1000}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    /// Two folders of one name: which one builds the image is unknown.
    /// ```dockerfile good file=a/web/Dockerfile
    /// FROM node:22.11-alpine
    /// ```
    /// ```dockerfile with=b/web/Dockerfile
    /// FROM node:22.11-alpine
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    pub RULE {
        name: "image-user-vs-run-as-non-root",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::CrossFile, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for BuiltContainer { file, container, image, dockerfile, built, .. } in workspace.built_containers() {
        let (Some(non_root), None) = (container.run_as_non_root, container.run_as_user) else { continue };
        let (fault, label) = match &built.user {
            _ if container.user_namespace => continue,
            ImageUser::Unknown | ImageUser::Numeric(_) => continue,
            ImageUser::Root | ImageUser::RootByBase => {
                ("its image starts as root".to_owned(), "the image starts as root".to_owned())
            }
            ImageUser::Name(name) => (
                format!("the kubelet cannot tell whether its image's user `{name}` is root"),
                format!("the image starts as `{name}`"),
            ),
        };
        let message = format!("container `{}` must not run as root, but {fault}", container.name);
        sink.report_in(file.id, non_root, message)
            .label(image, "this image")
            .label_in(dockerfile.id, built.user_span, label)
            .help("give USER a number other than 0 in the Dockerfile, or set runAsUser here");
    }
}
