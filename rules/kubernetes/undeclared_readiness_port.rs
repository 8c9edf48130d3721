//! `undeclared-readiness-port`.
use crate::checks;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a readiness probe that goes to a port which the container does not declare.
    ///
    /// ## Why
    /// The kubelet looks a name up among the ports of the container. Where none has it the probe fails each time, and
    /// no traffic reaches the pod.
    ///
    /// An undeclared number works all the same, since `ports` only informs; it is reported when the rule is asked for.
    /// A number in quotes is a name.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{name: http, containerPort: 8080}]
    ///     readinessProbe:
    ///       httpGet: {path: /health, port: metrics}
    ///                                      ^^^^^^^ the readiness probe of container `web` goes to the port `metrics`, a name that none of its ports has
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     ports: [{name: http, containerPort: 8080}]
    ///     readinessProbe:
    ///       tcpSocket: {port: 9090}
    ///                         ^^^^ the readiness probe of container `web` goes to port 9090, which is not among its `ports`
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
    ///     readinessProbe:
    ///       httpGet: {path: /health, port: http}
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     readinessProbe:
    ///       grpc: {port: 9090}
    /// ```
    /// A command needs no port:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     readinessProbe:
    ///       exec: {command: [/bin/ready]}
    /// ```
    pub RULE {
        name: "undeclared-readiness-port",
        aliases: &["kube-linter:readiness-port"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    checks::probe_port(container, "readinessProbe", "readiness", sink);
}
