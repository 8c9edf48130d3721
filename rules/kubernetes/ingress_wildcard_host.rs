//! `ingress-wildcard-host`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a host with a wildcard in an Ingress or a VirtualService.
    ///
    /// ## Why
    /// It takes the requests of every host of the domain that nobody else claims.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules:
    ///   - host: '*.example.com'
    ///           ^^^^^^^^^^^^^^^ Ingress `web` takes requests for every host of `*.example.com`
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   rules: [{host: www.example.com}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.istio.io/v1
    /// kind: VirtualService
    /// metadata: {name: web}
    /// spec: {hosts: [web.shop.svc.cluster.local]}
    /// ```
    pub RULE {
        name: "ingress-wildcard-host",
        aliases: &[
            "kyverno:restrict-ingress-wildcard", "kyverno:restrict-virtual-service-wildcard",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress", "VirtualService"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec") else { return };
    let rules = spec.get("rules").into_iter().flat_map(Node::items).filter_map(|rule| rule.get("host"));
    let hosts = spec.get("hosts").into_iter().flat_map(Node::items);
    let hosts: Vec<_> = if object.kind == "Ingress" { rules.collect() } else { hosts.collect() };
    for host in hosts {
        if let Some(text) = host.text().filter(|text| text.contains('*')) {
            sink.report_value(host, format!("{} takes requests for every host of `{text}`", object.title()))
                .caption("a wildcard")
                .help("name the hosts one by one");
        }
    }
}
