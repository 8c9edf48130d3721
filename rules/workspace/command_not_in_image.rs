//! `command-not-in-image`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, Workspace};

/// Programs of a shell and its surroundings, none of which is in `scratch` or a distroless image.
const TOOLS: [&str; 30] = [
    "ash", "awk", "bash", "busybox", "cat", "chmod", "chown", "cp", "curl", "dash", "echo", "env", "find", "grep",
    "id", "kill", "ls", "mkdir", "mv", "nc", "netstat", "pgrep", "ps", "rm", "sed", "sh", "sleep", "tail", "test",
    "wget",
];

crate::rule! {
    /// Flags a command, probe or hook that calls a shell or a tool which the image, built on `scratch` or distroless,
    /// does not have.
    ///
    /// ## Why
    /// The container cannot start, the probe never succeeds, the hook never runs.
    ///
    /// ```dockerfile bad file=api/Dockerfile
    /// FROM golang:1.24 AS build
    /// RUN go build -o /api .
    /// FROM gcr.io/distroless/static:nonroot
    ///      -------------------------------- the image has no shell and no tools
    /// COPY --from=build /api /api
    /// ENTRYPOINT ["/api"]
    /// ```
    /// ```yaml with=deploy.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: api}
    /// spec:
    ///   selector: {matchLabels: {app: api}}
    ///   template:
    ///     metadata: {labels: {app: api}}
    ///     spec:
    ///       containers:
    ///       - name: api
    ///         image: registry.example.com/api:1.4
    ///         livenessProbe:
    ///           exec:
    ///             command: ["curl", "-f", "http://localhost:8080/"]
    ///                       ^^^^^^ container `api` is told to run `curl`, which its image does not have
    /// ```
    /// ```dockerfile good file=api/Dockerfile
    /// FROM scratch
    /// COPY api /api
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api}
    /// spec:
    ///   containers:
    ///   - name: api
    ///     image: registry.example.com/api:1.4
    ///     command: [/api, serve]
    /// ```
    /// A shell that was put in is there:
    /// ```dockerfile good file=api/Dockerfile
    /// FROM scratch
    /// COPY --from=busybox:1.37 /bin/sh /bin/sh
    /// COPY api /api
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api}
    /// spec:
    ///   containers:
    ///   - name: api
    ///     image: registry.example.com/api:1.4
    ///     command: [sh, -c, "exec /api"]
    /// ```
    pub RULE {
        name: "command-not-in-image",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::CrossFile, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for BuiltContainer { file, container, image, dockerfile, built, .. } in workspace.built_containers() {
        let Some((base, files)) = &built.bare else { continue };
        for (program, span) in &container.programs {
            let name = program.rsplit('/').next().unwrap_or_default();
            if !TOOLS.contains(&name) || files.contains(name) {
                continue;
            }
            let message =
                format!("container `{}` is told to run `{program}`, which its image does not have", container.name);
            sink.report_in(file.id, *span, message)
                .caption("not in the image")
                .label(image, "this image")
                .label_in(dockerfile.id, *base, "the image has no shell and no tools")
                .help("call a program of the image, use an httpGet or grpc probe, or build on a base that has it");
        }
    }
}
