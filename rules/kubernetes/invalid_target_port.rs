//! `invalid-target-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::names::port_name_fault;
use crate::kubernetes::{Container, Object, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a port whose number or name the API refuses.
    ///
    /// ## Why
    /// The whole object is refused. A port is a number from 1 to 65535; its name has at most 15 small letters, digits
    /// and `-`, with one letter at least. A number in quotes is read as a name.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   ports:
    ///   - port: 80
    ///     targetPort: "8080"
    ///                 ^^^^^^ the target port `8080` of Service `web` is read as a name and refused: it has no letter
    ///   - port: 70000
    ///           ^^^^^ the port 70000 of Service `web` is not between 1 and 65535
    ///     name: more
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports:
    ///     - {name: Web_Port, containerPort: 8080}
    ///              ^^^^^^^^ the port name `Web_Port` of container `web` is refused: only small letters
    ///     - {name: http, containerPort: 80}
    ///     - {name: http, containerPort: 81}
    ///              ^^^^ container `web` has two ports of the name `http`
    ///     - name: metrics
    ///             ^^^^^^^ a port of container `web` has no `containerPort`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   ports:
    ///   - {name: http, port: 80, targetPort: http-main}
    ///   - {name: a-name-of-a-service-port-may-be-long, port: 443, targetPort: 8443}
    ///   - {name: default, port: 1, targetPort: 0}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{name: exactly-15-char, containerPort: 8080}, {containerPort: "${PORT}"}]
    /// ```
    pub RULE {
        name: "invalid-target-port",
        aliases: &["kube-linter:invalid-target-ports", "kube-score:container-ports-check"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Service"], check_service), Check::Container(check_container)],
    }
}

fn check_service(object: Object<'_>, sink: &mut Sink<'_>) {
    if object.api_version != "v1" {
        return;
    }
    let ports = object.node.get("spec").and_then(|spec| spec.get("ports"));
    for port in ports.into_iter().flat_map(Node::items) {
        if let Some(number) = port.get("port") {
            check_number(number, 1, &format!("the port {{}} of {}", object.title()), sink);
        }
        let Some(target) = port.get("targetPort") else { continue };
        check_number(target, 0, &format!("the target port {{}} of {}", object.title()), sink);
        let fault = target.as_str().filter(|name| !name.is_empty() && !is_placeholder(name)).and_then(port_name_fault);
        if let Some(fault) = fault {
            let name = target.text().unwrap_or_default();
            let read = if name.parse::<u32>().is_ok() { "read as a name and " } else { "" };
            sink.report_value(
                target,
                format!("the target port `{name}` of {} is {read}refused: {fault}", object.title()),
            )
            .caption(fault)
            .help("write the number without quotes, or the name of a container's port");
        }
    }
}

fn check_container(container: Container<'_>, sink: &mut Sink<'_>) {
    let mut names: Vec<&str> = Vec::new();
    for port in container.items("ports") {
        match port.get("containerPort").filter(|number| !number.is_null()) {
            Some(number) => check_number(number, 1, &format!("the port {{}} of {}", container.title()), sink),
            None if container.pod.known => {
                let message = format!("a port of {} has no `containerPort`, which the API demands", container.title());
                sink.report(place::item(port), message).caption("no `containerPort`").help("add the number");
            }
            None => {}
        }
        let Some(node) = port.get("name") else { continue };
        let Some(name) = node.text().filter(|name| !name.is_empty() && !is_placeholder(name)) else { continue };
        if let Some(fault) = port_name_fault(name) {
            sink.report_value(node, format!("the port name `{name}` of {} is refused: {fault}", container.title()))
                .caption(fault)
                .help("write a short name, such as `http`");
        }
        if names.contains(&name) {
            sink.report_value(
                node,
                format!("{} has two ports of the name `{name}`, which the API refuses", container.title()),
            )
            .caption("the second of this name")
            .help("give each port a name of its own");
        }
        names.push(name);
    }
}

/// Reports a number out of range; `what` has a place for the number.
fn check_number(node: Node<'_>, low: i64, what: &str, sink: &mut Sink<'_>) {
    let Some(number) = node.as_i64() else { return };
    if !(low..=65535).contains(&number) {
        let what = what.replace("{}", &number.to_string());
        sink.report_value(node, format!("{what} is not between 1 and 65535"))
            .caption("not between 1 and 65535")
            .help("write the port that the program listens on");
    }
}
