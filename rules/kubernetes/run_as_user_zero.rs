//! `run-as-user-zero`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, pod_security};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags `runAsUser: 0`, which makes containers run as root.
    ///
    /// ## Why
    /// Root in a container is root on the node wherever the wall between them has a hole, and it may write everything
    /// in the container. Give the process a user of its own.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsUser: 0}
    ///                                ^ Pod `web` runs its containers as root
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   ephemeralContainers:
    ///   - name: debug
    ///     image: example.com/debug:1.4
    ///     securityContext:
    ///       runAsUser: 0x0
    ///                  ^^^ ephemeral container `debug` runs as root
    /// ```
    /// Through an alias the finding stands at the place of use:
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector: {matchLabels: {app: agent}}
    ///   template:
    ///     metadata: {labels: {app: agent}}
    ///     spec:
    ///       securityContext: {runAsUser: &id 0}
    ///                                        ^ the pod of DaemonSet `agent` runs its containers as root
    ///       containers:
    ///       - name: agent
    ///         image: example.com/agent:1.4
    ///         securityContext: {runAsUser: *id}
    ///                                      ^^^ container `agent` runs as root
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsUser: 65532}
    /// ```
    /// By default a value for the pod that every container replaces is silent, as is a pod with a user namespace,
    /// whose root is nobody on the node:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsUser: 0}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsUser: 65532}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: isolated}
    /// spec:
    ///   hostUsers: false
    ///   securityContext: {runAsUser: 0}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/runAsUser`
    ///   - from 1.23: `runAsUser` must not be 0
    ///   - from 1.35: pods with `hostUsers: false` are exempt
    pub RULE {
        name: "run-as-user-zero",
        aliases: &[
            "trivy:KSV-0105", "kube-linter:run-as-non-root", "pss:restricted/runAsUser",
            "kyverno:require-run-as-non-root-user",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["may-run-as-root"],
        checks: &[Check::PodSpec(check)],
    }
}

const STANDARD: &str = "pss:restricted/runAsUser";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let another = |value: Option<Node<'_>>| value.is_some_and(|value| !value.is_null() && value.as_i64() != Some(0));
    let containers = pod.containers();
    if let Some(value) = zero(pod.security_context("runAsUser")) {
        let holds = containers.iter().any(|container| !another(container.security_context("runAsUser")));
        let message = match holds {
            true => format!("{} runs its containers as root: `runAsUser` is 0", pod.title()),
            false => format!("{} sets `runAsUser` to 0, though each of its containers has another value", pod.title()),
        };
        report(pod, value, message, pod.node.span(), !holds, sink);
    }
    for container in containers {
        if let Some(value) = zero(container.security_context("runAsUser")) {
            let message = format!("{} runs as root: `runAsUser` is 0", container.title());
            report(pod, value, message, container.node.span(), false, sink);
        }
    }
}

fn zero(value: Option<Node<'_>>) -> Option<Node<'_>> {
    value.filter(|value| value.as_i64() == Some(0))
}

fn report(pod: PodSpec<'_>, value: Node<'_>, message: String, about: Span, unused: bool, sink: &mut Sink<'_>) {
    let version = sink.version();
    let finding = sink.report_value(value, message);
    finding.caption("root").about(about).help("give a user id other than 0, and let that user own what it writes");
    if unused || pod.has_user_namespace() {
        finding.pedantic();
    }
    if !pod_security::has(STANDARD, version) || pod_security::exempts_user_namespace(pod, version) {
        finding.not_aliases(&[STANDARD]);
    }
}
