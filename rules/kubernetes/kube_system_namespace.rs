//! `kube-system-namespace`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a workload in the namespace `kube-system`.
    ///
    /// ## Why
    /// What runs there is trusted by much of the cluster: admission policies often leave the namespace out, and its Secrets open
    /// everything. Only parts of the cluster belong there; mark them with the label `tier: control-plane`.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: kube-system}
    ///                                  ^^^^^^^^^^^ Pod `web` runs in the namespace `kube-system`
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: scheduler, namespace: kube-system, labels: {tier: control-plane}}
    /// spec: {containers: [{name: scheduler, image: "example.com/scheduler:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: kube-system}
    /// ```
    pub RULE {
        name: "kube-system-namespace",
        aliases: &["trivy:KSV-0037"],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(value) = object.metadata("namespace").filter(|value| value.text() == Some("kube-system")) else { return };
    let tier = object.metadata("labels").and_then(|labels| labels.get("tier")).and_then(Node::text);
    let moved = sink.transforms().is_some_and(|transforms| transforms.namespace);
    if moved || tier == Some("control-plane") || object.pod_specs().is_empty() {
        return;
    }
    sink.report_value(value, format!("{} runs in the namespace `kube-system`", object.title()))
        .caption("for parts of the cluster only")
        .help("give it a namespace of its own, or the label `tier: control-plane` if it is part of the cluster");
}
