//! `request-above-limit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, Quantity};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a request that is above its limit, and memory or CPU in a unit that cannot be meant.
    ///
    /// ## Why
    /// The API refuses a request above the limit. `memory: 512m` is half a byte, with which no container starts; `cpu: 1Gi`
    /// is a billion cores, which no node has.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {memory: 256Mi, cpu: 2}, limits: {memory: 128Mi, cpu: 500m}}
    ///                                    ^^^^^ container `web` requests 256Mi of `memory`, above its limit of 128Mi
    ///                                                ^ container `web` requests 2 of `cpu`, above its limit of 500m
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources:
    ///       requests: {cpu: 1Gi}
    ///                       ^^^ container `web` has 1Gi of `cpu`, which is more than any node has
    ///       limits: {memory: 512m}
    ///                        ^^^^ container `web` has 512m of `memory`, which is less than a byte
    /// ```
    /// Amounts are compared, not words:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {memory: 1024Mi, cpu: 0.5}, limits: {memory: 1Gi, cpu: 500m}}
    /// ```
    /// A request without a limit, and what a template fills in:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {cpu: 2, memory: 128974848000m}, limits: {memory: "${MEMORY}"}}
    /// ```
    pub RULE {
        name: "request-above-limit",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

/// Bytes, in thousandths, that are surely not meant: even a pause container takes more.
const LEAST_MEMORY: i128 = 1000;
/// Cores, in thousandths, that no node has.
const MOST_CORES: i128 = 100_000 * 1000;

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let requests = container.node.get("resources").and_then(|resources| resources.get("requests"));
    for entry in requests.into_iter().flat_map(Node::entries) {
        let Some(name) = entry.key_text() else { continue };
        let limit = container.resource("limits", name);
        if let Some(((asked, request), (most, bound))) = amount(entry.value).zip(limit.and_then(amount))
            && request > bound
        {
            let message = format!("{} requests {asked} of `{name}`, above its limit of {most}", container.title());
            let finding = sink.report_value(entry.value, message);
            finding.caption("above the limit").help("raise the limit, or request less");
            finding.label(limit.unwrap_or(entry.value).span(), "the limit");
        }
    }
    for kind in ["requests", "limits"] {
        check_unit(container, kind, sink);
    }
}

/// Reports units of memory that suit CPU alone, and the reverse.
fn check_unit(container: Container<'_>, kind: &str, sink: &mut Sink<'_>) {
    let memory = container.resource(kind, "memory");
    if let Some((memory, (text, quantity))) = memory.and_then(|node| Some((node, amount(node)?)))
        && text.ends_with('m')
        && quantity.milli < LEAST_MEMORY
        && quantity.milli > 0
    {
        let message = format!("{} has {text} of `memory`, which is less than a byte", container.title());
        sink.report_value(memory, message).caption("thousandths of a byte").help("write `Mi` for mebibytes");
    }
    let cpu = container.resource(kind, "cpu");
    if let Some((cpu, (text, quantity))) = cpu.and_then(|node| Some((node, amount(node)?)))
        && quantity.milli > MOST_CORES
    {
        let message = format!("{} has {text} of `cpu`, which is more than any node has", container.title());
        sink.report_value(cpu, message).caption("so many cores").help("write `m` for thousandths of a core");
    }
}

fn amount<'d>(node: Node<'d>) -> Option<(&'d str, Quantity)> {
    let text = node.text()?;
    Some((text, Quantity::parse(text)?))
}
