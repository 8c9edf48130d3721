//! `unsafe-sysctls`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder, pod_security};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a kernel parameter that a pod sets and that is not known to be safe.
    ///
    /// ## Why
    /// A safe parameter changes nothing outside the pod. The others may: kubelets refuse a pod with one of them unless they
    /// are told to allow it.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     sysctls:
    ///     - {name: net.core.somaxconn, value: "1024"}
    ///              ^^^^^^^^^^^^^^^^^^ Pod `web` sets the kernel parameter `net.core.somaxconn`
    ///     - {name: net.ipv4.tcp_syncookies, value: "1"}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "0"}]
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// Later versions know more of them:
    /// ```yaml good version=1.32
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: "4096 87380 6291456"}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml bad version=1.31
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: "4096 87380 6291456"}]}
    ///                                      ^^^^^^^^^^^^^^^^^ Pod `web` sets the kernel parameter `net.ipv4.tcp_rmem`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/sysctls`
    ///   - from 1.0: only the safe sysctls of Kubernetes 1.0
    ///   - from 1.27: `net.ipv4.ip_local_reserved_ports` is safe too
    ///   - from 1.29: `net.ipv4.tcp_keepalive_*` and `tcp_fin_timeout` are safe too
    ///   - from 1.32: `net.ipv4.tcp_rmem` and `tcp_wmem` are safe too
    ///   - from 1.37: `net.ipv4.tcp_slow_start_after_idle` and `tcp_notsent_lowat` are safe too
    pub RULE {
        name: "unsafe-sysctls",
        aliases: &[
            "kube-linter:unsafe-sysctls",
            "trivy:KSV-0026",
            "kubescape:C-0211",
            "pss:baseline/sysctls",
            "kyverno:restrict-sysctls",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Further kernel parameters that may be set.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let sysctls = pod.security_context("sysctls");
    for item in sysctls.into_iter().flat_map(Node::items) {
        let Some(value) = item.get("name") else { continue };
        let Some(name) = value.text().filter(|name| !is_placeholder(name)) else { continue };
        let allowed = sink.list("allow").contains(&name);
        if !allowed && !pod_security::is_safe_sysctl(name, sink.version()) {
            let message = format!("{} sets the kernel parameter `{name}`, which is not known to be safe", pod.title());
            sink.report_value(value, message)
                .caption("not safe")
                .help("drop it, or set it on the node; kubelets refuse it unless they are told to allow it");
        }
    }
}
