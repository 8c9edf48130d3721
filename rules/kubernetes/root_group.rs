//! `root-group`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod whose processes belong to the root group: group id 0.
    ///
    /// ## Why
    /// Files of the image and of volumes that the root group may read or write are then open to the process.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     runAsGroup: 0
    ///                 ^ Pod `web` has the group id 0 as `runAsGroup`
    ///     fsGroup: 0
    ///              ^ Pod `web` has the group id 0 as `fsGroup`
    ///     supplementalGroups: [1000, 0]
    ///                                ^ Pod `web` has the group id 0 as `supplementalGroups`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsGroup: 1000, fsGroup: 1000, supplementalGroups: [1000]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostUsers: false
    ///   securityContext: {runAsGroup: 0}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "root-group",
        aliases: &[
            "trivy:KSV-0116",
            "kube-linter:run-as-non-root",
            "kubescape:C-0013",
            "kyverno:require-non-root-groups",
            "kyverno:psp-check-supplemental-groups",
            "kyverno:validate-userid-groupid-fsgroup",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if pod.has_user_namespace() {
        return;
    }
    for key in ["runAsGroup", "fsGroup"] {
        report(pod.security_context(key), key, &pod.title(), sink);
    }
    for group in pod.security_context("supplementalGroups").into_iter().flat_map(Node::items) {
        report(Some(group), "supplementalGroups", &pod.title(), sink);
    }
    for container in pod.containers() {
        report(container.security_context("runAsGroup"), "runAsGroup", &container.title(), sink);
    }
}

fn report(value: Option<Node<'_>>, key: &str, who: &str, sink: &mut Sink<'_>) {
    if let Some(value) = value.filter(|value| value.as_i64() == Some(0)) {
        sink.report_value(value, format!("{who} has the group id 0 as `{key}`"))
            .caption("the root group")
            .help("give a group id other than 0");
    }
}
