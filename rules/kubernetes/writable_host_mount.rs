//! `writable-host-mount`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a mount of a node's folder that the container may write to.
    ///
    /// ## Why
    /// What a container writes to its node stays there, and other pods or the node itself may read or run it.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     volumeMounts:
    ///     - {name: data, mountPath: /data}
    ///              ^^^^ container `web` may write to `/srv/data` of its node
    ///   volumes:
    ///   - {name: data, hostPath: {path: /srv/data}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: data, mountPath: /data, readOnly: true}]}
    ///   volumes:
    ///   - {name: data, hostPath: {path: /srv/data}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", volumeMounts: [{name: data, mountPath: /data}]}
    ///   volumes:
    ///   - {name: data, emptyDir: {}}
    /// ```
    pub RULE {
        name: "writable-host-mount",
        aliases: &[
            "kube-linter:writable-host-mount",
            "kubescape:C-0045",
            "kyverno:ensure-readonly-hostpath",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for mount in container.items("volumeMounts") {
        let read_only = mount.get("readOnly").is_some_and(|value| value.as_bool() != Some(false) && !value.is_null());
        let Some(name) = mount.get("name").filter(|_| !read_only) else { continue };
        let volume = container.pod.volumes().find(|volume| volume.get("name").and_then(Node::text) == name.text());
        let path =
            volume.and_then(|volume| volume.get("hostPath")).and_then(|host| host.get("path")).and_then(Node::text);
        if let Some(path) = path {
            let message = format!("{} may write to `{path}` of its node", container.title());
            sink.report_value(name, message).caption("writable").help("set `readOnly: true`, if it only reads");
        }
    }
}
