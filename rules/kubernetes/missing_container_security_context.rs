//! `missing-container-security-context`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container without a `securityContext`, or with an empty one.
    ///
    /// ## Why
    /// Nobody has said what the container may do, and the pod's own block cannot: `allowPrivilegeEscalation`, capabilities and
    /// the read-only root filesystem belong to the container. Other rules say what is missing; this one asks for the block.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` has no `securityContext`
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext: {}
    ///     ^^^^^^^^^^^^^^^ container `log` has no `securityContext`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", securityContext: {allowPrivilegeEscalation: false}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: wait, image: "example.com/wait:1.4", securityContext: {privileged: false}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", securityContext: {runAsUser: 1000}}
    /// ```
    pub RULE {
        name: "missing-container-security-context",
        aliases: &[
            "checkov:CKV_K8S_30",
            "trivy:KSV-0118",
            "kubescape:C-0211",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let context = container.node.get("securityContext");
    if context.is_none_or(|context| context.is_null() || context.is_mapping() && context.is_empty()) {
        sink.report(container.missing_in("securityContext"), format!("{} has no `securityContext`", container.title()))
            .caption("`securityContext` is missing")
            .help("set at least `allowPrivilegeEscalation: false` and `capabilities: {drop: [ALL]}`");
    }
}
