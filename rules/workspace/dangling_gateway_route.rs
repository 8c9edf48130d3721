//! `dangling-gateway-route`.
use crate::checks;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{ObjectFacts, Workspace};

crate::rule! {
    /// Flags a route of the Gateway API that sends to a Service, or to a port of one, that does not exist.
    ///
    /// ## Why
    /// The gateway answers 500 for that rule; only the status of the route says why.
    ///
    /// By default only a port is reported that the Service, there to be seen, does not have. A Service that is nowhere
    /// in the repository may live elsewhere; it is reported when the rule is asked for and the whole repository is known.
    ///
    /// ```yaml bad default
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - backendRefs:
    ///     - {name: web, port: 8080}
    ///                         ^^^^ HTTPRoute `web` sends to port 8080 of Service `web`, which has the ports 80
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  --- the ports of Service `web`
    /// spec: {ports: [{port: 80, targetPort: 8080}], selector: {app: web}}
    /// ```
    /// ```yaml bad
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: GRPCRoute
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - backendRefs: [{name: shop, port: 80}]
    ///                          ^^^^ GRPCRoute `web` sends to the Service `shop`, which is nowhere in the repository
    /// ```
    /// ```yaml good default
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata: {name: web}
    /// spec: {rules: [{backendRefs: [{name: shop, port: 80}]}]}
    /// ```
    /// A backend of another kind, and a Service of another namespace:
    /// ```yaml good
    /// apiVersion: gateway.networking.k8s.io/v1
    /// kind: HTTPRoute
    /// metadata: {name: web}
    /// spec:
    ///   rules:
    ///   - backendRefs:
    ///     - {group: storage.example.com, kind: Bucket, name: icons}
    ///     - {name: web, namespace: shop, port: 80}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// spec: {ports: [{port: 80}]}
    /// ```
    pub RULE {
        name: "dangling-gateway-route",
        aliases: &["kubescape:C-0302"],
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
    object.group() == "gateway.networking.k8s.io"
}
