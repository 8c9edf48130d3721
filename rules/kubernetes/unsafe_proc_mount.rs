//! `unsafe-proc-mount`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, is_placeholder, pod_security};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that sees all of `/proc`: `procMount` is not `Default`.
    ///
    /// ## Why
    /// By default the runtime hides and locks the parts of `/proc` through which a container could reach the kernel of its
    /// node. `Unmasked` uncovers them.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - name: builder
    ///     image: example.com/builder:1.4
    ///     securityContext:
    ///       procMount: Unmasked
    ///                  ^^^^^^^^ container `builder` mounts `/proc` as `Unmasked`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - {name: builder, image: "example.com/builder:1.4", securityContext: {procMount: Default}}
    /// ```
    /// With a user namespace of its own, which the API asks for since 1.33, the pod reaches nothing of the node:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - name: builder
    ///     image: example.com/builder:1.4
    ///     securityContext: {procMount: Unmasked}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/procMount`
    ///   - from 1.0: `procMount` must be unset or `Default`
    ///   - from 1.35: a pod with `hostUsers: false` may set `procMount`
    /// - `pss:restricted/procMount_restricted`
    ///   - from 1.35: `procMount` must be unset or `Default`, with `hostUsers: false` too
    pub RULE {
        name: "unsafe-proc-mount",
        aliases: &[
            "kube-linter:unsafe-proc-mount",
            "trivy:KSV-0027",
            "polaris:procMount",
            "kubescape:C-0211",
            "pss:baseline/procMount",
            "pss:restricted/procMount_restricted",
            "kyverno:disallow-proc-mount",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

const BASELINE: &str = "pss:baseline/procMount";
const RESTRICTED: &str = "pss:restricted/procMount_restricted";

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.security_context("procMount").filter(|value| !value.is_null()) else { return };
    let Some(kind) = value.text().filter(|kind| *kind != "Default" && !is_placeholder(kind)) else { return };
    let version = sink.version();
    let finding = sink.report_value(value, format!("{} mounts `/proc` as `{kind}`", container.title()));
    finding.caption("not `Default`").about(container.node.span());
    finding.help("drop the key, or give the pod a user namespace of its own with `hostUsers: false`");
    if container.pod.has_user_namespace() {
        finding.pedantic();
    }
    if pod_security::exempts_user_namespace(container.pod, version) {
        finding.not_aliases(&[BASELINE]);
    }
    if !pod_security::has(RESTRICTED, version) {
        finding.not_aliases(&[RESTRICTED]);
    }
}
