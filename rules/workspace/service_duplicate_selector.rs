//! `service-duplicate-selector`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags two Services that select the same pods.
    ///
    /// ## Why
    /// One of them may be forgotten, or a copy whose selector was to be changed. A headless Service beside another is
    /// not reported.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: shop}
    /// spec:
    ///   selector: {app: web}
    ///   ^^^^^^^^ Service `shop` selects the same pods as Service `web`
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web-headless}
    /// spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: api}
    /// spec: {selector: {app: api}, ports: [{port: 80}]}
    /// ```
    pub RULE {
        name: "service-duplicate-selector",
        aliases: &[
            "kyverno:require-unique-service-selector",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let headless = |object: &ObjectFacts| object.relations.service_ports.as_ref().is_some_and(|ports| ports.headless);
    let services: Vec<_> = (workspace.objects())
        .filter_map(|(file, object)| Some((file, object, object.service.as_ref()?)))
        .filter(|(_, object, _)| !headless(object))
        .collect();
    for (index, (file, object, service)) in services.iter().enumerate() {
        let mut before = services[..index].iter().filter(|(at, other, own)| {
            at.is_beside(file)
                && other.namespace == object.namespace
                && other.name != object.name
                && own.selector == service.selector
        });
        if let Some((at, other, own)) = before.next() {
            let message = format!("{} selects the same pods as {}", object.title(), other.title());
            sink.report_in(file.id, service.span, message)
                .caption("selected twice")
                .label_in(at.id, own.span, "selected here too")
                .help("merge the Services, or correct a selector");
        }
    }
}
