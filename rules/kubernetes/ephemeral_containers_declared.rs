//! `ephemeral-containers-declared`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that is written with ephemeral containers.
    ///
    /// ## Why
    /// They are for a look into a running pod. The API refuses them in a new one, so that such a manifest is one that was
    /// taken from a cluster.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   ephemeralContainers: [{name: debug, image: "example.com/debug:1.4"}]
    ///   ^^^^^^^^^^^^^^^^^^^ Pod `web` is written with ephemeral containers, which the API refuses in a new pod
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   ephemeralContainers: []
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "ephemeral-containers-declared",
        aliases: &[
            "kyverno:block-ephemeral-containers",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let entry =
        pod.node.entry("ephemeralContainers").filter(|entry| entry.value.is_sequence() && !entry.value.is_empty());
    if let Some(entry) = entry {
        sink.report(
            entry.key_span(),
            format!("{} is written with ephemeral containers, which the API refuses in a new pod", pod.title()),
        )
        .caption("refused in a new pod")
        .help("remove them; `kubectl debug` adds one to the running pod");
    }
}
