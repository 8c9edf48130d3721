//! `naked-pod`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that no controller looks after.
    ///
    /// ## Why
    /// When its node goes, it is gone: nothing starts it again elsewhere, and nothing rolls out a new version of it.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///         ^^^ Pod `web` has no controller
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: "1"}]
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// Tests of Helm charts are pods by their nature:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: test, annotations: {helm.sh/hook: test}}
    /// spec:
    ///   containers:
    ///   - {name: test, image: "example.com/test:1.4"}
    /// ```
    pub RULE {
        name: "naked-pod",
        aliases: &[
            "kubescape:C-0073",
            "kyverno:prevent-bare-pods",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Pod"], check)],
    }
}

fn check(pod: Object<'_>, sink: &mut Sink<'_>) {
    let owned = pod.metadata("ownerReferences").is_some_and(|owners| !owners.is_empty());
    let exempt = ["helm.sh/hook", "kubernetes.io/config.mirror"].iter().any(|key| pod.annotation(key).is_some());
    if pod.api_version == "v1" && !owned && !exempt {
        sink.report(pod.span(), format!("{} has no controller that would start it again elsewhere", pod.title()))
            .caption("no controller")
            .help("use a Deployment, a StatefulSet or a Job");
    }
}
