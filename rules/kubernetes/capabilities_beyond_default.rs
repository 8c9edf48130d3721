//! `capabilities-beyond-default`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, is_placeholder, pod_security};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a capability that a container adds beyond those it is given by default.
    ///
    /// ## Why
    /// Each such capability is a piece of what root on the node may do. `NET_ADMIN` reconfigures interfaces, `SYS_PTRACE`
    /// reads other processes. Add one only where the program cannot do without.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: vpn}
    /// spec:
    ///   containers:
    ///   - name: vpn
    ///     image: example.com/vpn:1.4
    ///     securityContext:
    ///       capabilities:
    ///         add: [NET_BIND_SERVICE, NET_ADMIN]
    ///                                 ^^^^^^^^^ container `vpn` adds the capability `NET_ADMIN`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [ALL], add: [CHOWN, NET_BIND_SERVICE]}}
    /// ```
    /// ```yaml good option.allow=["NET_ADMIN"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: vpn}
    /// spec:
    ///   containers:
    ///   - name: vpn
    ///     image: example.com/vpn:1.4
    ///     securityContext: {capabilities: {add: [NET_ADMIN]}}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/capabilities_baseline`
    ///   - from 1.0: `add` may hold only what container runtimes give by default
    pub RULE {
        name: "capabilities-beyond-default",
        aliases: &[
            "trivy:KSV-0022",
            "checkov:CKV_K8S_25",
            "polaris:dangerousCapabilities",
            "kubescape:C-0046",
            "kubescape:C-0200",
            "pss:baseline/capabilities_baseline",
            "kyverno:disallow-capabilities",
            "kyverno:psp-restrict-adding-capabilities",
            "kyverno:service-mesh-disallow-capabilities",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Further capabilities that may be added.")],
        replaces: &["capabilities-not-dropped"],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    // From 1.22 on the restricted standard has a check of its own, which lets Windows pass.
    if sink.is_restricted_only() && pod_security::exempts_windows(container.pod, sink.version()) {
        return;
    }
    for name in container.capabilities("add") {
        let Some(text) = name.text().filter(|text| !is_placeholder(text)) else { continue };
        if pod_security::BASELINE_CAPABILITIES.contains(&text) || sink.list("allow").contains(&text) {
            continue;
        }
        let message =
            format!("{} adds the capability `{text}`, which containers do not have by default", container.title());
        sink.report_value(name, message)
            .caption("added")
            .about(name.span())
            .help("drop it, unless the program cannot do without");
    }
}
