//! `host-network`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that uses the network of its node: `hostNetwork: true`.
    ///
    /// ## Why
    /// The pod sees and may listen to the traffic of the node, reaches what is bound to the node's loopback address, and
    /// no NetworkPolicy holds for it.
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
    ///       hostNetwork: on
    ///                    ^^ the pod of Deployment `web` uses the network of its node
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostNetwork: false
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// By default a DaemonSet is silent: agents of the node need it.
    /// ```yaml good default
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec:
    ///       hostNetwork: true
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostNamespaces`
    ///   - from 1.0: `hostNetwork`, `hostPID` and `hostIPC` must not be true
    pub RULE {
        name: "host-network",
        aliases: &[
            "kube-linter:host-network",
            "trivy:KSV-0009",
            "checkov:CKV_K8S_19",
            "polaris:hostNetworkSet",
            "kubescape:C-0041",
            "kubescape:C-0196",
            "pss:baseline/hostNamespaces",
            "kyverno:disallow-host-namespaces",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(value) = pod.flag("hostNetwork") else { return };
    let message = format!("{} uses the network of its node", pod.title());
    let finding = sink.report_value(value, message);
    finding
        .caption("uses the network of its node")
        .about(pod.node.span())
        .help("drop the key, unless the pod is an agent of the node");
    if pod.is_daemon() {
        finding.pedantic();
    }
}
