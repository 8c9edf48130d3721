//! `net-raw-not-dropped`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, capability};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that keeps the capability `NET_RAW`.
    ///
    /// ## Why
    /// Container runtimes give it by default. Raw packets let a container pose as another one to its neighbours on the
    /// network, and no program but `ping` of old needs them.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [KILL]}}
    ///                                      ^^^^ container `web` keeps the capability `NET_RAW`
    ///   - name: log
    ///           ^^^ container `log` keeps the capability `NET_RAW`
    ///     image: example.com/log:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [NET_RAW]}}
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext: {capabilities: {drop: [all]}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "net-raw-not-dropped",
        aliases: &[
            "kube-linter:drop-net-raw-capability",
            "checkov:CKV_K8S_28",
            "kubescape:C-0199",
            "kyverno:drop-cap-net-raw",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let dropped =
        |name: Node<'_>| name.text().is_some_and(|text| matches!(capability(text).as_str(), "ALL" | "NET_RAW"));
    if container.pod.is_windows() || container.capabilities("drop").any(dropped) {
        return;
    }
    let message = format!("{} keeps the capability `NET_RAW`", container.title());
    let finding = sink.report(container.missing_capability("drop"), message);
    finding.caption("`NET_RAW` is not dropped").help("set `capabilities: {drop: [ALL]}`");
    let span = finding.primary.span;
    finding.about(span);
}
