//! `identical-probes`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container whose liveness and readiness probe ask the same.
    ///
    /// ## Why
    /// A pod that is too busy to answer should be left alone for a while: that is readiness. With the same question for both,
    /// the kubelet restarts it at that moment, and the others get busier.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         readinessProbe: {httpGet: {path: /health, port: http}}
    ///         livenessProbe: {httpGet: {path: /health, port: http}}
    ///         ^^^^^^^^^^^^^ the liveness probe of container `web` asks the same as its readiness probe
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         readinessProbe: {httpGet: {path: /ready, port: http}}
    ///         livenessProbe: {httpGet: {path: /health, port: http}}
    /// ```
    /// More patience of the one is a difference too:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         readinessProbe: {tcpSocket: {port: 80}}
    ///         livenessProbe: {tcpSocket: {port: 80}, failureThreshold: 10}
    /// ```
    pub RULE {
        name: "identical-probes",
        aliases: &[
            "kube-score:pod-probes-identical",
            "kyverno:validate-probes",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

const HANDLERS: [&str; 4] = ["httpGet", "tcpSocket", "grpc", "exec"];
const PATIENCE: [&str; 3] = ["failureThreshold", "periodSeconds", "timeoutSeconds"];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(liveness) = container.node.entry("livenessProbe") else { return };
    let Some(readiness) = container.node.entry("readinessProbe") else { return };
    let (live, ready) = (liveness.value, readiness.value);
    let handled = HANDLERS.iter().any(|key| live.get(key).is_some());
    let same = HANDLERS.iter().chain(&PATIENCE).all(|key| is_same(live.get(key), ready.get(key)));
    if handled && same {
        let message = format!("the liveness probe of {} asks the same as its readiness probe", container.title());
        sink.report(liveness.key_span(), message)
            .caption("asks the same")
            .label(readiness.key_span(), "as this one")
            .help("ask less for liveness, or be more patient there");
    }
}

fn is_same(a: Option<Node<'_>>, b: Option<Node<'_>>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) if a.is_mapping() && b.is_mapping() => {
            a.len() == b.len()
                && a.entries().all(|entry| is_same(Some(entry.value), entry.key_text().and_then(|key| b.get(key))))
        }
        (Some(a), Some(b)) if a.is_sequence() && b.is_sequence() => {
            a.len() == b.len() && a.items().zip(b.items()).all(|(a, b)| is_same(Some(a), Some(b)))
        }
        (Some(a), Some(b)) => a.text().is_some() && a.text() == b.text(),
        _ => false,
    }
}
