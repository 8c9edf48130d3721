//! `dangling-ingress`.
use crate::checks;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags an Ingress that sends to a Service, or to a port of one, that does not exist.
    ///
    /// ## Why
    /// The controller answers 503 for that path, and nothing else says so.
    ///
    /// By default only a port is reported that the Service, there to be seen, does not have. A Service that is nowhere
    /// in the repository may live elsewhere; it is reported when the rule is asked for and the whole repository is known.
    ///
    /// ```yaml bad default
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - http:
    ///       paths:
    ///       - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 8080}}}}
    ///                                                                                   ^^^^ Ingress `web` sends to port 8080 of Service `web`, which has the ports 80, `http`
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  --- the ports of Service `web`
    /// spec: {ports: [{name: http, port: 80, targetPort: 8080}], selector: {app: web}}
    /// ```
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   defaultBackend: {service: {name: shop, port: {number: 80}}}
    ///                                    ^^^^ Ingress `web` sends to the Service `shop`, which is nowhere in the repository
    /// ```
    /// ```yaml good default
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {defaultBackend: {service: {name: shop, port: {number: 80}}}}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec:
    ///   defaultBackend: {service: {name: web, port: {name: http}}}
    ///   rules:
    ///   - http: {paths: [{path: /s3, backend: {resource: {apiGroup: k8s.example.com, kind: Bucket, name: icons}}}]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {ports: [{name: http, port: 80}]}
    /// ```
    pub RULE {
        name: "dangling-ingress",
        aliases: &["kube-linter:dangling-ingress", "kube-score:ingress-targets-service", "kubescape:C-0298"],
        severity: Severity::High, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[
            Check::Workspace { needs: Needs::Contradiction, check: check_ports },
            Check::Workspace { needs: Needs::Absence, check: check_services },
        ],
    }
}

fn check_ports(workspace: &Workspace, sink: &mut Sink<'_>) {
    checks::backend_ports(workspace, sends, sink);
}

fn check_services(workspace: &Workspace, sink: &mut Sink<'_>) {
    checks::backend_services(workspace, sends, sink);
}

fn sends(object: &ObjectFacts) -> bool {
    object.kind == "Ingress"
}
