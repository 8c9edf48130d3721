//! `unnamed-container-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container's port without a name.
    ///
    /// ## Why
    /// Services and probes can refer to a name, and the number is then written once.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports:
    ///     - containerPort: 8080
    ///       ^^^^^^^^^^^^^ port 8080 of container `web` has no name
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{name: http, containerPort: 8080}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "unnamed-container-port",
        aliases: &[
            "kyverno:require-container-port-names",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for port in container.items("ports") {
        let Some(number) = port.get("containerPort").and_then(Node::text) else { continue };
        if port.get("name").is_none_or(|name| name.text() == Some("")) {
            sink.report(place::item(port), format!("port {number} of {} has no name", container.title()))
                .caption("no `name`")
                .help("name it, such as `http`");
        }
    }
}
