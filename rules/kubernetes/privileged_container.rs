//! `privileged-container`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that runs privileged.
    ///
    /// ## Why
    /// A privileged container sees the devices of the node and may do what root on the node may do: whoever breaks into
    /// it owns the node. YAML reads `yes` and `on` as true, and so does the cluster.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext:
    ///       privileged: yes
    ///                   ^^^ container `agent` is privileged
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext:
    ///       privileged: false
    /// ```
    /// The word in quotes is a text, which the API refuses:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext:
    ///       privileged: "yes"
    /// ```
    /// Every kind of container counts: of a template in a list, of an init container, of a custom resource.
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: List
    /// items:
    /// - apiVersion: batch/v1
    ///   kind: Job
    ///   metadata: {name: setup}
    ///   spec:
    ///     template:
    ///       spec:
    ///         restartPolicy: Never
    ///         initContainers:
    ///         - {name: sysctl, image: "example.com/tools:1.4", securityContext: {privileged: true}}
    ///                                                                                        ^^^^ init container `sysctl` is privileged
    ///         containers:
    ///         - {name: setup, image: "example.com/setup:1.4"}
    /// - apiVersion: argoproj.io/v1alpha1
    ///   kind: Rollout
    ///   metadata: {name: web}
    ///   spec:
    ///     template:
    ///       spec:
    ///         containers:
    ///         - name: web
    ///           image: example.com/web:1.4
    ///           securityContext: &open
    ///             privileged: true
    ///                         ^^^^ container `web` is privileged
    ///         - name: log
    ///           image: example.com/log:1.4
    ///           securityContext: *open
    ///                            ^^^^^ container `log` is privileged
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/privileged`
    ///   - from 1.0: `privileged` must not be true
    pub RULE {
        name: "privileged-container",
        aliases: &[
            "kube-linter:privileged-container", "trivy:KSV-0017", "checkov:CKV_K8S_16",
            "kube-score:container-security-context-privileged", "polaris:runAsPrivileged", "kubescape:C-0057",
            "kubescape:C-0193", "kubescape:C-0211", "pss:baseline/privileged",
            "kyverno:disallow-privileged-containers", "kyverno:podsecurity-subrule-baseline",
        ],
        severity: Severity::Critical, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["may-run-as-root", "privilege-escalation-container"],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.security_context("privileged") else { return };
    if value.as_bool() == Some(true) {
        sink.report_value(
            value,
            format!("{} is privileged: it may do what root on the node may do", container.title()),
        )
        .caption("privileged")
        .label(container.span(), container.title())
        .about(container.node.span())
        .help("drop the key; add the single capability or device that the container needs");
    }
}
