//! `resource-quota-incomplete`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a ResourceQuota that does not bound requests and limits of CPU and memory.
    ///
    /// ## Why
    /// What it does not bound, the namespace may take from the others.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec:
    ///   hard:
    ///   ^^^^ ResourceQuota `quota` does not bound `limits.cpu` and `limits.memory`
    ///     requests.cpu: 4
    ///     memory: 8Gi
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec:
    ///   hard: {requests.cpu: 4, requests.memory: 8Gi, limits.cpu: 8, limits.memory: 16Gi}
    /// ```
    /// `cpu` and `memory` are other names for what is requested, and a quota may be about something else:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: quota}
    /// spec:
    ///   hard: {cpu: 4, memory: 8Gi, limits.cpu: 8, limits.memory: 16Gi}
    /// ---
    /// apiVersion: v1
    /// kind: ResourceQuota
    /// metadata: {name: objects}
    /// spec:
    ///   hard: {count/secrets: 10}
    /// ```
    pub RULE {
        name: "resource-quota-incomplete",
        aliases: &[
            "trivy:KSV-0040",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["ResourceQuota"], check)],
    }
}

fn check(quota: Object<'_>, sink: &mut Sink<'_>) {
    let spec = quota.node.get("spec").filter(|_| quota.api_version == "v1");
    let Some(hard) = spec.and_then(|spec| spec.entry("hard")) else { return };
    let has = |key: &str| hard.value.get(key).is_some();
    let bounds = [
        ("requests.cpu", has("requests.cpu") || has("cpu")),
        ("requests.memory", has("requests.memory") || has("memory")),
        ("limits.cpu", has("limits.cpu")),
        ("limits.memory", has("limits.memory")),
    ];
    let open: Vec<String> = bounds.iter().filter(|bound| !bound.1).map(|bound| format!("`{}`", bound.0)).collect();
    if open.is_empty() || open.len() == bounds.len() {
        return;
    }
    let message = format!("{} does not bound {}", quota.title(), open.join(" and "));
    sink.report(hard.key_span(), message).caption("not complete").help("bound all four, or none");
}
