//! `vpa-missing-or-dangling`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags a VerticalPodAutoscaler whose target does not exist and, where wanted, a workload without one.
    ///
    /// ## Why
    /// Without a target nothing is measured and nothing resized, and only the autoscaler's own status says so. Teams that
    /// size all workloads by it can ask for one of each: `require-vpa`.
    ///
    /// ```yaml bad
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
    ///                                                                 ^^^ VerticalPodAutoscaler `web` is for Deployment `web`, which is nowhere in the repository
    /// ```
    /// ```yaml bad option.require-vpa=true
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    ///                  ^^^^^ no VerticalPodAutoscaler is for DaemonSet `agent`
    /// spec: {template: {spec: {containers: [{name: agent, image: "example.com/agent:1.4"}]}}}
    /// ```
    /// ```yaml good option.require-vpa=true
    /// apiVersion: autoscaling.k8s.io/v1
    /// kind: VerticalPodAutoscaler
    /// metadata: {name: web}
    /// spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec: {template: {spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ```
    pub RULE {
        name: "vpa-missing-or-dangling",
        aliases: &["kyverno:verify-vpa-target", "kyverno:check-vpa-configuration"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::bool("require-vpa", false, "Whether each workload must have one.")],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

/// Workloads that run for long enough to be sized.
const SIZED: [&str; 3] = ["Deployment", "StatefulSet", "DaemonSet"];

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some(scaler) = object.relations.autoscaler.as_ref().filter(|scaler| !scaler.horizontal) else { continue };
        if !file.facts.incomplete && !workspace.may_have(object.namespace.as_deref(), &scaler.kind, &scaler.name) {
            let message = format!(
                "{} is for {} `{}`, which is nowhere in the repository",
                object.title(),
                scaler.kind,
                scaler.name
            );
            sink.report_in(file.id, scaler.span, message)
                .caption(format!("no such {}", scaler.kind))
                .help("correct the name or the namespace, or add the workload");
        }
    }
    let workloads = workspace.objects().filter(|(_, object)| SIZED.contains(&&*object.kind) && !object.pods.is_empty());
    for (file, object) in workloads.filter(|_| sink.switch("require-vpa")).collect::<Vec<_>>() {
        if !is_sized(workspace, object) {
            sink.report_in(file.id, object.span, format!("no VerticalPodAutoscaler is for {}", object.title()))
                .caption("no VerticalPodAutoscaler")
                .help("add a VerticalPodAutoscaler whose `targetRef` names it");
        }
    }
}

fn is_sized(workspace: &Workspace, workload: &ObjectFacts) -> bool {
    workspace.objects().any(|(_, object)| {
        let scaler = object.relations.autoscaler.as_ref().filter(|scaler| !scaler.horizontal);
        let named = |kind: &str, name: &str| kind.eq_ignore_ascii_case(&workload.kind) && name == workload.name;
        scaler.is_some_and(|scaler| named(&scaler.kind, &scaler.name))
            && object.may_be_in(workload.namespace.as_deref())
    })
}
