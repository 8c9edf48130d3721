//! `externally-exposed-service`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a Service that can be reached from outside the cluster.
    ///
    /// ## Why
    /// What listens on every node or on a balancer of its own is outside of the Ingress or Gateway where access is
    /// controlled. Forbid it where all traffic is to come through those.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   type: NodePort
    ///         ^^^^^^^^ Service `web` can be reached from outside the cluster: its type is NodePort
    ///   ports: [{port: 80}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: ClusterIP, ports: [{port: 80}]}
    /// ```
    /// ```yaml good option.forbid=["NodePort"]
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {type: LoadBalancer, ports: [{port: 80}]}
    /// ```
    pub RULE {
        name: "externally-exposed-service",
        aliases: &[
            "kube-linter:exposed-services", "kube-score:service-type", "kyverno:restrict-nodeport",
            "kyverno:no-loadbalancer-service", "kyverno:restrict-service-port-range",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("forbid", &["NodePort", "LoadBalancer"], "Types that Services are not to have.")],
        checks: &[Check::Object(&["Service"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let value = object.node.get("spec").and_then(|spec| spec.get("type")).filter(|_| object.api_version == "v1");
    if let Some((value, text)) = value.and_then(|value| Some((value, value.text()?)))
        && sink.list("forbid").contains(&text)
    {
        let message = format!("{} can be reached from outside the cluster: its type is {text}", object.title());
        sink.report_value(value, message)
            .caption("reachable from outside")
            .help("use the type ClusterIP behind an Ingress or a Gateway");
    }
}
