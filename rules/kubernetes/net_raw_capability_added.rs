//! `net-raw-capability-added`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, capability};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that adds the capability `NET_RAW`.
    ///
    /// ## Why
    /// Raw packets let a container pose as another one to its neighbours on the network.
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
    ///         securityContext:
    ///           capabilities:
    ///             add:
    ///             - NET_BIND_SERVICE
    ///             - CAP_NET_RAW
    ///               ^^^^^^^^^^^ container `web` adds the capability `NET_RAW`
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
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
    /// ```
    pub RULE {
        name: "net-raw-capability-added",
        aliases: &[
            "trivy:KSV-0119",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let names = container.capabilities("add").filter_map(|name| Some((name, capability(name.text()?))));
    for (name, capability) in names {
        if capability == "NET_RAW" {
            let message = format!("{} adds the capability `{capability}`", container.title());
            sink.report_value(name, message)
                .caption("makes raw packets")
                .about(container.node.span())
                .help("drop it, and add the narrower capability that the program needs");
        }
    }
}
