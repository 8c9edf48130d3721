//! `host-pid`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that sees the processes of its node: `hostPID: true`.
    ///
    /// ## Why
    /// The pod sees every process of the node, with its environment and open files, and with a little help from another
    /// setting may enter it.
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
    ///       hostPID: on
    ///                ^^ the pod of Deployment `web` sees the processes of its node
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostPID: false
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
    ///       hostPID: true
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostNamespaces`
    ///   - from 1.0: `hostNetwork`, `hostPID` and `hostIPC` must not be true
    pub RULE {
        name: "host-pid",
        aliases: &[
            "kube-linter:host-pid",
            "trivy:KSV-0010",
            "checkov:CKV_K8S_17",
            "polaris:hostPIDSet",
            "kubescape:C-0038",
            "kubescape:C-0194",
            "kubescape:C-0275",
            "pss:baseline/hostNamespaces",
            "kyverno:disallow-host-namespaces",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(value) = pod.flag("hostPID") else { return };
    let message = format!("{} sees the processes of its node", pod.title());
    let finding = sink.report_value(value, message);
    finding
        .caption("sees the processes of its node")
        .about(pod.node.span())
        .help("drop the key, unless the pod is an agent of the node");
    if pod.is_daemon() {
        finding.pedantic();
    }
}
