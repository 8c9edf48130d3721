//! `control-plane-kube-proxy`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::component::{Demand, Expect};
use crate::kubernetes::{Container, Object};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a kube-proxy whose metrics are served on every address.
    ///
    /// ## Why
    /// The interface asks for no credential, and the node's network can reach it.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-proxy, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-proxy
    ///     image: registry.k8s.io/kube-proxy:v1.35.0
    ///     command:
    ///     - kube-proxy
    ///     - --metrics-bind-address=0.0.0.0:10249
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `kube-proxy` has `--metrics-bind-address` open to others
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-proxy, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-proxy
    ///     image: registry.k8s.io/kube-proxy:v1.35.0
    ///     command:
    ///     - kube-proxy
    ///     - --metrics-bind-address=127.0.0.1:10249
    /// ```
    /// Only the component itself is looked at:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", command: [web, --x=1]}
    /// ```
    /// ```yaml bad
    /// apiVersion: kubeproxy.config.k8s.io/v1alpha1
    /// kind: KubeProxyConfiguration
    /// metricsBindAddress: 0.0.0.0:10249
    ///                     ^^^^^^^^^^^^^ kube-proxy serves its metrics on every address
    /// ```
    pub RULE {
        name: "control-plane-kube-proxy",
        aliases: &[
            "kubescape:C-0291",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check), Check::Object(&["KubeProxyConfiguration"], check_configuration)],
    }
}

const DEMANDS: &[Demand] = &[Demand { flag: "metrics-bind-address", expect: Expect::Local }];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-proxy", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}

fn check_configuration(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(address) = object.node.get("metricsBindAddress") else { return };
    let local = |text: &str| ["127.", "localhost", "[::1]", "::1"].iter().any(|own| text.starts_with(own));
    if address.text().is_some_and(|text| !text.is_empty() && !local(text)) {
        sink.report_value(address, "kube-proxy serves its metrics on every address")
            .caption("open to others")
            .help("use 127.0.0.1:10249");
    }
}
