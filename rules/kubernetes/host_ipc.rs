//! `host-ipc`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that shares memory with its node: `hostIPC: true`.
    ///
    /// ## Why
    /// The pod reads and writes the shared memory and message queues of the node's processes and of every other pod that
    /// does the same.
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
    ///       hostIPC: on
    ///                ^^ the pod of Deployment `web` shares memory with its node
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostIPC: false
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
    ///       hostIPC: true
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostNamespaces`
    ///   - from 1.0: `hostNetwork`, `hostPID` and `hostIPC` must not be true
    pub RULE {
        name: "host-ipc",
        aliases: &[
            "kube-linter:host-ipc",
            "trivy:KSV-0008",
            "checkov:CKV_K8S_18",
            "polaris:hostIPCSet",
            "kubescape:C-0038",
            "kubescape:C-0195",
            "kubescape:C-0276",
            "pss:baseline/hostNamespaces",
            "kyverno:disallow-host-namespaces",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(value) = pod.flag("hostIPC") else { return };
    let message = format!("{} shares memory with its node", pod.title());
    let finding = sink.report_value(value, message);
    finding
        .caption("shares memory with its node")
        .about(pod.node.span())
        .help("drop the key, unless the pod is an agent of the node");
    if pod.is_daemon() {
        finding.pedantic();
    }
}
