//! `missing-readiness-probe`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::Needs;
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::workspace::{KnownFile, ObjectFacts, PodFacts, Workspace};

crate::rule! {
    /// Flags a pod without a readiness probe.
    ///
    /// ## Why
    /// A Service sends requests to each of its pods that is ready, and a pod without the probe counts as ready as soon as its
    /// process runs: every rollout answers some requests with errors.
    ///
    /// ```yaml bad
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
    ///               ^^^ container `web` has no readiness probe, though Service `web` sends it requests
    ///         image: example.com/web:1.4
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good
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
    ///         image: example.com/web:1.4
    ///         readinessProbe: {httpGet: {port: 80}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports: [{port: 80}]
    /// ```
    /// A Job is not sent requests:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// By default a Deployment that no Service selects is silent, as is one whose Service is headless or for metrics, and a pod
    /// of which one container has the probe:
    /// ```yaml good default
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4", securityContext: {allowPrivilegeEscalation: false, runAsNonRoot: true}, resources: {limits: {memory: 1Gi}}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   clusterIP: None
    /// ```
    pub RULE {
        name: "missing-readiness-probe",
        aliases: &[
            "kube-linter:no-readiness-probe",
            "checkov:CKV_K8S_9",
            "kube-score:pod-probes",
            "polaris:readinessProbeMissing",
            "kubescape:C-0018",
            "kyverno:require-pod-probes",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        for pod in object.pods.iter().filter(|pod| pod.keeps_running) {
            let main = || pod.containers.iter().filter(|container| container.main);
            let none = object.kind == "Deployment" && main().all(|container| !container.ready);
            let service = serving(workspace, object, pod).filter(|_| none);
            if let (Some((other, service, span)), Some(first)) = (service, main().next()) {
                let message = format!(
                    "container `{}` has no readiness probe, though Service `{}` sends it requests",
                    first.name, service.name
                );
                sink.report_in(file.id, first.span, message)
                    .caption("no readiness probe")
                    .label_in(other.id, span, "selects the pod")
                    .help("add a `readinessProbe` that fails until the program can answer");
                continue;
            }
            for container in main().filter(|container| !container.ready) {
                let message = format!("container `{}` has no readiness probe", container.name);
                sink.report_in(file.id, container.span, message)
                    .caption("no readiness probe")
                    .help("add a `readinessProbe` that fails until the program can answer")
                    .pedantic();
            }
        }
    }
}

/// The Service that sends requests to the pod, and where it selects it.
fn serving<'w>(
    workspace: &'w Workspace,
    owner: &ObjectFacts,
    pod: &PodFacts,
) -> Option<(&'w KnownFile, &'w ObjectFacts, Span)> {
    let labels = pod.labels.as_ref()?;
    workspace.objects().find_map(|(file, object)| {
        let near = object.namespace.is_none() || owner.namespace.is_none() || object.namespace == owner.namespace;
        let service = object.service.as_ref().filter(|service| near && service.balanced && !service.metrics)?;
        service.selector.matches(labels).then_some((file, object, service.span))
    })
}
