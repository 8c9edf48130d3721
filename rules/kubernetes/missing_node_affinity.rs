//! `missing-node-affinity`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape, place};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that does not say which nodes it prefers or needs.
    ///
    /// ## Why
    /// In a cluster of unlike nodes, a pod that says nothing may end up on one that is not meant for it.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` does not say which nodes it prefers
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: []}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {disk: ssd}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "missing-node-affinity",
        aliases: &[
            "kube-linter:no-node-affinity",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let affinity = pod.node.get("affinity");
    let preferred = affinity.is_some_and(|affinity| affinity.get("nodeAffinity").is_some());
    if pod.shape == Shape::Pod && !preferred && pod.node.get("nodeSelector").is_none() {
        let span = affinity.map_or_else(|| pod.span(), place::missing_in);
        sink.report(span, format!("{} does not say which nodes it prefers", pod.title()))
            .caption("`nodeAffinity` is missing")
            .help("add `affinity.nodeAffinity`");
    }
}
