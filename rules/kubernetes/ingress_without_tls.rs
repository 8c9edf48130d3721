//! `ingress-without-tls`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an Ingress or a Route that serves without TLS.
    ///
    /// ## Why
    /// Passwords and sessions pass in the clear. Where a balancer in front speaks TLS, leave the rule off.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    /// ^^^^ Ingress `web` serves without TLS
    ///   rules: [{host: example.com}]
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   tls: [{hosts: [example.com], secretName: web-tls}]
    ///   rules: [{host: example.com}]
    /// ```
    /// ```yaml good
    /// apiVersion: route.openshift.io/v1
    /// kind: Route
    /// metadata: {name: web}
    /// spec: {host: example.com, tls: {termination: edge}}
    /// ```
    pub RULE {
        name: "ingress-without-tls",
        aliases: &[
            "polaris:tlsSettingsMissing", "kubescape:C-0263", "kyverno:require-ingress-https",
            "kyverno:check-routes",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress", "Route"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let known = ["networking.k8s.io", "extensions", "route.openshift.io"].contains(&object.group());
    let Some(spec) = object.node.get("spec").filter(|spec| known && spec.is_mapping()) else { return };
    if spec.get("tls").is_none_or(Node::is_empty) {
        sink.report(place::missing_in(spec), format!("{} serves without TLS", object.title()))
            .caption("no `tls`")
            .help("add `tls` with a certificate");
    }
}
