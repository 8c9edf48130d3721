//! `missing-memory-request`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Role, Shape};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container without a memory request.
    ///
    /// ## Why
    /// The scheduler places pods by what they request, and under pressure the kernel kills first what uses more than it
    /// requested. A limit alone will do: the API copies it to the request.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` has no memory request
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     resources: {requests: {}}
    ///                 ^^^^^^^^ container `log` has no memory request
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", resources: {requests: {memory: 1Gi}}}
    /// ```
    /// A value for the whole pod holds for its containers, and an ephemeral container cannot have one:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {limits: {memory: 2Gi}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   ephemeralContainers:
    ///   - {name: debug, image: "example.com/debug:1.4"}
    /// ```
    pub RULE {
        name: "missing-memory-request",
        aliases: &[
            "trivy:KSV-0016",
            "checkov:CKV_K8S_12",
            "kube-score:container-resources",
            "polaris:memoryRequestsMissing",
            "kubescape:C-0269",
            "kubescape:C-0004",
            "kyverno:require-requests-limits",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let pod = container.pod;
    let given = |kind| container.resource(kind, "memory").or_else(|| pod.resource(kind, "memory"));
    let missing = given("requests").is_none() && given("limits").is_none();
    if !missing || container.role == Role::Ephemeral || pod.shape == Shape::Steps {
        return;
    }
    sink.report(container.missing_resource("requests"), format!("{} has no memory request", container.title()))
        .caption("no memory request")
        .help("set `resources.requests.memory` to what the container usually uses");
}
