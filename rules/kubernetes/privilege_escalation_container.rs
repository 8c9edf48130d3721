//! `privilege-escalation-container`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec, pod_security, titles};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod whose containers may gain more rights than they started with: `allowPrivilegeEscalation` is not false.
    ///
    /// ## Why
    /// A program in the image that is marked set-uid runs as root for whoever starts it. Hardly any container needs
    /// that, and `allowPrivilegeEscalation: false` switches it off. Unset means allowed, and the pod's own
    /// `securityContext` has no such key: each container must say it.
    ///
    /// A pod is reported once. A container that is privileged or has `SYS_ADMIN` holds the rights already, and the API
    /// refuses `allowPrivilegeEscalation: false` beside them: by default it is silent here.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       securityContext: {runAsNonRoot: true}
    ///       ^^^^^^^^^^^^^^^ the pod of Deployment `web` lets init container `wait` gain more rights than it started with
    ///       initContainers:
    ///       - name: wait
    ///         image: example.com/wait:1.4
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         securityContext: {allowPrivilegeEscalation: false}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext:
    ///       allowPrivilegeEscalation: true
    ///                                 ^^^^ Pod `web` lets container `web` gain more rights than it started with
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: &hardened
    ///       allowPrivilegeEscalation: false
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext:
    ///       <<: *hardened
    ///       runAsUser: 1000
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
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: mounter}
    /// spec:
    ///   containers:
    ///   - name: mounter
    ///     image: example.com/mounter:1.4
    ///     securityContext: {capabilities: {add: [SYS_ADMIN]}}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/allowPrivilegeEscalation`
    ///   - from 1.8: every container must set `allowPrivilegeEscalation: false`
    ///   - from 1.25: pods with `os.name: windows` are exempt
    pub RULE {
        name: "privilege-escalation-container",
        aliases: &[
            "kube-linter:privilege-escalation-container", "trivy:KSV-0001", "checkov:CKV_K8S_20",
            "polaris:privilegeEscalationAllowed", "kubescape:C-0016", "kubescape:C-0197",
            "pss:restricted/allowPrivilegeEscalation", "kyverno:disallow-privilege-escalation",
            "kyverno:podsecurity-subrule-restricted",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

const STANDARD: &str = "pss:restricted/allowPrivilegeEscalation";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let version = sink.version();
    if pod_security::exempts_windows(pod, version) {
        return;
    }
    let open: Vec<Container<'_>> = pod.containers().into_iter().filter(|container| may_escalate(*container)).collect();
    let (powerful, plain): (Vec<Container<'_>>, Vec<Container<'_>>) =
        open.into_iter().partition(|container| container.is_all_powerful());
    let shown = if plain.is_empty() { &powerful } else { &plain };
    let Some(first) = shown.first() else { return };
    let said = shown.iter().find_map(|container| container.security_context("allowPrivilegeEscalation"));
    let said = said.filter(|value| !value.is_null());
    let message =
        |who: &[Container<'_>]| format!("{} lets {} gain more rights than it started with", pod.title(), titles(who));
    let finding = match said {
        Some(value) => sink.report_value(value, message(std::slice::from_ref(first))),
        None => {
            let message = message(shown)
                .replace("than it started", if shown.len() > 1 { "than they started" } else { "than it started" });
            sink.report(pod.missing_in("securityContext"), message)
        }
    };
    finding.caption("may gain more rights").about(pod.node.span());
    finding.help("set `allowPrivilegeEscalation: false` in the `securityContext` of each container");
    for container in shown.iter().take(5) {
        finding.label(container.missing_in("securityContext"), "`allowPrivilegeEscalation: false` is missing");
    }
    if plain.is_empty() || pod.is_windows() || !pod.known {
        finding.pedantic();
    }
    if !pod_security::has(STANDARD, version) {
        finding.not_aliases(&[STANDARD]);
    }
}

fn may_escalate(container: Container<'_>) -> bool {
    let value = container.security_context("allowPrivilegeEscalation").filter(|value| !value.is_null());
    // A value that is neither true nor false is filled in later.
    value.is_none_or(|value| value.as_bool() == Some(true))
}
