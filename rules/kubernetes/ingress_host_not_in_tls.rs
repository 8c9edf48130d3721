//! `ingress-host-not-in-tls`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a host of an Ingress that none of its certificates is for.
    ///
    /// ## Why
    /// The Ingress serves other hosts by TLS; this one gets the controller's own certificate, which browsers refuse.
    /// `*.example.com` stands for one more name in front. An Ingress without `tls` is left alone.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   tls:
    ///   - {hosts: [example.com], secretName: web-tls}
    ///   rules:
    ///   - host: example.com
    ///   - host: www.example.com
    ///           ^^^^^^^^^^^^^^^ Ingress `web` has no certificate for the host `www.example.com`
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   tls:
    ///   - {hosts: ["*.example.com"], secretName: web-tls}
    ///   rules:
    ///   - host: www.example.com
    ///   - http: {paths: []}
    /// ```
    /// Without hosts a certificate is for all of them:
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   tls:
    ///   - {secretName: web-tls}
    ///   rules:
    ///   - host: www.example.com
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: www.example.com
    /// ```
    pub RULE {
        name: "ingress-host-not-in-tls",
        aliases: &["kyverno:ingress-host-match-tls"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Network, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let built_in = ["networking.k8s.io", "extensions"].contains(&object.group());
    let Some(spec) = object.node.get("spec").filter(|_| built_in) else { return };
    let Some(tls) = spec.entry("tls").filter(|tls| !tls.value.is_empty()) else { return };
    let mut secured = Vec::new();
    for item in tls.value.items() {
        let hosts: Vec<&str> = item.get("hosts").into_iter().flat_map(Node::items).filter_map(Node::text).collect();
        if hosts.is_empty() || hosts.iter().any(|host| is_open(host)) {
            return;
        }
        secured.extend(hosts);
    }
    for rule in spec.get("rules").into_iter().flat_map(Node::items) {
        let Some(node) = rule.get("host") else { continue };
        let Some(host) = node.text().filter(|host| !host.is_empty() && !is_open(host)) else { continue };
        if !secured.iter().any(|pattern| covers(pattern, host)) {
            sink.report_value(node, format!("{} has no certificate for the host `{host}`", object.title()))
                .caption("in no `tls[].hosts`")
                .label(tls.key_span(), "the hosts with a certificate")
                .help("add the host to `tls`");
        }
    }
}

fn is_open(host: &str) -> bool {
    is_placeholder(host) || host.contains(['$', '{', '%'])
}

/// Whether a certificate's host is for `host`: a leading `*` stands for one label.
fn covers(pattern: &str, host: &str) -> bool {
    if pattern.eq_ignore_ascii_case(host) {
        return true;
    }
    match (pattern.strip_prefix("*."), host.split_once('.')) {
        (Some(domain), Some((_, rest))) => domain.eq_ignore_ascii_case(rest),
        _ => false,
    }
}
