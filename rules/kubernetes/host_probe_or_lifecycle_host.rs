//! `host-probe-or-lifecycle-host`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, is_placeholder, pod_security};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a probe or lifecycle handler that names a host of its own.
    ///
    /// ## Why
    /// The kubelet makes the call from the node. With a `host`, whoever writes the pod lets the node speak to any address it
    /// can reach, its own loopback among them. Without one the kubelet calls the pod, which is what is meant.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     livenessProbe:
    ///       httpGet: {host: 127.0.0.1, port: 8080}
    ///                       ^^^^^^^^^ the liveness probe of container `web` calls the host `127.0.0.1` from the node
    ///     lifecycle:
    ///       preStop:
    ///         tcpSocket: {host: "::1", port: 8080}
    ///                           ^^^^^ the `preStop` handler of container `web` calls the host `::1` from the node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     livenessProbe: {httpGet: {host: "", port: 8080}}
    ///     readinessProbe: {httpGet: {port: 8080, httpHeaders: [{name: Host, value: example.com}]}}
    /// ```
    /// The standard knows it from 1.34 on; without a standard asked for, the version does not matter:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", startupProbe: {grpc: {port: 8080}}}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostProbesAndHostLifecycle`
    ///   - from 1.34: probes and lifecycle handlers must not name a `host`
    pub RULE {
        name: "host-probe-or-lifecycle-host",
        aliases: &[
            "pss:baseline/hostProbesAndHostLifecycle",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

const STANDARD: &str = "pss:baseline/hostProbesAndHostLifecycle";
const PROBES: [(&str, &str); 3] =
    [("livenessProbe", "liveness probe"), ("readinessProbe", "readiness probe"), ("startupProbe", "startup probe")];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let lifecycle = container.node.get("lifecycle");
    let probes = PROBES.iter().map(|(key, words)| (container.node.get(key), (*words).to_owned()));
    let handlers = ["postStart", "preStop"]
        .iter()
        .map(|key| (lifecycle.and_then(|lifecycle| lifecycle.get(key)), format!("`{key}` handler")));
    for (handler, words) in probes.chain(handlers) {
        for call in ["httpGet", "tcpSocket"] {
            let host = handler.and_then(|handler| handler.get(call)).and_then(|call| call.get("host"));
            if let Some(host) = host {
                report(container, host, &words, sink);
            }
        }
    }
}

fn report(container: Container<'_>, host: Node<'_>, words: &str, sink: &mut Sink<'_>) {
    let Some(text) = host.text().filter(|text| !host.is_null() && !text.is_empty() && !is_placeholder(text)) else {
        return;
    };
    let known = pod_security::has(STANDARD, sink.version());
    let message = format!("the {words} of {} calls the host `{text}` from the node", container.title());
    let finding = sink.report_value(host, message);
    finding.caption("called from the node").help("drop the key: the kubelet then calls the pod");
    if !known {
        finding.not_aliases(&[STANDARD]);
    }
}
