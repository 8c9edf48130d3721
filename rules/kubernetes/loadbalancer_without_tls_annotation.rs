//! `loadbalancer-without-tls-annotation`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a load balancer of AWS without a certificate.
    ///
    /// ## Why
    /// Without the annotation the balancer passes traffic on in the clear. The rule is for clusters on AWS.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  ^^^ Service `web` is a load balancer without a certificate
    /// spec: {type: LoadBalancer, ports: [{port: 443}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, annotations: {service.beta.kubernetes.io/aws-load-balancer-ssl-cert: "arn:aws:acm:x"}}
    /// spec: {type: LoadBalancer, ports: [{port: 443}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{port: 443}]}
    /// ```
    pub RULE {
        name: "loadbalancer-without-tls-annotation",
        aliases: &[
            "kyverno:require-encryption-aws-loadbalancers",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Service"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let kind = object.node.get("spec").and_then(|spec| spec.get("type")).and_then(Node::text);
    let certificate = object.annotation("service.beta.kubernetes.io/aws-load-balancer-ssl-cert");
    if object.api_version == "v1" && kind == Some("LoadBalancer") && certificate.is_none() {
        sink.report(object.span(), format!("{} is a load balancer without a certificate", object.title()))
            .caption("no certificate")
            .help("add the annotation `service.beta.kubernetes.io/aws-load-balancer-ssl-cert`");
    }
}
