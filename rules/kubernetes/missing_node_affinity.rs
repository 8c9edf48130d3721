//! `missing-node-affinity`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that may run on any node.
    ///
    /// ## Why
    /// Where nodes differ, pods should say which they are for. Most clusters need no such rule.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` may run on any node
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "missing-node-affinity",
        aliases: &[
            "kube-linter:no-node-affinity",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if pod.node.get("affinity").is_none_or(|affinity| affinity.get("nodeAffinity").is_none()) {
        sink.report(pod.missing_in("affinity"), format!("{} may run on any node", pod.title()))
            .caption("no `nodeAffinity`")
            .help("add a `nodeAffinity`");
    }
}
