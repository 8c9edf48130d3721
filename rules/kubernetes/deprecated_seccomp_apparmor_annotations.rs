//! `deprecated-seccomp-apparmor-annotations`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, Version};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags annotations that once set the seccomp or AppArmor profile of a pod.
    ///
    /// ## Why
    /// Since Kubernetes 1.27 the seccomp annotations do nothing: the pod that looks confined runs unconfined. Those of
    /// AppArmor are deprecated since 1.30. Both have fields in `securityContext` now.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: runtime/default
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Pod `web` sets its seccomp profile by an annotation, which Kubernetes 1.35 ignores
    ///     container.apparmor.security.beta.kubernetes.io/web: runtime/default
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Pod `web` sets an AppArmor profile by an annotation, which is deprecated
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// Where the field is set too, the annotation is for older clusters:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations: {seccomp.security.alpha.kubernetes.io/pod: runtime/default}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good version=1.18
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     seccomp.security.alpha.kubernetes.io/pod: runtime/default
    ///     container.apparmor.security.beta.kubernetes.io/web: runtime/default
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    pub RULE {
        name: "deprecated-seccomp-apparmor-annotations",
        aliases: &["trivy:KSV-0030", "checkov:CKV_K8S_31"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::DeprecatedApi, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

const SECCOMP: [&str; 2] =
    ["seccomp.security.alpha.kubernetes.io/pod", "container.seccomp.security.alpha.kubernetes.io/"];
const APPARMOR: &str = "container.apparmor.security.beta.kubernetes.io/";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let metadata = pod.template.and_then(|template| template.get("metadata"));
    let annotations = metadata.and_then(|metadata| metadata.get("annotations"));
    for entry in annotations.into_iter().flat_map(Node::entries) {
        let Some(key) = entry.key_text() else { continue };
        let version = sink.version();
        if SECCOMP.iter().any(|own| key.starts_with(own)) {
            if version >= Version::minor(19) && !is_set(pod, "seccompProfile") {
                let does = match version >= Version::minor(27) {
                    true => format!("which Kubernetes {version} ignores"),
                    false => "which is deprecated".to_owned(),
                };
                sink.report(
                    entry.key_span(),
                    format!("{} sets its seccomp profile by an annotation, {does}", pod.title()),
                )
                .caption("use `seccompProfile`")
                .help("set `securityContext.seccompProfile` instead");
            }
        } else if key.starts_with(APPARMOR) && entry.value.text() != Some("unconfined") {
            // That no profile holds is worse than how it is said, and another rule's.
            if version >= Version::minor(30) && !is_set(pod, "appArmorProfile") {
                sink.report(
                    entry.key_span(),
                    format!("{} sets an AppArmor profile by an annotation, which is deprecated", pod.title()),
                )
                .caption("use `appArmorProfile`")
                .severity(Severity::Low)
                .help("set `securityContext.appArmorProfile` instead");
            }
        }
    }
}

fn is_set(pod: PodSpec<'_>, field: &str) -> bool {
    pod.security_context(field).is_some()
        || pod.containers().iter().any(|container| container.security_context(field).is_some())
}
