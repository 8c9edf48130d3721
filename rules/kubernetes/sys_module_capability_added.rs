//! `sys-module-capability-added`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, capability};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that adds the capability `SYS_MODULE`.
    ///
    /// ## Why
    /// It loads modules into the kernel of the node: whoever breaks into the container owns the node.
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
    ///             - CAP_SYS_MODULE
    ///               ^^^^^^^^^^^^^^ container `web` adds the capability `SYS_MODULE`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [SYS_MODULE]}}
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
        name: "sys-module-capability-added",
        aliases: &[
            "trivy:KSV-0120",
        ],
        severity: Severity::Critical, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["capabilities-beyond-default"],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let names = container.capabilities("add").filter_map(|name| Some((name, capability(name.text()?))));
    for (name, capability) in names {
        if capability == "SYS_MODULE" {
            let message = format!("{} adds the capability `{capability}`", container.title());
            sink.report_value(name, message)
                .caption("loads kernel modules")
                .about(container.node.span())
                .help("drop it, and add the narrower capability that the program needs");
        }
    }
}
