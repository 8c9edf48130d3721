//! `apparmor-unconfined`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container whose AppArmor profile is switched off.
    ///
    /// ## Why
    /// The runtime's profile keeps a container from parts of the node that it has no business with. Whoever writes
    /// `Unconfined` takes that away.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     appArmorProfile: {type: Unconfined}
    ///                             ^^^^^^^^^^ Pod `web` has the AppArmor profile `Unconfined`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// Annotations are those of the pod template, not of the workload:
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata:
    ///       labels: {app: web}
    ///       annotations:
    ///         container.apparmor.security.beta.kubernetes.io/web: unconfined
    ///                                                             ^^^^^^^^^^ container `web` has the AppArmor profile `unconfined`
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     container.apparmor.security.beta.kubernetes.io/web: localhost/web
    /// spec:
    ///   securityContext: {appArmorProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   annotations: {container.apparmor.security.beta.kubernetes.io/web: unconfined}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/appArmorProfile`
    ///   - from 1.0: type and annotations must be unset, the runtime's default or `Localhost`
    pub RULE {
        name: "apparmor-unconfined",
        aliases: &[
            "trivy:KSV-0002",
            "polaris:linuxHardening",
            "pss:baseline/appArmorProfile",
            "kyverno:restrict-apparmor-profiles",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    profile(pod.security_context("appArmorProfile"), &pod.title(), sink);
    for container in pod.containers() {
        profile(container.security_context("appArmorProfile"), &container.title(), sink);
    }
    for entry in pod.annotations() {
        let name = entry.key_text().and_then(|key| key.strip_prefix(ANNOTATION));
        let (Some(name), Some(value)) = (name, entry.value.text()) else { continue };
        let allowed = value.is_empty() || value == "runtime/default" || value.starts_with("localhost/");
        if !allowed && !is_placeholder(value) {
            report(entry.value, value, &format!("container `{name}`"), sink);
        }
    }
}

fn profile(profile: Option<Node<'_>>, who: &str, sink: &mut Sink<'_>) {
    let Some(profile) = profile.filter(|profile| profile.is_mapping()) else { return };
    let value = profile.get("type").filter(|value| !value.is_null());
    let kind = value.and_then(Node::text).unwrap_or_default();
    if !matches!(kind, "RuntimeDefault" | "Localhost") && !is_placeholder(kind) {
        report(value.unwrap_or(profile), kind, who, sink);
    }
}

fn report(place: Node<'_>, kind: &str, who: &str, sink: &mut Sink<'_>) {
    sink.report_value(place, format!("{who} has the AppArmor profile `{kind}`, which is no confinement"))
        .caption("not confined")
        .help("use `RuntimeDefault`, or a profile of your own as `Localhost`");
}
