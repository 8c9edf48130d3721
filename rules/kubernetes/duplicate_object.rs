//! `duplicate-object`.
use std::collections::HashMap;

use crate::document::ManifestDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags an object that stands twice in one file.
    ///
    /// ## Why
    /// Both have the same kind, namespace and name, so the second overwrites the first, or is refused. One of the two was
    /// meant to have another name, or is left over from a copy.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    /// data: {LEVEL: info}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web}
    ///                  ^^^ ConfigMap `web` stands twice in this file
    /// data: {MODE: fast}
    /// ```
    /// Two versions of one group mean one object:
    /// ```yaml bad
    /// apiVersion: autoscaling/v1
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: shop}
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: shop}
    ///                  ^^^ HorizontalPodAutoscaler `web` stands twice in this file
    /// spec: {scaleTargetRef: {kind: Deployment, name: web}, maxReplicas: 5}
    /// ```
    /// Namespaces, kinds and groups keep objects apart:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: a}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: b}
    /// ---
    /// apiVersion: v1
    /// kind: Secret
    /// metadata: {name: web, namespace: b}
    /// ```
    /// A name that the cluster or a template completes is no name yet:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {generateName: web-}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {generateName: web-}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: "${NAME}"}
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: "${NAME}"}
    /// ```
    pub RULE {
        name: "duplicate-object",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Yaml(check)],
    }
}

fn check(manifest: &ManifestDocument, sink: &mut Sink<'_>) {
    let mut seen: HashMap<[&str; 4], Span> = HashMap::new();
    for object in manifest.objects() {
        let Some(identity) = identity(&object) else { continue };
        if let Some(earlier) = seen.insert(identity, object.span()) {
            sink.report(object.span(), format!("{} stands twice in this file", object.title()))
                .caption("the same object again")
                .label(earlier, "the first one")
                .help("give one of them another name or namespace, or remove it");
        }
    }
}

/// What tells an object from all others: group, kind, namespace and name.
fn identity<'d>(object: &Object<'d>) -> Option<[&'d str; 4]> {
    let name = object.metadata("name")?.text().filter(|name| !name.is_empty() && !is_placeholder(name))?;
    let namespace = object.namespace().unwrap_or_default();
    // Files of tools share the look of objects, but are never sent to a cluster.
    let is_sent = object.api_version == "v1" && object.kind != "Config" || object.api_version.contains('/');
    let tool = ["skaffold", "kustomize.config.k8s.io"].contains(&object.group());
    (is_sent && !tool && !is_placeholder(namespace)).then_some([object.group(), object.kind, namespace, name])
}
