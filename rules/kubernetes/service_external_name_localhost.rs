//! `service-external-name-localhost`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a Service of type ExternalName that leads to `localhost`.
    ///
    /// ## Why
    /// The name leads each caller to itself, an Ingress controller to its own interfaces: a known way into what only
    /// the controller itself was to reach.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   type: ExternalName
    ///   externalName: localhost
    ///                 ^^^^^^^^^ Service `web` leads to `localhost`, which is whoever calls it
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: ExternalName, externalName: localhost.example.com}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: localhost}
    /// spec: {type: ClusterIP, ports: [{port: 80}]}
    /// ```
    pub RULE {
        name: "service-external-name-localhost",
        aliases: &["kyverno:no-localhost-service"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Network, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Service"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(spec) = object.node.get("spec").filter(|_| object.api_version == "v1") else { return };
    let Some(value) = spec.get("externalName") else { return };
    let name = value.text().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    let local = ["localhost", "localhost.localdomain", "127.0.0.1", "::1"].contains(&name.as_str());
    if local && spec.get("type").and_then(Node::text) == Some("ExternalName") {
        sink.report_value(value, format!("{} leads to `{name}`, which is whoever calls it", object.title()))
            .caption("the caller itself")
            .help("name the host that is meant; select pods for what runs in the cluster");
    }
}
