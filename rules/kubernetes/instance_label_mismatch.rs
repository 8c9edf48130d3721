//! `instance-label-mismatch`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a workload whose label `app.kubernetes.io/instance` is missing or is not its name.
    ///
    /// ## Why
    /// Some tools find the objects of an application by this label and show them under its name; where the two agree, nobody has
    /// to look up which instance is meant.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata:
    ///   name: web
    ///   labels: {app.kubernetes.io/instance: api}
    ///                                        ^^^ the label `app.kubernetes.io/instance` of Deployment `web` is `api`, not its name
    /// spec: {template: {spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// ^^^^^^^^ Pod `web` has no label `app.kubernetes.io/instance`
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app.kubernetes.io/instance: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "instance-label-mismatch",
        aliases: &["polaris:metadataAndInstanceMismatched"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["*"], check)],
    }
}

const KEY: &str = "app.kubernetes.io/instance";

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(name) = object.metadata("name").and_then(Node::text) else { return };
    let changed = sink.transforms().is_some_and(|transforms| transforms.labels || transforms.patched);
    if changed || object.pod_specs().is_empty() || is_placeholder(name) {
        return;
    }
    let labels = object.node.get("metadata").and_then(|metadata| metadata.entry("labels"));
    match labels.and_then(|labels| labels.value.get(KEY)) {
        Some(value) => {
            let Some(text) = value.text().filter(|text| *text != name && !is_placeholder(text)) else { return };
            sink.report_value(value, format!("the label `{KEY}` of {} is `{text}`, not its name", object.title()))
                .caption("not the name")
                .help(format!("write `{name}`"));
        }
        None => {
            let Some(place) = labels.or_else(|| object.node.entry("metadata")) else { return };
            sink.report(place.key_span(), format!("{} has no label `{KEY}`", object.title()))
                .caption("no instance label")
                .help(format!("add `{KEY}: {name}`"));
        }
    }
}
