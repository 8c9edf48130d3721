//! `missing-dns-options`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod without a certain option of its DNS configuration; by default `ndots`.
    ///
    /// ## Why
    /// With the five dots of Kubernetes, the name of a host outside the cluster is first looked up under every domain of the
    /// cluster. `ndots: 2` saves those questions.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` does not set the DNS option `ndots`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig:
    ///   ^^^^^^^^^ Pod `web` does not set the DNS option `ndots`
    ///     options: [{name: timeout, value: "2"}]
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig: {options: [{name: ndots, value: "2"}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good option.option=timeout
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig: {options: [{name: timeout}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "missing-dns-options",
        aliases: &[
            "kube-linter:dnsconfig-options",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::text("option", "ndots", "The option that is asked for.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let wanted = sink.text("option").to_owned();
    let options = pod.node.get("dnsConfig").and_then(|config| config.get("options"));
    let named = |option: Node<'_>| option.get("name").and_then(Node::text) == Some(&wanted);
    if pod.shape != Shape::Pod || options.is_some_and(|options| options.items().any(named)) {
        return;
    }
    let message = format!("{} does not set the DNS option `{wanted}`", pod.title());
    let help = format!("add `{wanted}` to `dnsConfig.options`");
    sink.report(pod.missing_in("dnsConfig"), message).caption("a DNS option is missing").help(help);
}
