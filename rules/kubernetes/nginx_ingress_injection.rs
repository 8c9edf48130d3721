//! `nginx-ingress-injection`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an annotation of an Ingress that breaks out of the configuration of ingress-nginx.
    ///
    /// ## Why
    /// ingress-nginx before 1.11.5 and 1.12.1 copied these annotations into the configuration of nginx. A line break, a
    /// `;` or a quote ends the directive, and what follows is configuration: it runs code in the controller, which reads
    /// every Secret of the cluster (CVE-2025-1097, CVE-2025-1098, CVE-2025-24514). No honest value holds them.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: "http://example.com/#;}}}ssl_engine /tmp/x;"
    ///                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the annotation `auth-url` of Ingress `web` breaks out of the configuration of nginx
    /// spec: {ingressClassName: nginx}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/auth-url: "https://$host/oauth2/auth?a=1&b=2"
    ///     nginx.ingress.kubernetes.io/auth-tls-match-cn: "CN=(a{2}|b).*"
    ///     nginx.ingress.kubernetes.io/mirror-target: "https://${MIRROR}$request_uri"
    /// spec: {ingressClassName: nginx}
    /// ```
    /// Other annotations have other rules:
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations: {example.com/note: "a; b"}
    /// ```
    pub RULE {
        name: "nginx-ingress-injection",
        aliases: &["trivy:KCV-0093"],
        severity: Severity::High, tier: Tier::Default, family: Family::Network, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

const ANNOTATIONS: [&str; 4] = ["auth-url", "auth-tls-match-cn", "mirror-target", "mirror-host"];

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let annotations = object.metadata("annotations");
    for entry in annotations.into_iter().flat_map(Node::entries) {
        let Some(name) = entry.key_text().and_then(|key| key.strip_prefix("nginx.ingress.kubernetes.io/")) else {
            continue;
        };
        let Some(value) = entry.value.text().filter(|_| ANNOTATIONS.contains(&name)) else { continue };
        let trimmed = value.trim_end();
        let braces = name != "auth-tls-match-cn" && !is_placeholder(value) && trimmed.contains(['{', '}']);
        if trimmed.contains(['\n', '\r', ';', '"']) || braces {
            sink.report(
                entry.value.span().first_line(entry.value.yaml().text()),
                format!("the annotation `{name}` of {} breaks out of the configuration of nginx", object.title()),
            )
            .caption("ends the directive of nginx")
            .help("find out who wrote this; update ingress-nginx to 1.12.1 or later");
        }
    }
}
