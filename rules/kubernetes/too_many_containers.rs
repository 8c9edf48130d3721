//! `too-many-containers`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod with more main containers than a handful.
    ///
    /// ## Why
    /// The containers of a pod start, scale and die together. What need not is better in pods of its own.
    ///
    /// ```yaml bad option.maximum=1
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   ^^^^^^^^^^ Pod `web` has 2 main containers
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   - {name: api, image: "example.com/api:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   - {name: api, image: "example.com/api:1.4"}
    /// ```
    /// ```yaml good option.maximum=1
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: wait, image: "example.com/wait:1.4"}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "too-many-containers",
        aliases: &[
            "kyverno:limit-containers-per-pod",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::int("maximum", 4, "How many main containers pass.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(entry) = pod.node.entry("containers").filter(|_| pod.shape == Shape::Pod) else { return };
    let (count, maximum) = (entry.value.items().len(), sink.number("maximum"));
    if i64::try_from(count).is_ok_and(|count| count > maximum) {
        let message = format!("{} has {count} main containers, which is more than {maximum}", pod.title());
        sink.report(entry.key_span(), message).caption("many containers").help("give each its own pod where it can");
    }
}
