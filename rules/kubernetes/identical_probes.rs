//! `identical-probes`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container whose readiness and liveness probes ask the same.
    ///
    /// ## Why
    /// When the program is busy, both fail: instead of resting from traffic the pod is killed, and the others get its
    /// load. Let the liveness probe ask less, or wait longer; one that waits longer is not reported.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     readinessProbe: {httpGet: {path: /health, port: 80}}
    ///     ^^^^^^^^^^^^^^ container `web` has the same readiness and liveness probe
    ///     livenessProbe: {httpGet: {path: /health, port: 80}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     readinessProbe: {httpGet: {path: /ready, port: 80}}
    ///     livenessProbe: {httpGet: {path: /health, port: 80}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     readinessProbe: {httpGet: {path: /health, port: 80}}
    ///     livenessProbe: {httpGet: {path: /health, port: 80}, failureThreshold: 10}
    /// ```
    pub RULE {
        name: "identical-probes",
        aliases: &[
            "kube-score:pod-probes-identical", "kyverno:validate-probes",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let (Some(ready), Some(live)) = (container.node.entry("readinessProbe"), container.probe("livenessProbe")) else {
        return;
    };
    let same = |key: &str| words(ready.value.get(key)) == words(live.get(key));
    let handlers = ["httpGet", "tcpSocket", "exec", "grpc"];
    let asks = handlers.iter().any(|key| live.get(key).is_some());
    if asks && handlers.iter().all(|key| same(key)) && same("failureThreshold") && same("periodSeconds") {
        let message = format!("{} has the same readiness and liveness probe", container.title());
        sink.report(ready.key_span(), message)
            .caption("asks what `livenessProbe` asks")
            .help("give `livenessProbe` a higher `failureThreshold`, or a question of its own");
    }
}

/// What a value says, whatever the order and layout of its keys.
fn words(value: Option<Node<'_>>) -> Vec<String> {
    let Some(value) = value else { return Vec::new() };
    let mut found: Vec<String> = value.text().map(str::to_owned).into_iter().collect();
    found.extend(value.items().flat_map(|item| words(Some(item))));
    let mut entries: Vec<Vec<String>> = Vec::new();
    for entry in value.entries() {
        let mut one = vec![entry.key_text().unwrap_or_default().to_owned()];
        one.extend(words(Some(entry.value)));
        entries.push(one);
    }
    entries.sort();
    found.extend(entries.into_iter().flatten());
    found
}
