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
        .help("drop the key; add the single capability or device that the container needs");
    }
}
