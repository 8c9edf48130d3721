//! `invalid-topology-spread`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{LabelSelector, PodSpec, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a topology spread constraint that the API refuses, or that spreads nothing.
    ///
    /// ## Why
    /// A constraint needs a `topologyKey`, a `maxSkew` above 0 and `whenUnsatisfiable`. Without a `labelSelector` it
    /// counts no pods, and so spreads none. When the rule is asked for, it also reports a selector that does not match
    /// the pod itself: the pod then spreads by others.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - topologyKey: kubernetes.io/hostname
    ///     ^^^^^^^^^^^ a topology spread constraint of Pod `web` has no `labelSelector`
    ///     maxSkew: 1
    ///     whenUnsatisfiable: DoNotSchedule
    ///   - topologyKey: topology.kubernetes.io/zone
    ///     maxSkew: 0
    ///              ^ a topology spread constraint of Pod `web` has `maxSkew` 0
    ///     whenUnsatisfiable: Never
    ///                        ^^^^^ a topology spread constraint of Pod `web` has `whenUnsatisfiable: Never`
    ///     labelSelector: {matchLabels: {app: web}}
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - topologyKey: kubernetes.io/hostname
    ///     maxSkew: 1
    ///     whenUnsatisfiable: ScheduleAnyway
    ///     labelSelector: {matchLabels: {app: wbe}}
    ///     ^^^^^^^^^^^^^ a topology spread constraint of Pod `web` does not select the pod itself
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - topologyKey: kubernetes.io/hostname
    ///     maxSkew: 1
    ///     minDomains: 2
    ///     whenUnsatisfiable: DoNotSchedule
    ///     labelSelector: {matchLabels: {app: web}}
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, labels: {app: web}}
    /// spec:
    ///   topologySpreadConstraints:
    ///   - topologyKey: kubernetes.io/hostname
    ///     maxSkew: 1
    ///     whenUnsatisfiable: ScheduleAnyway
    ///     labelSelector: {matchLabels: {tier: front}}
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    pub RULE {
        name: "invalid-topology-spread",
        aliases: &["kube-score:pod-topology-spread-constraints"],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let constraints = pod.node.get("topologySpreadConstraints").filter(|_| pod.known);
    for constraint in constraints.into_iter().flat_map(Node::items).filter(|item| item.is_mapping()) {
        let title = format!("a topology spread constraint of {}", pod.title());
        check_required(constraint, &title, sink);
        check_numbers(constraint, &title, sink);
        check_selector(pod, constraint, &title, sink);
    }
}

fn check_required(constraint: Node<'_>, title: &str, sink: &mut Sink<'_>) {
    for key in ["topologyKey", "maxSkew", "whenUnsatisfiable"] {
        let value = constraint.get(key).filter(|value| !value.is_null() && value.text() != Some(""));
        if value.is_none() {
            let span = constraint.entry(key).map_or_else(|| place::item(constraint), |entry| entry.key_span());
            sink.report(span, format!("{title} has no `{key}`, which the API demands"))
                .caption(format!("no `{key}`"))
                .help(format!("add `{key}`"));
        }
    }
    let when = constraint.get("whenUnsatisfiable").and_then(|value| Some((value, value.as_str()?)));
    if let Some((value, text)) = when
        && !["DoNotSchedule", "ScheduleAnyway", ""].contains(&text)
        && !text.contains(['$', '{'])
    {
        sink.report_value(value, format!("{title} has `whenUnsatisfiable: {text}`, which the API refuses"))
            .caption("no such choice")
            .help("write `DoNotSchedule` or `ScheduleAnyway`");
    }
}

fn check_numbers(constraint: Node<'_>, title: &str, sink: &mut Sink<'_>) {
    for key in ["maxSkew", "minDomains"] {
        if let Some((value, number)) = constraint.get(key).and_then(|value| Some((value, value.as_i64()?)))
            && number < 1
        {
            sink.report_value(value, format!("{title} has `{key}` {number}, which the API refuses"))
                .caption("must be above 0")
                .help(format!("set `{key}` to 1 or more"));
        }
    }
}

fn check_selector(pod: PodSpec<'_>, constraint: Node<'_>, title: &str, sink: &mut Sink<'_>) {
    let Some(entry) = constraint.entry("labelSelector").filter(|entry| !entry.value.is_null()) else {
        sink.report(
            place::item(constraint),
            format!("{title} has no `labelSelector`: it counts no pods and spreads none"),
        )
        .caption("no `labelSelector`")
        .help("select the labels of the pod");
        return;
    };
    let (selector, labels) = (LabelSelector::parse(entry.value), pod.labels());
    if let (Some(selector), Some(labels)) = (selector, labels)
        && !selector.matches(&labels)
    {
        sink.report(entry.key_span(), format!("{title} does not select the pod itself, which then spreads by others"))
            .caption("does not match the pod's labels")
            .help("select the labels of the pod")
            .severity(Severity::Medium)
            .pedantic();
    }
}
