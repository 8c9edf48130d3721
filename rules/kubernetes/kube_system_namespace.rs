//! `kube-system-namespace`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a workload in the namespace `kube-system`.
    ///
    /// ## Why
    /// What runs there is exempt from many policies and may use the highest priority. It belongs to the cluster, not to
    /// applications.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: kube-system}
    ///                                  ^^^^^^^^^^^ Deployment `web` is in the namespace `kube-system`
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
    /// metadata: {name: web, namespace: shop}
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
    /// metadata: {name: proxy, namespace: kube-system, labels: {tier: control-plane}}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "kube-system-namespace",
        aliases: &[
            "trivy:KSV-0037",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(namespace) = object.metadata("namespace").filter(|name| name.text() == Some("kube-system")) else {
        return;
    };
    let label = |key: &str| object.metadata("labels").and_then(|labels| labels.get(key)).and_then(Node::text);
    if label("tier") != Some("control-plane") && label("component").is_none_or(|name| !name.starts_with("kube-")) {
        sink.report_value(namespace, format!("{} is in the namespace `kube-system`", object.title()))
            .caption("belongs to the cluster")
            .help("give it a namespace of its own");
    }
}
