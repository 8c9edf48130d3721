//! `custom-selinux-options`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder, pod_security};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags SELinux options that take a container out of the confinement made for containers.
    ///
    /// ## Why
    /// SELinux keeps a container from the node even where everything else fails. A `user`, a `role` or a type that is not one
    /// of those for containers changes that.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   securityContext:
    ///     seLinuxOptions: {type: spc_t, level: "s0"}
    ///                            ^^^^^ Pod `agent` sets the SELinux type `spc_t`
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext:
    ///       seLinuxOptions:
    ///         user: system_u
    ///               ^^^^^^^^ container `agent` sets the SELinux user `system_u`
    ///         role: system_r
    ///               ^^^^^^^^ container `agent` sets the SELinux role `system_r`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   securityContext:
    ///     seLinuxOptions: {type: container_kvm_t, level: "s0:c123,c456"}
    ///   containers:
    ///   - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    /// Standards since 1.31 know the type for containers that make containers:
    /// ```yaml good version=1.31
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - name: builder
    ///     image: example.com/builder:1.4
    ///     securityContext: {seLinuxOptions: {type: container_engine_t, user: ""}}
    /// ```
    /// ```yaml bad version=1.30
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - name: builder
    ///     image: example.com/builder:1.4
    ///     securityContext: {seLinuxOptions: {type: container_engine_t}}
    ///                                              ^^^^^^^^^^^^^^^^^^ container `builder` sets the SELinux type `container_engine_t`
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/seLinuxOptions`
    ///   - from 1.0: no `user`, no `role`, and a `type` of containers
    ///   - from 1.31: the type `container_engine_t` is allowed too
    pub RULE {
        name: "custom-selinux-options",
        aliases: &[
            "trivy:KSV-0025",
            "kubescape:C-0211",
            "pss:baseline/seLinuxOptions",
            "kyverno:disallow-selinux",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    report(pod.security_context("seLinuxOptions"), &pod.title(), sink);
    for container in pod.containers() {
        report(container.security_context("seLinuxOptions"), &container.title(), sink);
    }
}

fn report(options: Option<Node<'_>>, who: &str, sink: &mut Sink<'_>) {
    for key in ["type", "user", "role"] {
        let Some(value) = options.and_then(|options| options.get(key)).filter(|value| !value.is_null()) else {
            continue;
        };
        let Some(text) = value.text().filter(|text| !text.is_empty() && !is_placeholder(text)) else { continue };
        if key == "type" && pod_security::is_allowed_selinux_type(text, sink.version()) {
            continue;
        }
        sink.report_value(value, format!("{who} sets the SELinux {key} `{text}`"))
            .caption("not for containers")
            .help("drop the key; a `level` is fine");
    }
}
