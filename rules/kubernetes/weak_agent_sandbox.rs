//! `weak-agent-sandbox`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a template of sandboxes for agents that shuts them in too little.
    ///
    /// ## Why
    /// A sandbox runs code that a model wrote. It should have a kernel of its own, by a runtime class made for that, and no
    /// way out of the network that nobody chose.
    ///
    /// ```yaml bad
    /// apiVersion: extensions.agents.x-k8s.io/v1alpha1
    /// kind: SandboxTemplate
    /// metadata: {name: python}
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///     ^^^^ SandboxTemplate `python` names no runtime class
    ///       containers:
    ///       - {name: python, image: "example.com/python:1.4"}
    ///   networkPolicy:
    ///     egress:
    ///     - to: [{ipBlock: {cidr: 0.0.0.0/0}}]
    ///                             ^^^^^^^^^ SandboxTemplate `python` lets its sandboxes reach any address
    /// ```
    /// ```yaml good
    /// apiVersion: extensions.agents.x-k8s.io/v1alpha1
    /// kind: SandboxTemplate
    /// metadata: {name: python}
    /// spec:
    ///   podTemplate:
    ///     spec:
    ///       runtimeClassName: gvisor
    ///       containers:
    ///       - {name: python, image: "example.com/python:1.4"}
    ///   networkPolicy:
    ///     egress:
    ///     - to: [{ipBlock: {cidr: 10.0.0.0/8}}]
    /// ```
    /// ```yaml good
    /// apiVersion: example.com/v1
    /// kind: SandboxTemplate
    /// metadata: {name: python}
    /// spec: {networkPolicy: {egress: [{to: [{ipBlock: {cidr: "::/0"}}]}]}}
    /// ```
    pub RULE {
        name: "weak-agent-sandbox",
        aliases: &[
            "kubescape:C-0297",
            "kubescape:C-0301",
            "kubescape:C-0303",
            "kubescape:C-0304",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["SandboxTemplate"], check)],
    }
}

fn check(template: Object<'_>, sink: &mut Sink<'_>) {
    if !template.group().ends_with("agents.x-k8s.io") {
        return;
    }
    for pod in template.pod_specs() {
        let class = pod.node.get("runtimeClassName").filter(|class| class.text().is_some_and(|text| !text.is_empty()));
        if class.is_none() {
            sink.report(
                pod.span(),
                format!("{} names no runtime class: its sandboxes share the node's kernel", template.title()),
            )
            .caption("`runtimeClassName` is missing")
            .help("name a class with a kernel of its own, such as gVisor or Kata Containers");
        }
    }
    let policy = template.node.get("spec").and_then(|spec| spec.get("networkPolicy"));
    let egress = policy.and_then(|policy| policy.get("egress")).into_iter().flat_map(Node::items);
    let peers = egress.filter_map(|rule| rule.get("to")).flat_map(Node::items);
    for block in peers.filter_map(|peer| peer.get("ipBlock")?.get("cidr")) {
        if matches!(block.text(), Some("0.0.0.0/0" | "::/0")) {
            sink.report_value(block, format!("{} lets its sandboxes reach any address", template.title()))
                .caption("any address")
                .help("name the addresses that a sandbox needs");
        }
    }
}
