//! `missing-cpu-limit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Role, Shape};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container without a CPU limit.
    ///
    /// ## Why
    /// A container without a limit may slow down its neighbours on the node. Others find that limits slow down the container
    /// for nothing: this rule is for teams that have settled on them.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` has no CPU limit
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     resources: {limits: {}}
    ///                 ^^^^^^ container `log` has no CPU limit
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", resources: {limits: {cpu: 1Gi}}}
    /// ```
    /// A value for the whole pod holds for its containers, and an ephemeral container cannot have one:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   resources: {limits: {cpu: 2Gi}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   ephemeralContainers:
    ///   - {name: debug, image: "example.com/debug:1.4"}
    /// ```
    pub RULE {
        name: "missing-cpu-limit",
        aliases: &[
            "trivy:KSV-0011",
            "checkov:CKV_K8S_11",
            "kube-score:container-resources",
            "polaris:cpuLimitsMissing",
            "kubescape:C-0270",
            "kubescape:C-0050",
            "kubescape:C-0009",
            "kyverno:require-cpu-limits",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let pod = container.pod;
    let given = |kind| container.resource(kind, "cpu").or_else(|| pod.resource(kind, "cpu"));
    let missing = given("limits").is_none();
    if !missing || container.role == Role::Ephemeral || pod.shape == Shape::Steps {
        return;
    }
    sink.report(container.missing_resource("limits"), format!("{} has no CPU limit", container.title()))
        .caption("no CPU limit")
        .help("set `resources.limits.cpu`");
}
