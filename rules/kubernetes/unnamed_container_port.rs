//! `unnamed-container-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a port of a container without a name.
    ///
    /// ## Why
    /// A Service or a probe that goes by the name of a port keeps working when the number changes, and a reader sees what the port
    /// is for.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4", ports: [{containerPort: 8080}]}]}
    ///                                                                        ^^^^^^^^^^^^^ container `web` has a port 8080 without a name
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4", ports: [{name: http, containerPort: 8080}]}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    pub RULE {
        name: "unnamed-container-port",
        aliases: &["kyverno:require-container-port-names"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for port in container.items("ports") {
        let named = port.get("name").and_then(Node::text).is_some_and(|name| !name.is_empty());
        let Some(number) = port.get("containerPort").and_then(Node::text).filter(|_| !named) else { continue };
        let message = format!("{} has a port {number} without a name", container.title());
        sink.report(place::item(port), message).caption("no name").help("add a `name`, such as `http`");
    }
}
