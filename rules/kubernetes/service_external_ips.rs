//! `service-external-ips`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a Service that claims external IP addresses.
    ///
    /// ## Why
    /// Nothing checks whether the address belongs to the Service: whoever may create one draws the cluster's traffic to
    /// any address to himself (CVE-2020-8554). The field is deprecated since Kubernetes 1.36. A Service of type
    /// LoadBalancer gets its address from whom it belongs to.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   externalIPs: [203.0.113.7]
    ///                 ^^^^^^^^^^^ Service `web` claims the external address 203.0.113.7
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   type: LoadBalancer
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good option.allow=["203.0.113.7"]
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   externalIPs: [203.0.113.7]
    ///   ports: [{port: 80}]
    /// ```
    pub RULE {
        name: "service-external-ips",
        aliases: &["trivy:KSV-0108", "kyverno:restrict-external-ips"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &[], "Addresses that may be claimed.")],
        checks: &[Check::Object(&["Service"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let addresses = object.node.get("spec").and_then(|spec| spec.get("externalIPs"));
    let allowed: Vec<String> = sink.list("allow").into_iter().map(str::to_owned).collect();
    let items = addresses.filter(|_| object.api_version == "v1").into_iter().flat_map(Node::items);
    for (item, address) in items.filter_map(|item| Some((item, item.text()?))) {
        if !allowed.iter().any(|own| own == address) {
            sink.report_value(
                item,
                format!("{} claims the external address {address}, which nothing checks", object.title()),
            )
            .caption("nothing checks whose address it is")
            .help("use a Service of type LoadBalancer, an Ingress or a Gateway");
        }
    }
}
