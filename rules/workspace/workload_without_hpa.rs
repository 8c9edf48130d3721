//! `workload-without-hpa`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a workload that nothing scales.
    ///
    /// ## Why
    /// Whether a workload is to be scaled is the choice of a site; the rule is for those who want every one to be.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  ^^^ no autoscaler scales Deployment `web`
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
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "workload-without-hpa",
        aliases: &[
            "kyverno:check-hpa-exists",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let scalable = ["Deployment", "StatefulSet", "ReplicaSet"].contains(&&*object.kind);
        if scalable && object.group() == "apps" && workspace.autoscaler_of(object).is_none() {
            sink.report_in(file.id, object.span, format!("no autoscaler scales {}", object.title()))
                .caption("not autoscaled")
                .help("add a HorizontalPodAutoscaler");
        }
    }
}
