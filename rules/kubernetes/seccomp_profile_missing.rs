//! `seccomp-profile-missing`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec, pod_security, titles};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod whose containers have no seccomp profile.
    ///
    /// ## Why
    /// Unless the kubelet is told otherwise, a container without a profile may make every system call there is, those
    /// with the fault of next year among them. The runtime's own profile leaves out what hardly any program needs.
    ///
    /// A pod is reported once, at its `securityContext` or where that is missing.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   ^^^^^^^^^^^^^^^ Pod `web` has no seccomp profile for containers `web` and `log`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   - {name: log, image: "example.com/log:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {seccompProfile: {type: Unconfined}}
    ///                                              ^^^^^^^^^^ Pod `web` has no seccomp profile for container `web`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext: {seccompProfile: {type: Localhost, localhostProfile: log.json}}
    /// ```
    /// Windows has no such thing:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/seccompProfile_restricted`
    ///   - from 1.19: `RuntimeDefault` or `Localhost` must hold for every container
    ///   - from 1.25: pods with `os.name: windows` are exempt
    pub RULE {
        name: "seccomp-profile-missing",
        aliases: &[
            "trivy:KSV-0030", "checkov:CKV_K8S_31", "kube-score:container-seccomp-profile", "kubescape:C-0210",
            "kubescape:C-0055", "polaris:linuxHardening", "pss:restricted/seccompProfile_restricted",
            "kyverno:restrict-seccomp-strict", "kyverno:podsecurity-subrule-restricted-seccomp",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

const STANDARD: &str = "pss:restricted/seccompProfile_restricted";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let version = sink.version();
    if pod_security::exempts_windows(pod, version) {
        return;
    }
    let pod_profile = pod.security_context("seccompProfile").filter(|profile| !profile.is_null());
    let pod_is_bad = pod_profile.is_some_and(|profile| !is_good(profile));
    let open: Vec<Container<'_>> = pod
        .containers()
        .into_iter()
        .filter(|container| !container.effective("seccompProfile").is_some_and(is_good))
        .collect();
    let said =
        open.iter().find_map(|container| container.effective("seccompProfile")).or(pod_profile.filter(|_| pod_is_bad));
    if open.is_empty() && !pod_is_bad {
        return;
    }
    let finding = match said {
        Some(profile) => {
            let who = if open.is_empty() { "any container".to_owned() } else { titles(&open) };
            let message = format!("{} has no seccomp profile for {who}", pod.title());
            sink.report_value(profile.get("type").unwrap_or(profile), message)
        }
        None => {
            let message = format!("{} has no seccomp profile for {}", pod.title(), titles(&open));
            sink.report(pod.missing_in("securityContext"), message)
        }
    };
    finding.caption("no seccomp profile").about(pod.node.span());
    finding.help("set `seccompProfile: {type: RuntimeDefault}` in the pod's `securityContext`");
    if !pod_security::has(STANDARD, version) {
        finding.not_aliases(&[STANDARD]);
    }
}

/// Whether a profile confines; one that is filled in later is taken to.
fn is_good(profile: Node<'_>) -> bool {
    match profile.get("type").and_then(Node::text) {
        Some(kind) => matches!(kind, "RuntimeDefault" | "Localhost") || crate::kubernetes::is_placeholder(kind),
        None => !profile.is_mapping(),
    }
}
