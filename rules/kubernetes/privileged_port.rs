//! `privileged-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that listens on a port below 1024.
    ///
    /// ## Why
    /// On old runtimes only root may open such a port. Docker 20.10 and containerd 2 let everyone: then it is a matter
    /// of taste.
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
    ///     - containerPort: 80
    ///                      ^^ container `web` listens on port 80, below 1024
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{containerPort: 1024}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{containerPort: 8080, hostPort: 80}]
    /// ```
    pub RULE {
        name: "privileged-port",
        aliases: &[
            "kube-linter:privileged-ports", "trivy:KSV-0117",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for port in container.items("ports").filter_map(|port| port.get("containerPort")) {
        if let Some(number) = port.as_i64().filter(|number| (1..1024).contains(number)) {
            sink.report_value(port, format!("{} listens on port {number}, below 1024", container.title()))
                .caption("below 1024")
                .help("listen on a port above 1023, and map it in the Service");
        }
    }
}
