//! `invalid-label-value`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::names::{label_key_fault, label_value_fault};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a label whose key or value the API refuses.
    ///
    /// ## Why
    /// A label has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or a digit. With one
    /// that does not, the whole object is refused. Longer texts belong into annotations.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   labels:
    ///     owner: Ada Lovelace
    ///            ^^^^^^^^^^^^ the label `owner: Ada Lovelace` of ConfigMap `web` is refused: a blank is not allowed in it
    ///     Example.com/team: shop
    ///     ^^^^^^^^^^^^^^^^ the label `Example.com/team` of ConfigMap `web` is refused
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: "web/front"}
    ///                   ^^^^^^^^^^^ the label `app: web/front` of Service `web` is refused: `/` is not allowed in it
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata:
    ///   name: web
    ///   labels: {app.kubernetes.io/version: 1.2.3_rc-1, empty: "", team: "{{ .Values.team }}"}
    ///   annotations: {owner: Ada Lovelace}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels: {app: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    pub RULE {
        name: "invalid-label-value",
        aliases: &["kube-score:label-values"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    check_labels(object, object.metadata("labels"), sink);
    for pod in object.pod_specs().iter().filter(|pod| pod.known && pod.object.kind != "Pod") {
        let metadata = pod.template.and_then(|template| template.get("metadata"));
        check_labels(object, metadata.and_then(|metadata| metadata.get("labels")), sink);
    }
    let selector = object.node.get("spec").and_then(|spec| spec.get("selector"));
    match (object.group(), object.kind) {
        ("", "Service" | "ReplicationController") => check_labels(object, selector, sink),
        ("apps" | "extensions" | "batch" | "policy", _) => {
            check_labels(object, selector.and_then(|selector| selector.get("matchLabels")), sink);
        }
        _ => {}
    }
}

fn check_labels(object: Object<'_>, labels: Option<Node<'_>>, sink: &mut Sink<'_>) {
    for entry in labels.into_iter().flat_map(Node::entries) {
        let (Some(key), Some(value)) = (entry.key_text(), entry.value.text()) else { continue };
        // A name between marks is filled in by a script.
        let marked = |text: &str| ["__", "@", "%"].iter().any(|mark| text.starts_with(mark) && text.ends_with(mark));
        let open = |text: &str| is_placeholder(text) || text.contains(['$', '{']) || marked(text);
        if let Some(fault) = label_key_fault(key).filter(|_| !open(key)) {
            sink.report(entry.key_span(), format!("the label `{key}` of {} is refused: {fault}", object.title()))
                .caption(fault)
                .help("write a name of letters, digits, `-`, `_` and `.`, after a domain and `/` if you like");
        } else if let Some(fault) = label_value_fault(value).filter(|_| !open(value)) {
            let line = value.lines().next().unwrap_or_default();
            sink.report(
                entry.value.span().first_line(entry.value.yaml().text()),
                format!("the label `{key}: {line}` of {} is refused: {fault}", object.title()),
            )
            .caption(fault)
            .help("shorten it to letters, digits, `-`, `_` and `.`, or make it an annotation");
        }
    }
}
