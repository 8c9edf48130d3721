//! `ingress-empty-host`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a rule of an Ingress without a host.
    ///
    /// ## Why
    /// The rule holds for every host that leads to the controller, other teams' too.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules:
    ///   - http: {paths: []}
    ///     ^^^^ a rule of Ingress `web` names no host
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules: [{host: example.com}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules: [{host: '*.example.com'}]
    /// ```
    pub RULE {
        name: "ingress-empty-host",
        aliases: &[
            "kyverno:disallow-empty-ingress-host",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.group() == "networking.k8s.io") else { return };
    for rule in spec.get("rules").into_iter().flat_map(Node::items).filter(|rule| rule.is_mapping()) {
        if rule.get("host").is_none_or(|host| host.text() == Some("")) {
            sink.report(place::item(rule), format!("a rule of {} names no host: it holds for all", object.title()))
                .caption("no `host`")
                .help("name the host");
        }
    }
}
