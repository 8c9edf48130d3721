//! `networkpolicy-without-selector`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a NetworkPolicy that selects every pod of its namespace.
    ///
    /// ## Why
    /// It also holds for pods that come later and that nobody thought of. To deny everything by default that is right:
    /// such a policy, without rules or with `deny` in its name, is not reported.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: allow-dns}
    /// spec:
    ///   podSelector: {}
    ///   ^^^^^^^^^^^ NetworkPolicy `allow-dns` selects every pod of its namespace
    ///   egress: [{ports: [{port: 53}]}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: all}
    /// spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec: {podSelector: {matchLabels: {app: web}}, ingress: [{}]}
    /// ```
    pub RULE {
        name: "networkpolicy-without-selector",
        aliases: &[
            "trivy:KSV-0038", "kyverno:restrict-networkpolicy-empty-podselector",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["NetworkPolicy"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.group() == "networking.k8s.io") else { return };
    let Some(entry) = spec.entry("podSelector").filter(|entry| entry.value.is_mapping()) else { return };
    let allows = ["ingress", "egress"].iter().any(|key| spec.get(key).is_some_and(|rules| !rules.is_empty()));
    let empty = entry.value.entries().all(|part| part.value.is_empty());
    if empty && allows && !object.name_text().contains("deny") {
        sink.report(entry.key_span(), format!("{} selects every pod of its namespace", object.title()))
            .caption("every pod")
            .help("select the pods that the rules are for");
    }
}
