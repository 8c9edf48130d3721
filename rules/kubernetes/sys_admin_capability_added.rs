//! `sys-admin-capability-added`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, capability};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that adds the capability `SYS_ADMIN`, or all there are.
    ///
    /// ## Why
    /// The kernel puts whatever has no better place under this capability: mounting, namespaces, tracing. With it a container
    /// is nearly root on its node. Adding `ALL` adds it too.
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
    ///             - CAP_SYS_ADMIN
    ///               ^^^^^^^^^^^^^ container `web` adds the capability `SYS_ADMIN`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {capabilities: {drop: [SYS_ADMIN]}}
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
        name: "sys-admin-capability-added",
        aliases: &[
            "trivy:KSV-0005",
            "checkov:CKV_K8S_39",
            "kubescape:C-0046",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["may-run-as-root", "privilege-escalation-container", "capabilities-beyond-default"],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let names = container.capabilities("add").filter_map(|name| Some((name, capability(name.text()?))));
    for (name, capability) in names {
        if capability == "SYS_ADMIN" || capability == "ALL" {
            let message = format!("{} adds the capability `{capability}`", container.title());
            sink.report_value(name, message)
                .caption("near-root on the node")
                .about(container.node.span())
                .help("drop it, and add the narrower capability that the program needs");
        }
    }
}
