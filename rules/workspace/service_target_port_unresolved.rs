//! `service-target-port-unresolved`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::source::Span;
use crate::workspace::{ContainerFacts, KnownFile, ObjectFacts, PodFacts, Workspace};

crate::rule! {
    /// Flags a Service whose `targetPort` is a name that no port of the pods it selects has.
    ///
    /// ## Why
    /// The Service has no endpoint for that port: connections to it fail. A number that no container declares works
    /// all the same, so it is reported only when the rule is selected by name.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ports:
    ///   - port: 80
    ///     targetPort: http
    ///                 ^^^^ Service `web` sends to port `http`, which no container of its pods has
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  --- Deployment `web` has the ports web
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         ports: [{name: web, containerPort: 8080}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", ports: [{name: http, containerPort: 8080}]}
    /// ```
    /// A number that is not declared works:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    pub RULE {
        name: "service-target-port-unresolved",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some(service) = &object.service else { continue };
        let selected = selected(workspace, object);
        // A patch may add the port, or a container that has it.
        if selected.is_empty() || selected.iter().any(|(pod_file, ..)| pod_file.facts.incomplete) {
            continue;
        }
        let containers = || selected.iter().flat_map(|(_, _, pod)| &pod.containers);
        for (name, span) in &service.target_names {
            if !containers().any(|container| container.ports.iter().any(|port| port.name.as_ref() == Some(name))) {
                report(file, object, *span, &format!("`{name}`"), &selected, sink);
            }
        }
        for (number, span) in &service.target_numbers {
            if !containers().any(|container| container.ports.iter().any(|port| port.number == Some(*number))) {
                report(file, object, *span, &number.to_string(), &selected, sink).pedantic();
            }
        }
    }
}

type Selected<'w> = (&'w KnownFile, &'w ObjectFacts, &'w PodFacts);

/// The pods that a Service selects: in its namespace, as far as both say.
fn selected<'w>(workspace: &'w Workspace, service: &ObjectFacts) -> Vec<Selected<'w>> {
    let Some(selector) = service.service.as_ref().map(|facts| &facts.selector) else { return Vec::new() };
    let near = workspace.objects().filter(|(_, owner)| owner.namespace == service.namespace);
    let pods = near.flat_map(|(file, owner)| owner.pods.iter().map(move |pod| (file, owner, pod)));
    pods.filter(|(_, _, pod)| pod.labels.as_ref().is_some_and(|labels| selector.matches(labels))).collect()
}

fn report<'s>(
    file: &KnownFile,
    service: &ObjectFacts,
    span: Span,
    port: &str,
    selected: &[Selected<'_>],
    sink: &'s mut Sink<'_>,
) -> &'s mut crate::finding::Finding {
    let message = format!("Service `{}` sends to port {port}, which no container of its pods has", service.name);
    let finding = sink.report_in(file.id, span, message);
    for (pod_file, owner, pod) in selected {
        let names: Vec<String> = pod.containers.iter().flat_map(port_names).collect();
        let said = if names.is_empty() { "no ports".to_owned() } else { format!("the ports {}", names.join(", ")) };
        finding.label_in(pod_file.id, owner.span, format!("{} `{}` has {said}", owner.kind, owner.name));
    }
    finding.help("name a port of the container, or add the name to it")
}

fn port_names(container: &ContainerFacts) -> impl Iterator<Item = String> {
    container.ports.iter().filter_map(|port| port.name.clone().or_else(|| port.number.map(|number| number.to_string())))
}
