//! `healthcheck-vs-probes`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, Workspace};

crate::rule! {
    /// Flags a container without probes whose image has a `HEALTHCHECK`.
    ///
    /// ## Why
    /// Kubernetes ignores `HEALTHCHECK`. The author meant the container's health to be watched, and in the cluster it
    /// is not: say the same in a liveness or readiness probe.
    ///
    /// ```dockerfile bad file=web/Dockerfile
    /// FROM nginx:1.27
    /// HEALTHCHECK CMD curl -f http://localhost/
    /// ----------- Kubernetes ignores this
    /// ```
    /// ```yaml with=deploy.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///               ^^^ container `web` has no probe, and Kubernetes ignores the HEALTHCHECK of its image
    ///         image: registry.example.com/web:1.4
    /// ```
    /// ```dockerfile good file=web/Dockerfile
    /// FROM nginx:1.27
    /// HEALTHCHECK CMD curl -f http://localhost/
    /// ```
    /// ```yaml with=deploy.yaml
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: registry.example.com/web:1.4
    ///         readinessProbe: {httpGet: {path: /, port: 80}}
    /// ```
    /// What runs to its end needs no probe:
    /// ```dockerfile good file=sweep/Dockerfile
    /// FROM nginx:1.27
    /// HEALTHCHECK CMD curl -f http://localhost/
    /// ```
    /// ```yaml with=job.yaml
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - name: sweep
    ///         image: registry.example.com/sweep:1.4
    /// ```
    pub RULE {
        name: "healthcheck-vs-probes",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::CrossFile, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["missing-readiness-probe"],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for BuiltContainer { file, pod, container, image, dockerfile, built } in workspace.built_containers() {
        let Some(healthcheck) = built.healthcheck else { continue };
        if !pod.keeps_running || !container.main || container.probed {
            continue;
        }
        let name = &container.name;
        let message = format!("container `{name}` has no probe, and Kubernetes ignores the HEALTHCHECK of its image");
        sink.report_in(file.id, container.span, message)
            .caption("has no probe")
            .label(image, "this image")
            .label_in(dockerfile.id, healthcheck, "Kubernetes ignores this")
            .help("say the same in a livenessProbe or readinessProbe");
    }
}
