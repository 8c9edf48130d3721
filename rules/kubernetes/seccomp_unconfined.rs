//! `seccomp-unconfined`.
use crate::finding::{Family, Finding, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{PodSpec, Version, is_placeholder, pod_security};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags a seccomp profile that is switched off.
    ///
    /// ## Why
    /// Without a profile a container may make every system call there is, those with the fault of next year among them.
    /// Whoever writes `Unconfined` takes away the runtime's own profile, which hardly any program notices.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     seccompProfile: {type: Unconfined}
    ///                            ^^^^^^^^^^ Pod `web` has the seccomp profile `Unconfined`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml fixed
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     seccompProfile: {type: RuntimeDefault}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// Up to 1.18 the profile was an annotation of the pod:
    /// ```yaml bad version=1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: unconfined
    ///                                               ^^^^^^^^^^ Pod `web` has the seccomp profile `unconfined`
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// Saying nothing is another matter, that of `seccomp-profile-missing`:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/seccompProfile_baseline`
    ///   - from 1.0: seccomp annotations must name the runtime's profile or a local one
    ///   - from 1.19: `seccompProfile.type` must be unset, `RuntimeDefault` or `Localhost`
    pub RULE {
        name: "seccomp-unconfined",
        aliases: &[
            "trivy:KSV-0104",
            "pss:baseline/seccompProfile_baseline",
            "kyverno:restrict-seccomp",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        replaces: &["seccomp-profile-missing"],
        checks: &[Check::PodSpec(check)],
    }
}

const POD_ANNOTATION: &str = "seccomp.security.alpha.kubernetes.io/pod";
const CONTAINER_ANNOTATION: &str = "container.seccomp.security.alpha.kubernetes.io/";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if sink.version() < Version::minor(19) {
        return annotations(pod, sink);
    }
    // The restricted standard has a check of its own, which lets Windows pass.
    if sink.is_restricted_only() && pod_security::exempts_windows(pod, sink.version()) {
        return;
    }
    profile(pod.security_context("seccompProfile"), &pod.title(), pod.node.span(), sink);
    for container in pod.containers() {
        let own = container.security_context("seccompProfile");
        profile(own, &container.title(), container.node.span(), sink);
    }
}

fn annotations(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let containers = pod.containers();
    for entry in pod.annotations() {
        let (Some(key), Some(value)) = (entry.key_text(), entry.value.text()) else { continue };
        let container = key.strip_prefix(CONTAINER_ANNOTATION);
        let container = container.and_then(|name| containers.iter().find(|container| container.name() == name));
        let who = match container {
            Some(container) => container.title(),
            None if key == POD_ANNOTATION => pod.title(),
            None => continue,
        };
        let allowed = matches!(value, "runtime/default" | "docker/default") || value.starts_with("localhost/");
        if !allowed && !is_placeholder(value) {
            report(entry.value, value, &who, pod.node.span(), sink).help("use `runtime/default`");
        }
    }
}

fn profile(profile: Option<Node<'_>>, who: &str, about: Span, sink: &mut Sink<'_>) {
    let Some(profile) = profile.filter(|profile| profile.is_mapping()) else { return };
    let value = profile.get("type").filter(|value| !value.is_null());
    let kind = value.and_then(Node::text).unwrap_or_default();
    if matches!(kind, "RuntimeDefault" | "Localhost") || is_placeholder(kind) {
        return;
    }
    let finding = report(value.unwrap_or(profile), kind, who, about, sink);
    finding.help("use `RuntimeDefault`, or a profile of your own as `Localhost`");
    if let Some(value) = value.filter(|value| value.anchored().is_none()) {
        let edit = (value.span(), "RuntimeDefault".to_owned());
        finding.fix(Safety::Unsafe, "Use the profile `RuntimeDefault`", vec![edit]);
    }
}

fn report<'s>(place: Node<'_>, kind: &str, who: &str, about: Span, sink: &'s mut Sink<'_>) -> &'s mut Finding {
    let message = format!("{who} has the seccomp profile `{kind}`, which forbids nothing");
    sink.report_value(place, message).caption("forbids nothing").about(about)
}
