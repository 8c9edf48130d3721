//! `request-above-limit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Quantity};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that asks for more of a resource than it may use.
    ///
    /// ## Why
    /// The API refuses the pod. Sizes with a slip in the unit show here: `m` for memory is thousandths of a byte.
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
    ///       requests: {memory: 2Gi, cpu: 500m}
    ///                          ^^^ container `web` asks for 2Gi of memory, above its limit of 1Gi
    ///       limits: {memory: 1Gi, cpu: '1'}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       requests: {memory: 1024Mi, cpu: 1000m}
    ///       limits: {memory: 1Gi, cpu: '1'}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       requests: {memory: 2Gi}
    ///       limits: {cpu: '1', ephemeral-storage: '${SIZE}'}
    /// ```
    pub RULE {
        name: "request-above-limit",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let part = |key: &str| container.node.get("resources").and_then(|resources| resources.get(key));
    let Some(limits) = part("limits") else { return };
    for entry in part("requests").into_iter().flat_map(Node::entries) {
        let Some(name) = entry.key_text() else { continue };
        let Some(limit) = limits.get(name) else { continue };
        let (Some(asked), Some(allowed)) = (entry.value.text(), limit.text()) else { continue };
        let (Some(more), Some(less)) = (Quantity::parse(asked), Quantity::parse(allowed)) else { continue };
        if more > less {
            let message = format!("{} asks for {asked} of {name}, above its limit of {allowed}", container.title());
            sink.report_value(entry.value, message)
                .caption(format!("above the limit of {allowed}"))
                .label(limit.span(), "the limit")
                .help("lower the request, or raise the limit");
        }
    }
}
