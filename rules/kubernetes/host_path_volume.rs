//! `host-path-volume`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a volume that is a part of the node's file system: `hostPath`.
    ///
    /// ## Why
    /// The pod reads, and mostly writes, files of the node and of other pods, is bound to the node they are on, and
    /// leaves them behind.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - name: data
    ///     hostPath:
    ///     ^^^^^^^^ volume `data` of Pod `web` is the path `/srv/data` of the node
    ///       path: /srv/data
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - name: data
    ///     persistentVolumeClaim: {claimName: data}
    /// ```
    /// ```yaml good option.allow=["/srv"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes: [{name: data, hostPath: {path: /srv/data}}]
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/hostPathVolumes`
    ///   - from 1.0: no volume may be a `hostPath`
    pub RULE {
        name: "host-path-volume",
        aliases: &[
            "trivy:KSV-0023", "polaris:hostPathSet", "kubescape:C-0048", "kubescape:C-0203",
            "pss:baseline/hostPathVolumes", "kyverno:disallow-host-path", "kyverno:limit-hostpath-vols",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("allow", &[], "Paths that may be mounted, with all below them.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let Some(entry) = volume.entry("hostPath").filter(|entry| !entry.value.is_null()) else { continue };
        let path = entry.value.get("path").and_then(Node::text).unwrap_or_default();
        let below =
            |allowed: &&str| path.strip_prefix(*allowed).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if sink.list("allow").iter().any(below) {
            continue;
        }
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        let message = format!("volume `{name}` of {} is the path `{path}` of the node", pod.title());
        sink.report(entry.key_span(), message)
            .caption("a part of the node")
            .about(volume.span())
            .help("use a volume claim, or `emptyDir` for what need not last");
    }
}
