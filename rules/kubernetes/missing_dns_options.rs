//! `missing-dns-options`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod without a wanted option for looking up names.
    ///
    /// ## Why
    /// With `ndots:5`, the default of Kubernetes, every name outside of the cluster is asked for five times. The option
    /// `key` names what is wanted, `value` its value.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` does not set the DNS option `ndots` to `2`
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig: {options: [{name: ndots, value: '2'}]}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good option.key=timeout option.value='"1"'
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   dnsConfig: {options: [{name: timeout, value: '1'}]}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    /// ```
    pub RULE {
        name: "missing-dns-options",
        aliases: &[
            "kube-linter:dnsconfig-options",
        ],
        severity: Severity::Info, tier: Tier::OptIn, family: Family::Reliability, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::text("key", "ndots", "The option that is wanted."), OptionSpec::text("value", "2", "Its value.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let (key, value) = (sink.text("key"), sink.text("value"));
    let options = pod.node.get("dnsConfig").and_then(|config| config.get("options"));
    let mut options = options.into_iter().flat_map(Node::items);
    let text = |option: Node<'_>, field: &str| option.get(field).and_then(Node::text).unwrap_or_default().to_owned();
    if !options.any(|option| text(option, "name") == key && text(option, "value") == value) {
        let message = format!("{} does not set the DNS option `{key}` to `{value}`", pod.title());
        sink.report(pod.missing_in("dnsConfig"), message)
            .caption("no such option")
            .help("add the option to `dnsConfig.options`");
    }
}
