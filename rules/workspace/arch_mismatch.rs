//! `arch-mismatch`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, Workspace};

crate::rule! {
    /// Flags a pod that asks for nodes of one architecture, while its image is built for another.
    ///
    /// ## Why
    /// The container does not start: `exec format error`. The finding needs a literal `--platform` in the final `FROM`
    /// and a literal `kubernetes.io/arch` in `nodeSelector`.
    ///
    /// ```dockerfile bad file=web/Dockerfile
    /// FROM --platform=linux/amd64 debian:12.11-slim
    ///                 ----------- the image is built for amd64
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector:
    ///     kubernetes.io/arch: arm64
    ///                         ^^^^^ container `web` runs on arm64 nodes, but its image is built for amd64
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    /// ```dockerfile good file=web/Dockerfile
    /// FROM --platform=$TARGETPLATFORM debian:12.11-slim
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {kubernetes.io/arch: arm64}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    /// An earlier stage may be built for what it likes:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM --platform=linux/amd64 golang:1.24 AS build
    /// FROM debian:12.11-slim
    /// COPY --from=build /web /web
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {kubernetes.io/arch: arm64}
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    pub RULE {
        name: "arch-mismatch",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::CrossFile, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for BuiltContainer { file, pod, container, image, dockerfile, built } in workspace.built_containers() {
        let Some((wanted, span)) = &pod.arch else { continue };
        let Some((made, made_span)) = built.arch.as_ref().filter(|(made, _)| made != wanted) else { continue };
        let name = &container.name;
        let message = format!("container `{name}` runs on {wanted} nodes, but its image is built for {made}");
        sink.report_in(file.id, *span, message)
            .label(image, "this image")
            .label_in(dockerfile.id, *made_span, format!("the image is built for {made}"))
            .help("build the image for the architecture of its nodes, or drop the platform from FROM");
    }
}
