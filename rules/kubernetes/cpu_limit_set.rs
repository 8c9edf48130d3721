//! `cpu-limit-set`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a CPU limit.
    ///
    /// ## Why
    /// A container at its limit is slowed down even where the node has time to spare. Requests alone share the processor
    /// fairly: this rule is for teams that have settled on them.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       limits: {cpu: 500m, memory: 64Mi}
    ///                     ^^^^ container `web` has a CPU limit
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", resources: {requests: {cpu: 500m}, limits: {memory: 64Mi}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "cpu-limit-set",
        aliases: &[
            "kyverno:forbid-cpu-limits",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    if let Some(value) = container.resource("limits", "cpu") {
        sink.report_value(value, format!("{} has a CPU limit", container.title()))
            .caption("slows the container down")
            .help("remove it; keep the request");
    }
}
