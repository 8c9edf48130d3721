//! `requests-not-equal-limits`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, Quantity};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container whose request and limit for memory differ.
    ///
    /// ## Why
    /// What a container uses beyond its request, the node may not have. Where the two are equal, the container gets what it
    /// was promised, and a pod in which all are equal is evicted last.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {memory: 64Mi}, limits: {memory: 128Mi}}
    ///                                    ^^^^ container `web` requests 64Mi of `memory`, but has a limit of 128Mi
    /// ```
    /// Amounts are compared, not words:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", resources: {requests: {memory: 1024Mi}, limits: {memory: 1Gi}}}
    /// ```
    /// ```yaml good option.resources=["cpu"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {requests: {cpu: 1000m, memory: 64Mi}, limits: {cpu: 1, memory: 128Mi}}
    /// ```
    pub RULE {
        name: "requests-not-equal-limits",
        aliases: &[
            "kube-score:container-resource-requests-equal-limits",
            "kube-score:container-cpu-requests-equal-limits",
            "kube-score:container-memory-requests-equal-limits",
            "kube-score:container-ephemeral-storage-request-equals-limit",
            "kyverno:memory-requests-equal-limits",
            "kyverno:require-qos-guaranteed",
        ],
        severity: Severity::Low, tier: Tier::OptIn, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("resources", &["memory"], "Resources that are compared.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let names: Vec<String> = sink.list("resources").into_iter().map(str::to_owned).collect();
    for name in names {
        let values = container.resource("requests", &name).zip(container.resource("limits", &name));
        let Some((request, limit)) = values else { continue };
        let (Some(asked), Some(most)) = (request.text(), limit.text()) else { continue };
        let amounts = Quantity::parse(asked).zip(Quantity::parse(most));
        if amounts.is_some_and(|(asked, most)| asked != most) {
            let message = format!("{} requests {asked} of `{name}`, but has a limit of {most}", container.title());
            sink.report_value(request, message)
                .caption("not the limit")
                .label(limit.span(), "the limit")
                .help("give both the same amount");
        }
    }
}
