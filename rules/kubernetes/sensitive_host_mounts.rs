//! `sensitive-host-mounts`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a volume that is one of the folders a node lives by: `/`, `/etc`, `/proc`, `/var/lib/docker` and the like.
    ///
    /// ## Why
    /// Who writes to one of them takes over the node; who reads them finds its keys.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: etc, mountPath: /host/etc}]}
    ///   volumes:
    ///   - name: etc
    ///     hostPath: {path: /etc/}
    ///                      ^^^^^ volume `etc` gives Pod `web` the folder `/etc` of its node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: data, mountPath: /data}]}
    ///   volumes:
    ///   - {name: data, hostPath: {path: /srv/etc}}
    /// ```
    /// By default a DaemonSet that only reads is silent, as agents that measure the node do:
    /// ```yaml good default
    /// apiVersion: apps/v1
    /// kind: DaemonSet
    /// metadata: {name: exporter}
    /// spec:
    ///   selector: {matchLabels: {app: exporter}}
    ///   template:
    ///     metadata: {labels: {app: exporter}}
    ///     spec:
    ///       containers:
    ///       - name: exporter
    ///         image: example.com/exporter:1.4
    ///         volumeMounts: [{name: root, mountPath: /host, readOnly: true}]
    ///       volumes:
    ///       - {name: root, hostPath: {path: /}}
    /// ```
    pub RULE {
        name: "sensitive-host-mounts",
        aliases: &[
            "kube-linter:sensitive-host-mounts",
            "trivy:KSV-0121",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("paths", PATHS, "Folders that must not be mounted.")],
        replaces: &["host-path-volume"],
        checks: &[Check::PodSpec(check)],
    }
}

const PATHS: &[&str] = &[
    "/",
    "/boot",
    "/dev",
    "/etc",
    "/etc/kubernetes",
    "/lib",
    "/proc",
    "/root",
    "/sys",
    "/usr",
    "/var/lib/docker",
    "/var/lib/kubelet/pki",
];

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let Some(value) = volume.get("hostPath").and_then(|host| host.get("path")) else { continue };
        let Some(path) = value.text().filter(|path| path.starts_with('/')).map(|path| path.trim_end_matches('/'))
        else {
            continue;
        };
        let path = if path.is_empty() { "/" } else { path };
        if !sink.list("paths").contains(&path) {
            continue;
        }
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        let message = format!("volume `{name}` gives {} the folder `{path}` of its node", pod.title());
        let finding = sink.report_value(value, message);
        finding.caption("a folder the node lives by").about(volume.span());
        finding.help("mount the file that the program needs, read-only");
        if !pod.is_mounted(name, |_| true) || pod.is_daemon() && !pod.is_mounted(name, is_writable) {
            finding.pedantic();
        }
    }
}

fn is_writable(mount: Node<'_>) -> bool {
    mount.get("readOnly").and_then(Node::as_bool) != Some(true)
}
