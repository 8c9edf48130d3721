//! `missing-cpu-request`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Quantity, Role, Shape};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags a container without a CPU request.
    ///
    /// ## Why
    /// The scheduler places pods by what they request. A container that requests nothing is packed onto a full node,
    /// and gets what the others leave. A limit alone will do: the API copies it to the request.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` requests no CPU
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     resources:
    ///       requests: {memory: 64Mi}
    ///       ^^^^^^^^ container `log` requests no CPU
    ///       limits: {memory: 64Mi}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {cpu: 100m}}
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     resources: {limits: {cpu: 100m}}
    /// ```
    /// A request of the whole pod holds for its containers, and an ephemeral container cannot have one:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {requests: {cpu: 500m}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   ephemeralContainers:
    ///   - {name: debug, image: "example.com/debug:1.4"}
    /// ```
    /// By default a container without any resources is reported once, by `missing-memory-limit`:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "missing-cpu-request",
        aliases: &[
            "kube-linter:unset-cpu-requirements", "trivy:KSV-0015", "checkov:CKV_K8S_10",
            "kube-score:container-resources", "polaris:cpuRequestsMissing", "kubescape:C-0268", "kubescape:C-0050",
            "kyverno:require-requests-limits",
        ],
        severity: Severity::Low, tier: Tier::Default, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let pod = container.pod;
    let given = |kind| container.resource(kind, "cpu").or_else(|| pod.resource(kind, "cpu"));
    let requested = given("requests").or_else(|| given("limits"));
    if container.role == Role::Ephemeral || pod.shape == Shape::Steps || requested.is_some_and(|value| !is_zero(value))
    {
        return;
    }
    let resources = container.node.get("resources").filter(|resources| !resources.is_null() && !resources.is_empty());
    if resources.is_some_and(|resources| !resources.is_mapping()) {
        return;
    }
    let message = format!("{} requests no CPU", container.title());
    let requests = resources.and_then(|resources| resources.entry("requests")).filter(|entry| entry.value.is_mapping());
    let missing = || requests.map_or_else(|| container.missing_in("resources"), |entry| entry.key_span());
    let finding = match requested {
        Some(zero) => sink.report_value(zero, message),
        None => sink.report(missing(), message),
    };
    // Where there are no resources at all, the finding about memory says so for both.
    let about = if resources.is_none() { container.node.span() } else { Span::empty(1) };
    finding.caption("no CPU request").about(about);
    finding.help("set `resources.requests.cpu` to what the container usually uses");
    if !container.is_long_running() || !pod.known {
        finding.pedantic();
    }
}

fn is_zero(value: Node<'_>) -> bool {
    value.text().and_then(Quantity::parse).is_some_and(Quantity::is_zero)
}
