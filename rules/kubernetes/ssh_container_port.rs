//! `ssh-container-port`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, Object};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container or a Service with the port of SSH.
    ///
    /// ## Why
    /// A container is replaced, not logged in to: an SSH server is one more way in, with keys and users of its own.
    /// `kubectl exec` is there for emergencies.
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
    ///     - containerPort: 22
    ///                      ^^ container `web` has port 22, which is that of SSH
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{containerPort: 22, protocol: UDP}]
    /// ```
    /// ```yaml good option.port=2222
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{containerPort: 22}]
    /// ```
    pub RULE {
        name: "ssh-container-port",
        aliases: &[
            "kube-linter:ssh-port", "kubescape:C-0042",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::int("port", 22, "The port of SSH.")],
        checks: &[Check::Container(check), Check::Object(&["Service"], check_service)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for port in container.items("ports") {
        report(port, "containerPort", &container.title(), sink);
    }
}

fn check_service(object: Object<'_>, sink: &mut Sink<'_>) {
    let ports = object.node.get("spec").and_then(|spec| spec.get("ports")).filter(|_| object.api_version == "v1");
    for port in ports.into_iter().flat_map(Node::items) {
        report(port, "targetPort", &object.title(), sink);
    }
}

fn report(port: Node<'_>, key: &str, title: &str, sink: &mut Sink<'_>) {
    let tcp = port.get("protocol").and_then(Node::text).is_none_or(|protocol| protocol == "TCP");
    let wanted = sink.number("port");
    if let Some(number) = port.get(key).filter(|number| tcp && number.as_i64() == Some(wanted)) {
        sink.report_value(number, format!("{title} has port {wanted}, which is that of SSH"))
            .caption("the port of SSH")
            .help("leave the SSH server out, and use `kubectl exec`");
    }
}
