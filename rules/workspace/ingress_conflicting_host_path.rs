//! `ingress-conflicting-host-path`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags two Ingresses that answer to the same host and path.
    ///
    /// ## Why
    /// Which of them gets the requests depends on their age or on chance; ingress-nginx refuses the second. Ingresses of
    /// different classes, and those marked as canaries, may share a path.
    ///
    /// By default both must stand in one file; two in one folder are reported when the rule is asked for.
    ///
    /// ```yaml bad default
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - host: example.com
    ///     http: {paths: [{path: /shop, pathType: Prefix}]}
    ///                           ----- answered here too
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: shop}
    /// spec:
    ///   rules:
    ///   - host: example.com
    ///     http: {paths: [{path: /shop, pathType: Prefix}]}
    ///                           ^^^^^ Ingress `shop` answers to `example.com/shop`, as Ingress `web` does
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {rules: [{host: example.com, http: {paths: [{path: /, pathType: Prefix}]}}]}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: shop}
    /// spec: {rules: [{host: example.com, http: {paths: [{path: /shop, pathType: Prefix}]}}]}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {ingressClassName: inside, rules: [{host: example.com, http: {paths: [{path: /}]}}]}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: canary, annotations: {nginx.ingress.kubernetes.io/canary: "true"}}
    /// spec: {ingressClassName: inside, rules: [{host: example.com, http: {paths: [{path: /}]}}]}
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: outside}
    /// spec: {ingressClassName: outside, rules: [{host: example.com, http: {paths: [{path: /}]}}]}
    /// ```
    pub RULE {
        name: "ingress-conflicting-host-path",
        aliases: &[
            "kyverno:unique-ingress-host-and-path", "kyverno:unique-ingress-host", "kyverno:unique-ingress-path",
            "kyverno:unique-routes", "kyverno:unique-external-dns",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Network, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let routes: Vec<_> = (workspace.objects())
        .flat_map(|(file, object)| object.relations.routes.iter().map(move |route| (file, object, route)))
        .collect();
    for (index, (file, object, route)) in routes.iter().enumerate() {
        let mut before = routes[..index].iter().filter(|(at, other, own)| {
            (&own.host, &own.path, &own.class) == (&route.host, &route.path, &route.class)
                && at.is_beside(file)
                && (&other.namespace, &other.name) != (&object.namespace, &object.name)
        });
        let Some((at, other, own)) = before.next() else { continue };
        let address = format!("{}{}", route.host, route.path);
        let message = format!("{} answers to `{address}`, as {} does", object.title(), other.title());
        let finding = sink.report_in(file.id, route.span, message);
        finding
            .caption("answered twice")
            .label_in(at.id, own.span, "answered here too")
            .help("keep the path in one Ingress");
        if at.id != file.id {
            finding.pedantic();
        }
    }
}
