//! `fsgroup-not-set`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod that mounts a claim without saying which group owns its files: `fsGroup`.
    ///
    /// ## Why
    /// A process that is not root may not be able to write to the volume, and an image is then made to start as root. With
    /// `fsGroup` the kubelet gives the files to that group.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` mounts the claim `data` without `fsGroup`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {fsGroup: 1000}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes: [{name: settings, configMap: {name: settings}}]
    /// ```
    pub RULE {
        name: "fsgroup-not-set",
        aliases: &[
            "kubescape:C-0211",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let given = ["fsGroup", "supplementalGroups"].iter().any(|key| pod.security_context(key).is_some());
    let claim = pod.volumes().find(|volume| volume.get("persistentVolumeClaim").is_some());
    if let Some(claim) = claim.filter(|_| !given && !pod.is_windows()) {
        let name = claim.get("name").and_then(Node::text).unwrap_or_default();
        let message = format!("{} mounts the claim `{name}` without `fsGroup`", pod.title());
        sink.report(pod.missing_in("securityContext"), message)
            .caption("`fsGroup` is missing")
            .label(place::item(claim), "the claim")
            .help("set `fsGroup` in the pod's `securityContext`");
    }
}
