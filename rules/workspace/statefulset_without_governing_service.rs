//! `statefulset-without-governing-service`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::source::Span;
use crate::workspace::{KnownFile, ObjectFacts, Workspace};

crate::rule! {
    /// Flags a StatefulSet whose `serviceName` names no headless Service that selects its pods.
    ///
    /// ## Why
    /// The names of the pods, `db-0.db` and so on, are given by that Service. Without it they do not resolve, and the
    /// members of a cluster do not find each other.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///                ^^ the pods of StatefulSet `db` have no names: Service `db` is not headless
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.4"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    ///                  -- the Service
    /// spec: {selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: database
    ///                ^^^^^^^^ the pods of StatefulSet `db` have no names: the Service `database` is nowhere in the repository
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.4"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   serviceName: db
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.4"}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {clusterIP: None, selector: {app: db}, ports: [{port: 5432}]}
    /// ```
    /// The field may be left out:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec: {containers: [{name: db, image: "example.com/db:1.4"}]}
    /// ```
    pub RULE {
        name: "statefulset-without-governing-service",
        aliases: &["kube-score:statefulset-has-servicename"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[
            Check::Workspace { needs: Needs::Contradiction, check: check_fit },
            Check::Workspace { needs: Needs::Absence, check: check_presence },
        ],
    }
}

const HELP: &str = "name a Service with `clusterIP: None` that selects the pods";

fn check_fit(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object, name, span) in governed(workspace) {
        let services: Vec<_> = workspace.named(object, None, "Service", name).collect();
        let fits = |service: &ObjectFacts| unfit(object, service).is_none();
        if file.facts.incomplete || services.iter().any(|(at, service)| at.facts.incomplete || fits(service)) {
            continue;
        }
        let Some((at, service)) = services.iter().find(|(at, _)| at.is_beside(file)) else { continue };
        let Some(why) = unfit(object, service) else { continue };
        let message = format!("the pods of {} have no names: {} {why}", object.title(), service.title());
        sink.report_in(file.id, span, message).caption(why).label_in(at.id, service.span, "the Service").help(HELP);
    }
}

fn check_presence(workspace: &Workspace, sink: &mut Sink<'_>) {
    let hidden = workspace.files.iter().any(|file| file.facts.incomplete);
    for (file, object, name, span) in governed(workspace) {
        if !workspace.has_object("Service", name) {
            let message = format!(
                "the pods of {} have no names: the Service `{name}` is nowhere in the repository",
                object.title()
            );
            let finding = sink.report_in(file.id, span, message);
            finding.caption("no such Service").help(HELP);
            if hidden {
                finding.pedantic();
            }
        }
    }
}

fn governed(workspace: &Workspace) -> impl Iterator<Item = (&KnownFile, &ObjectFacts, &str, Span)> {
    workspace.objects().filter_map(|(file, object)| {
        let (name, span) = object.relations.governing_service.as_ref()?;
        Some((file, object, name.as_str(), *span))
    })
}

/// Why the Service does not give names to the pods.
fn unfit(object: &ObjectFacts, service: &ObjectFacts) -> Option<&'static str> {
    if service.relations.service_ports.as_ref().is_some_and(|ports| !ports.headless) {
        return Some("is not headless");
    }
    let selector = &service.service.as_ref()?.selector;
    let labels = object.pods.iter().filter_map(|pod| pod.labels.as_ref());
    let matched = labels.clone().next().is_none() || labels.into_iter().any(|labels| selector.matches(labels));
    (!matched).then_some("does not select them")
}
