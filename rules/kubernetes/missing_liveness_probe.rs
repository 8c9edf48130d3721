//! `missing-liveness-probe`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Role};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that nothing restarts when it hangs.
    ///
    /// ## Why
    /// A process that has ended is restarted anyway; one that is stuck is not, without a liveness probe. A wrong probe
    /// restarts healthy pods: many do well without.
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
    ///       containers:
    ///       - name: web
    ///               ^^^ container `web` has no liveness probe
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
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
    ///         image: example.com/web:1.4
    ///         livenessProbe: {httpGet: {path: /health, port: 80}}
    /// ```
    /// A Job comes to its end:
    /// ```yaml good
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: sweep}
    /// spec:
    ///   template: {spec: {restartPolicy: Never, containers: [{name: sweep, image: 'example.com/sweep:1.4'}]}}
    /// ```
    pub RULE {
        name: "missing-liveness-probe",
        aliases: &[
            "kube-linter:no-liveness-probe", "checkov:CKV_K8S_8", "kube-score:pod-probes",
            "polaris:livenessProbeMissing", "kubescape:C-0056", "kyverno:require-pod-probes",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let object = container.pod.object;
    let long_lived = ["", "apps", "extensions", "apps.openshift.io"].contains(&object.group());
    if long_lived && container.role == Role::App && container.node.get("livenessProbe").is_none_or(Node::is_null) {
        sink.report(
            container.span(),
            format!("{} has no liveness probe: nothing restarts it when it hangs", container.title()),
        )
        .caption("no `livenessProbe`")
        .help("add a `livenessProbe` that fails only when a restart helps");
    }
}
