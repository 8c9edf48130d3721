//! `missing-memory-limit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Quantity, Role, Shape};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags a container without a memory limit.
    ///
    /// ## Why
    /// A container without a limit may take all the memory of its node, and the kernel then kills whatever it finds,
    /// other pods among it. With a limit, the container that leaks is the one that is restarted.
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
    ///       initContainers:
    ///       - name: proxy
    ///         image: example.com/proxy:1.4
    ///         restartPolicy: Always
    ///         resources:
    ///           limits: {cpu: 100m}
    ///           ^^^^^^ sidecar `proxy` has no memory limit
    ///       containers:
    ///       - name: web
    ///               ^^^ container `web` has no requests or limits at all
    ///         image: example.com/web:1.4
    ///       - name: log
    ///         image: example.com/log:1.4
    ///         resources: {requests: {memory: 64Mi}}
    ///         ^^^^^^^^^ container `log` has no memory limit
    ///       - name: cache
    ///         image: example.com/cache:1.4
    ///         resources: {limits: {memory: 0}}
    ///                                      ^ container `cache` has a memory limit of 0, which is none
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
    ///       limits: {memory: 256Mi}
    /// ```
    /// A limit of the whole pod holds for its containers, and an ephemeral container cannot have one:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {limits: {memory: 1Gi}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   - {name: log, image: "example.com/log:1.4"}
    ///   ephemeralContainers:
    ///   - {name: debug, image: "example.com/debug:1.4"}
    /// ```
    /// By default init containers, which end before the others start, are silent:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: wait, image: "example.com/wait:1.4"}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", resources: {limits: {memory: 64Mi}}}
    /// ```
    pub RULE {
        name: "missing-memory-limit",
        aliases: &[
            "kube-linter:unset-memory-requirements", "trivy:KSV-0018", "checkov:CKV_K8S_13",
            "kube-score:container-resources", "polaris:memoryLimitsMissing", "kubescape:C-0271", "kubescape:C-0004",
            "kubescape:C-0009", "kyverno:require-requests-limits",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["missing-cpu-request"],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let pod = container.pod;
    if container.role == Role::Ephemeral || pod.shape == Shape::Steps || pod.resource("limits", "memory").is_some() {
        return;
    }
    let title = container.title();
    let resources = container.node.get("resources").filter(|resources| !resources.is_null() && !resources.is_empty());
    let (finding, about) = match (container.resource("limits", "memory"), resources) {
        (Some(value), _) if is_zero(value) => {
            (sink.report_value(value, format!("{title} has a memory limit of 0, which is none")), Span::empty(0))
        }
        (Some(_), _) => return,
        (None, None) => {
            let span = container.missing_in("resources");
            (sink.report(span, format!("{title} has no requests or limits at all")), container.node.span())
        }
        // Not a mapping: a template expression.
        (None, Some(resources)) if !resources.is_mapping() => return,
        (None, Some(resources)) => {
            let limits = resources.entry("limits").filter(|entry| entry.value.is_mapping());
            let span = limits.map_or_else(|| container.missing_in("resources"), |entry| entry.key_span());
            (sink.report(span, format!("{title} has no memory limit")), Span::empty(0))
        }
    };
    // Only a container without any resources is reported here for its missing CPU request too.
    finding.caption("no memory limit").about(about);
    finding.help(
        "set `resources.limits.memory` to what the container may use at most, and requests to what it usually uses",
    );
    if !container.is_long_running() || !pod.known {
        finding.pedantic();
    }
}

fn is_zero(value: Node<'_>) -> bool {
    value.text().and_then(Quantity::parse).is_some_and(Quantity::is_zero)
}
