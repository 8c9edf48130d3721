//! `missing-ephemeral-storage-request`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Role, Shape};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container without a request and a limit for ephemeral storage.
    ///
    /// ## Why
    /// What a container writes to its own files, its logs and `emptyDir` fills the disk of the node. Without the two, the
    /// scheduler does not count it, and the kubelet evicts whatever it finds.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` has no request and limit for ephemeral storage
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     resources: {limits: {ephemeral-storage: 1Gi}, requests: {cpu: 10m}}
    ///                                                   ^^^^^^^^ container `log` has no request for ephemeral storage
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       requests: {ephemeral-storage: 1Gi}
    ///       limits: {ephemeral-storage: 1Gi}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: &both {requests: {ephemeral-storage: 1Gi}, limits: {ephemeral-storage: 2Gi}}
    ///   - {name: log, image: "example.com/log:1.4", resources: *both}
    /// ```
    pub RULE {
        name: "missing-ephemeral-storage-request",
        aliases: &[
            "kube-score:container-ephemeral-storage-request-and-limit",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    if container.role == Role::Ephemeral || container.pod.shape == Shape::Steps {
        return;
    }
    let given = |kind| container.resource(kind, "ephemeral-storage").is_some();
    let (words, kind) = match (given("requests"), given("limits")) {
        (true, true) => return,
        (false, true) => ("request", "requests"),
        (true, false) => ("limit", "limits"),
        (false, false) => ("request and limit", "requests"),
    };
    let message = format!("{} has no {words} for ephemeral storage", container.title());
    sink.report(container.missing_resource(kind), message)
        .caption("not set")
        .help("set `ephemeral-storage` in `resources.requests` and `resources.limits`");
}
