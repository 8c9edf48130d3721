//! `emptydir-without-size-limit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an `emptyDir` that nothing limits: neither `sizeLimit` nor a container's limit for ephemeral storage.
    ///
    /// ## Why
    /// What is written there fills the disk of the node, or its memory with `medium: Memory`, until the kubelet evicts pods.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: tmp, mountPath: /tmp}]}
    ///   volumes:
    ///   - name: tmp
    ///     emptyDir: {}
    ///     ^^^^^^^^ the `emptyDir` volume `tmp` of Pod `web` has no size limit
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: tmp, mountPath: /tmp}]}
    ///   volumes:
    ///   - {name: tmp, emptyDir: {sizeLimit: 64Mi}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     resources: {limits: {ephemeral-storage: 1Gi}}
    ///     volumeMounts: [{name: tmp, mountPath: /tmp}]
    ///   volumes:
    ///   - {name: tmp, emptyDir: {}}
    /// ```
    pub RULE {
        name: "emptydir-without-size-limit",
        aliases: &[
            "kyverno:require-emptydir-requests-and-limits",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let Some(entry) = volume.entry("emptyDir") else { continue };
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        let limited = entry.value.get("sizeLimit").is_some_and(|limit| !limit.is_null());
        if limited || !entry.value.is_null() && !entry.value.is_mapping() || is_limited_by_containers(pod, name) {
            continue;
        }
        let message = format!("the `emptyDir` volume `{name}` of {} has no size limit", pod.title());
        sink.report(entry.key_span(), message).caption("no `sizeLimit`").help("set `sizeLimit`");
    }
}

/// Whether every container that mounts the volume has a limit for ephemeral storage.
fn is_limited_by_containers(pod: PodSpec<'_>, volume: &str) -> bool {
    let mounts = |container: &Container<'_>| {
        container.items("volumeMounts").any(|mount| mount.get("name").and_then(Node::text) == Some(volume))
    };
    let mut users = pod.containers().into_iter().filter(mounts).peekable();
    users.peek().is_some() && users.all(|container| container.resource("limits", "ephemeral-storage").is_some())
}
