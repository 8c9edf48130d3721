//! `missing-readiness-probe`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{KnownFile, ObjectFacts, PodFacts, Workspace};

crate::rule! {
    /// Flags a workload that gets traffic before anything tells that it is ready.
    ///
    /// ## Why
    /// Without a readiness probe a pod counts as ready as soon as its process has started: at every rollout requests go
    /// to pods that cannot answer yet.
    ///
    /// By default a Deployment is reported, once, that a Service selects and none of whose containers has a probe; not
    /// behind a headless Service or one for metrics only. When the rule is asked for, every container is that keeps
    /// running without one.
    ///
    /// ```yaml bad default
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  --- sends requests to it
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
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
    ///               ^^^ container `web` of Deployment `web` has no readiness probe: Service `web` sends it requests before it can answer
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec:
    ///       containers:
    ///       - name: db
    ///               ^^ container `db` of StatefulSet `db` has no readiness probe
    ///         image: example.com/db:1.4
    /// ```
    /// No Service sends to it:
    /// ```yaml good default
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: worker}
    /// spec:
    ///   selector: {matchLabels: {app: worker}}
    ///   template:
    ///     metadata: {labels: {app: worker}}
    ///     spec: {containers: [{name: worker, image: "example.com/worker:1.4"}]}
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: worker-metrics}
    /// spec: {selector: {app: worker}, ports: [{name: metrics, port: 9090}]}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: worker}
    /// spec:
    ///   selector: {matchLabels: {app: worker}}
    ///   template:
    ///     metadata: {labels: {app: worker}}
    ///     spec: {containers: [{name: worker, image: "example.com/worker:1.4"}]}
    /// ```
    /// A Job comes to its end:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template:
    ///     spec: {restartPolicy: Never, containers: [{name: sweep, image: "example.com/sweep:1.4"}]}
    /// ```
    pub RULE {
        name: "missing-readiness-probe",
        aliases: &[
            "kube-linter:no-readiness-probe", "checkov:CKV_K8S_9", "kube-score:pod-probes",
            "polaris:readinessProbeMissing", "kubescape:C-0018", "kyverno:require-pod-probes",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects().filter(|(_, object)| !["Job", "CronJob"].contains(&&*object.kind)) {
        for pod in object.pods.iter().filter(|_| is_long_lived(object)) {
            let unprobed = pod.containers.iter().filter(|container| container.main && !container.ready_probed);
            let bare = !pod.containers.iter().any(|container| container.ready_probed);
            let service = match bare && object.kind == "Deployment" && !file.facts.incomplete {
                true => sender(workspace, file, object, pod),
                false => None,
            };
            for (index, container) in unprobed.enumerate() {
                let name = &container.name;
                let title = format!("container `{name}` of {} has no readiness probe", object.title());
                let sent = service.filter(|_| index == 0);
                let message = match sent {
                    Some((_, service)) => {
                        format!("{title}: {} sends it requests before it can answer", service.title())
                    }
                    None => title,
                };
                let finding = sink.report_in(file.id, container.span, message);
                finding
                    .caption("no `readinessProbe`")
                    .help("add a `readinessProbe` that asks what its callers will ask");
                match sent {
                    Some((at, service)) => finding.label_in(at.id, service.span, "sends requests to it"),
                    None => finding.severity(Severity::Low).pedantic(),
                };
            }
        }
    }
}

/// Whether the pods of an object are to stay: those of built-in workloads.
fn is_long_lived(object: &ObjectFacts) -> bool {
    ["", "apps", "extensions", "apps.openshift.io"].contains(&object.group())
}

/// The Service that sends requests to a pod: not a headless one, not one that only serves metrics. It stands beside the
/// pod, or both name their namespace: repositories of examples reuse labels.
fn sender<'w>(
    workspace: &'w Workspace,
    file: &KnownFile,
    owner: &ObjectFacts,
    pod: &PodFacts,
) -> Option<(&'w KnownFile, &'w ObjectFacts)> {
    let labels = pod.labels.as_ref()?;
    workspace.objects().find(|(at, object)| {
        let selects = object.service.as_ref().is_some_and(|service| service.selector.matches(labels));
        let near = object.namespace == owner.namespace && (owner.namespace.is_some() || at.is_beside(file));
        near && selects && serves_requests(object)
    })
}

fn serves_requests(service: &ObjectFacts) -> bool {
    let metrics = |name: &str| ["metric", "monitor", "prometheus", "webhook"].iter().any(|word| name.contains(word));
    let Some(ports) = &service.relations.service_ports else { return false };
    let only_metrics = !ports.names.is_empty() && ports.names.iter().all(|name| metrics(name));
    !ports.headless && !metrics(&service.name) && !only_metrics
}
