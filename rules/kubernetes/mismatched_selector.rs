//! `mismatched-selector`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{LabelSelector, Labels, Object, PodSpec, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags a workload whose selector does not match the labels of its own pods.
    ///
    /// ## Why
    /// The API refuses the object: its controller would make pods without end and never find them again.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector:
    ///     matchLabels: {app: web, tier: front}
    ///                                   ^^^^^ Deployment `web` does not select its own pods: they have no label `tier: front`
    ///   template:
    ///     metadata:
    ///       labels: {app: web}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: List
    /// items:
    /// - apiVersion: apps/v1
    ///   kind: StatefulSet
    ///   metadata: {name: db}
    ///   spec:
    ///   ^^^^ StatefulSet `db` has no selector
    ///     template:
    ///       metadata: {labels: {app: db}}
    ///       spec:
    ///         containers:
    ///         - {name: db, image: "example.com/db:1.4"}
    /// - apiVersion: v1
    ///   kind: ReplicationController
    ///   metadata: {name: old}
    ///   spec:
    ///     selector: {app: old}
    ///                     ^^^ ReplicationController `old` does not select its own pods
    ///     template:
    ///       metadata: {labels: {app: new}}
    ///       spec:
    ///         containers:
    ///         - {name: old, image: "example.com/old:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: agent}
    /// spec:
    ///   selector:
    ///     matchExpressions:
    ///     - {key: app, operator: In, values: [agent]}
    ///             ^^^ DaemonSet `agent` does not select its own pods: their label `app` does not meet `In`
    ///   template:
    ///     metadata: {labels: {app: agents}}
    ///     spec:
    ///       containers:
    ///       - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    /// The pods may have more labels, and a Job finds its own selector:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector:
    ///     matchExpressions: [{key: app, operator: Exists}]
    ///   template:
    ///     metadata: {labels: {app: web, tier: front}}
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ---
    /// apiVersion: batch/v1
    /// kind: Job
    /// metadata: {name: once}
    /// spec:
    ///   template:
    ///     spec:
    ///       restartPolicy: Never
    ///       containers:
    ///       - {name: once, image: "example.com/once:1.4"}
    /// ```
    /// A kustomization that adds labels may add these:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     spec:
    ///       containers:
    ///       - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml with=kustomization.yaml
    /// resources: [manifest.yaml]
    /// labels:
    /// - pairs: {app: web}
    ///   includeSelectors: true
    /// ```
    pub RULE {
        name: "mismatched-selector",
        aliases: &[
            "kube-linter:mismatching-selector",
            "kube-score:deployment-pod-selector-labels-match-template-metadata-labels",
            "kube-score:statefulset-pod-selector-labels-match-template-metadata-labels", "kubescape:C-0296",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(
            &[
                "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "DeploymentConfig", "ReplicationController",
                "Job",
            ],
            check,
        )],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let changed = sink.transforms().is_some_and(|transforms| transforms.labels || transforms.patched);
    let built_in = ["", "apps", "extensions", "batch", "apps.openshift.io"].contains(&object.group());
    if changed || !built_in {
        return;
    }
    let [pod] = object.pod_specs()[..] else { return };
    let Some(labels) = pod.labels().filter(|_| !pod.containers().is_empty()) else { return };
    let Some(spec) = object.node.get("spec") else { return };
    match spec.entry("selector").filter(|entry| !entry.value.is_null()) {
        Some(entry) if entry.value.is_mapping() => compare(pod, entry.value, &labels, sink),
        None if is_required(object) => {
            let message = format!("{} has no selector, which the API demands", object.title());
            let span = place::missing_in(spec);
            sink.report(span, message).caption("`selector` is missing").help("select the labels of the pod template");
        }
        _ => {}
    }
}

/// Whether the API wants a selector: older versions, replication controllers and jobs make their own.
fn is_required(object: Object<'_>) -> bool {
    object.api_version == "apps/v1" || object.api_version == "apps/v1beta2"
}

fn compare(pod: PodSpec<'_>, selector: Node<'_>, labels: &Labels, sink: &mut Sink<'_>) {
    let plain = matches!(pod.object.kind, "ReplicationController" | "DeploymentConfig");
    let parsed = if plain { LabelSelector::from_map(selector) } else { LabelSelector::parse(selector) };
    let Some(parsed) = parsed else { return };
    let open = |text: &String| is_placeholder(text);
    if labels.values().any(open)
        || parsed.requirements.iter().any(|one| is_placeholder(&one.key) || one.values.iter().any(open))
    {
        return;
    }
    let Some(unmet) = parsed.unmet(labels) else { return };
    let title = pod.object.title();
    let pairs = if plain { Some(selector) } else { selector.get("matchLabels") };
    let pair = pairs
        .and_then(|pairs| pairs.get(&unmet.key))
        .filter(|value| value.text() == unmet.values.first().map(String::as_str));
    let finding = match pair {
        Some(value) => {
            let wanted = value.text().unwrap_or_default();
            let message = format!("{title} does not select its own pods: they have no label `{}: {wanted}`", unmet.key);
            sink.report_value(value, message)
        }
        None => {
            let key = expression(selector, &unmet.key).and_then(|item| item.get("key"));
            let Some(key) = key else { return };
            let message = format!(
                "{title} does not select its own pods: their label `{}` does not meet `{:?}`",
                unmet.key, unmet.operator
            );
            sink.report_value(key, message)
        }
    };
    finding.caption("not a label of the pods").label(labels_span(pod), "the pods' labels");
    finding.help("write the same labels in the selector and in the pod template");
}

fn expression<'d>(selector: Node<'d>, key: &str) -> Option<Node<'d>> {
    let mut items = selector.get("matchExpressions").into_iter().flat_map(Node::items);
    items.find(|item| item.get("key").and_then(Node::text) == Some(key))
}

/// The key `labels` of the pod template, or where it is missing.
fn labels_span(pod: PodSpec<'_>) -> Span {
    let meta = pod.template.and_then(|template| template.get("metadata"));
    let labels = meta.and_then(|meta| meta.entry("labels"));
    match (labels, meta) {
        (Some(entry), _) => entry.key_span(),
        (None, Some(meta)) => place::missing_in(meta),
        (None, None) => pod.template.map_or_else(|| pod.span(), place::missing_in),
    }
}
