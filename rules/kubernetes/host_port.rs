//! `host-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container port that is opened on the node itself: `hostPort`.
    ///
    /// ## Why
    /// Only one such pod fits on a node, the scheduler has to find a node with that port free, and whoever reaches the node
    /// reaches the container past every Service.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports:
    ///     - containerPort: 8080
    ///       hostPort: 80
    ///                 ^^ container `web` opens port 80 of its node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", ports: [{containerPort: 8080, hostPort: 0}]}
    /// ```
    /// By default a DaemonSet is silent, which runs once on a node anyway:
    /// ```yaml good default
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec:
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4", ports: [{containerPort: 80, hostPort: 80}]}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostPorts`
    ///   - from 1.0: no container may have a `hostPort`
    pub RULE {
        name: "host-port",
        aliases: &[
            "trivy:KSV-0024",
            "checkov:CKV_K8S_26",
            "polaris:hostPortSet",
            "kubescape:C-0044",
            "kubescape:C-0204",
            "pss:baseline/hostPorts",
            "kyverno:disallow-host-ports",
            "kyverno:disallow-host-ports-range",
        ],
        severity: Severity::Low, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for port in container.items("ports") {
        let Some(value) = port.get("hostPort") else { continue };
        let Some(number) = value.as_i64().filter(|number| *number != 0) else { continue };
        let finding = sink.report_value(value, format!("{} opens port {number} of its node", container.title()));
        finding.caption("a port of the node").help("drop the key, and reach the pod through a Service");
        // With the node's network every port is one of the node, which host-network says.
        if container.pod.is_daemon() || container.pod.flag("hostNetwork").is_some() {
            finding.pedantic();
        }
    }
}
