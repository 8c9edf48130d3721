//! `naked-pod`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a Pod that nothing makes again when its node goes.
    ///
    /// ## Why
    /// A Pod of its own is gone with its node, and cannot be updated in place. A Deployment, even of one replica, makes
    /// it again. Tests and hooks are not reported.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    ///                  ^^^ nothing makes Pod `web` again
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web-test, annotations: {helm.sh/hook: test}}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "naked-pod",
        aliases: &[
            "kubescape:C-0073", "kyverno:prevent-bare-pods",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Pod"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let hooks = ["helm.sh/hook", "argocd.argoproj.io/hook", "kubernetes.io/config.mirror"];
    let made =
        object.metadata("ownerReferences").is_some() || hooks.iter().any(|hook| object.annotation(hook).is_some());
    if object.api_version == "v1" && !made {
        sink.report(object.span(), format!("nothing makes {} again when its node goes", object.title()))
            .caption("gone with its node")
            .help("make it a Deployment or a Job");
    }
}
