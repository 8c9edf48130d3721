//! `disallowed-volume-type`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, pod_security};
use crate::rule::{Check, Sink};
use crate::yaml::{Entry, Node};

crate::rule! {
    /// Flags a volume of a kind that the restricted standard does not allow.
    ///
    /// ## Why
    /// The standard allows the kinds that hold configuration, scratch space and claims. The others are parts of the node, or
    /// disks of the network whose address and keys stand in the pod.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - name: shared
    ///     nfs: {server: 10.0.0.4, path: /exports}
    ///     ^^^ volume `shared` of Pod `web` is of the kind `nfs`
    ///   - {name: node, hostPath: {path: /srv}}
    ///                  ^^^^^^^^ volume `node` of Pod `web` is of the kind `hostPath`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - {name: settings, configMap: {name: settings}}
    ///   - {name: scratch, ephemeral: {volumeClaimTemplate: {spec: {}}}}
    ///   - {name: model, image: {reference: "example.com/model:1.4"}}
    /// ```
    /// A volume that says nothing is an `emptyDir`:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - name: tmp
    ///   - name: cache
    ///     emptyDir: {}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/restrictedVolumes`
    ///   - from 1.0: volumes must be of the kinds that hold no part of the node or of a network disk
    pub RULE {
        name: "disallowed-volume-type",
        aliases: &[
            "trivy:KSV-0028",
            "pss:restricted/restrictedVolumes",
            "kyverno:restrict-volume-types",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Further kinds that may be used.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let sources: Vec<_> = (volume.entries())
            .filter(|entry| entry.key_text() != Some("name") && !entry.value.is_null() && !entry.is_merge())
            .collect();
        let allowed = |entry: &Entry<'_>| {
            let kind = entry.key_text().unwrap_or_default();
            pod_security::RESTRICTED_VOLUMES.contains(&kind) || sink.list("allow").contains(&kind)
        };
        // The API makes an `emptyDir` of a volume that says nothing.
        let Some(first) = sources.first().filter(|_| !sources.iter().any(allowed)) else { continue };
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        let kind = first.key_text().unwrap_or_default();
        let message = format!("volume `{name}` of {} is of the kind `{kind}`", pod.title());
        sink.report(first.key_span(), message)
            .caption("not among the allowed kinds")
            .about(volume.span())
            .help("use a volume claim, and `emptyDir` for what need not last");
    }
}
