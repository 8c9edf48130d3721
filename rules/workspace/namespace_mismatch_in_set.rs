//! `namespace-mismatch-in-set`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::LabelSelector;
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{KnownFile, ObjectFacts, Workspace};

crate::rule! {
    /// Flags a Service, disruption budget, autoscaler or network policy that would match a workload but for the namespace.
    ///
    /// ## Why
    /// These look in their own namespace only. The one that stands in another namespace is accepted and does nothing.
    ///
    /// It is reported where both namespaces are written, the two stand in one folder, and nothing else matches.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    ///                                  ^^^^ Service `web` matches Deployment `web`, which is in the namespace `store`, not in `shop`
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web, namespace: store}
    ///                                  ----- another namespace
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// A namespace that is not written may be any:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// One workload in the right namespace is enough:
    /// ```yaml good
    /// apiVersion: autoscaling/v2
    /// kind: HorizontalPodAutoscaler
    /// metadata: {name: web, namespace: a}
    /// spec: {scaleTargetRef: {kind: ReplicationController, name: web}, maxReplicas: 5}
    /// ---
    /// apiVersion: v1
    /// kind: ReplicationController
    /// metadata: {name: web, namespace: b}
    /// spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ---
    /// apiVersion: v1
    /// kind: ReplicationController
    /// metadata: {name: web, namespace: a}
    /// spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "example.com/web:1.4"}]}}}
    /// ```
    pub RULE {
        name: "namespace-mismatch-in-set",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let (Some(namespace), Some(span)) = (&object.namespace, object.namespace_span) else { continue };
        if is_open(file) || crate::kubernetes::is_placeholder(namespace) {
            continue;
        }
        let matched: Vec<_> = workspace.objects().filter(|(_, owner)| matches(object, owner)).collect();
        // One that cannot be placed may be the one that is meant.
        if matched.iter().any(|(at, owner)| is_open(at) || owner.may_be_in(Some(namespace))) {
            continue;
        }
        let Some((at, owner)) = matched.iter().find(|(at, _)| at.is_beside(file)) else { continue };
        let (Some(other), Some(other_span)) = (&owner.namespace, owner.namespace_span) else { continue };
        let (title, target) = (object.title(), owner.title());
        let message = format!("{title} matches {target}, which is in the namespace `{other}`, not in `{namespace}`");
        sink.report_in(file.id, span, message)
            .caption("nothing there matches")
            .label_in(at.id, other_span, "another namespace")
            .help("put both in one namespace");
    }
}

/// Whether something else may set the namespaces of the file's objects.
fn is_open(file: &KnownFile) -> bool {
    file.facts.incomplete || file.facts.namespace_set
}

/// Whether `object` is for the pods of `owner`, whatever their namespaces.
fn matches(object: &ObjectFacts, owner: &ObjectFacts) -> bool {
    if let Some(scaler) = &object.relations.autoscaler {
        return scaler.kind.eq_ignore_ascii_case(&owner.kind) && scaler.name == owner.name;
    }
    let budget = object.relations.budget.as_ref().map(|budget| &budget.selector);
    let service = object.service.as_ref().map(|service| &service.selector);
    let policy = object.relations.pod_selector.as_ref().map(|(selector, _)| selector);
    let selector: Option<&LabelSelector> = budget.or(service).or(policy);
    let Some(selector) = selector.filter(|selector| !selector.requirements.is_empty()) else { return false };
    let mut labels = owner.pods.iter().map(|pod| pod.labels.as_ref());
    labels.any(|labels| labels.is_some_and(|labels| selector.matches(labels)))
}
