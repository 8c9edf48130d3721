//! `ingress-default-backend`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an Ingress with a default backend.
    ///
    /// ## Why
    /// It answers every request that no rule takes, whatever its host: for all hosts that lead to the controller.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    /// spec:
    ///   defaultBackend: {service: {name: web, port: {number: 80}}}
    ///   ^^^^^^^^^^^^^^ Ingress `web` answers requests for every host
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
    /// apiVersion: example.com/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// spec: {defaultBackend: {}}
    /// ```
    pub RULE {
        name: "ingress-default-backend",
        aliases: &[
            "kyverno:restrict-ingress-defaultbackend",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.group() == "networking.k8s.io") else { return };
    if let Some(entry) = spec.entry("defaultBackend").filter(|entry| !entry.value.is_null()) {
        sink.report(entry.key_span(), format!("{} answers requests for every host that no rule names", object.title()))
            .caption("for every host")
            .help("name the hosts in `rules`");
    }
}
