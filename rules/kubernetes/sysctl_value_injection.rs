//! `sysctl-value-injection`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a kernel parameter whose value holds `+` or `=`.
    ///
    /// ## Why
    /// A container runtime that hands the value on unread takes what follows for parameters of its own, and runs a program of
    /// the pod's choice as root of the node: CVE-2022-0811. No kernel parameter needs these signs.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///     - name: kernel.shm_rmid_forced
    ///       value: 1+kernel.core_pattern=|/bin/sh
    ///              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the value of the kernel parameter `kernel.shm_rmid_forced` holds `+` or `=`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: kernel.shm_rmid_forced, value: "1"}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: net.ipv4.ip_local_port_range, value: "1024 65535"}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "sysctl-value-injection",
        aliases: &[
            "kyverno:prevent-cr8escape",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for item in pod.security_context("sysctls").into_iter().flat_map(Node::items) {
        let Some(value) = item.get("value") else { continue };
        let name = item.get("name").and_then(Node::text).unwrap_or_default();
        if value.text().is_some_and(|text| text.contains(['+', '=']) && !is_placeholder(text)) {
            let message = format!(
                "the value of the kernel parameter `{name}` holds `+` or `=`, as in an escape from the container"
            );
            sink.report_value(value, message).caption("not a value").help("write the value alone");
        }
    }
}
