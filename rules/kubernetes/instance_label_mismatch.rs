//! `instance-label-mismatch`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a workload whose label `app.kubernetes.io/instance` is not its name.
    ///
    /// ## Why
    /// Tools group what belongs together by that label. A workload without it is reported as well.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, labels: {app.kubernetes.io/instance: shop}}
    ///                                                            ^^^^ Deployment `web` has the instance label `shop`
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  ^^^ Deployment `web` has no label `app.kubernetes.io/instance`
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
    /// metadata: {name: web, labels: {app.kubernetes.io/instance: web}}
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
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "instance-label-mismatch",
        aliases: &[
            "polaris:metadataAndInstanceMismatched",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if sink.transforms().is_some_and(|transforms| transforms.labels) || object.name_text().is_empty() {
        return;
    }
    let labels = object.metadata("labels");
    match labels.and_then(|labels| labels.get("app.kubernetes.io/instance")) {
        Some(label)
            if label.text() != Some(object.name_text()) && !is_placeholder(label.text().unwrap_or_default()) =>
        {
            let text = label.text().unwrap_or_default();
            sink.report_value(label, format!("{} has the instance label `{text}`, not its name", object.title()))
                .caption("not its name")
                .help(format!("write `{}`", object.name_text()));
        }
        Some(_) => {}
        None => {
            sink.report(object.span(), format!("{} has no label `app.kubernetes.io/instance`", object.title()))
                .caption("no instance label")
                .help("add the label with the name of the workload");
        }
    }
}
