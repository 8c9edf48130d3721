//! `volume-mount-unresolved`.
use std::collections::{HashMap, HashSet};

use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec, Shape, is_placeholder, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a mount of a volume that the pod does not have, and two mounts at one path.
    ///
    /// ## Why
    /// The API refuses the pod: no such volume is found, or the path must be unique. When the rule is asked for, a volume
    /// that no container mounts is reported too.
    ///
    /// ```yaml bad default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     volumeMounts:
    ///     - {name: cach, mountPath: /cache}
    ///              ^^^^ container `web` mounts the volume `cach`, which the pod does not have
    ///     - {name: tmp, mountPath: /tmp}
    ///     - {name: data, mountPath: /tmp}
    ///                               ^^^^ container `web` mounts two volumes at `/tmp`
    ///   volumes:
    ///   - {name: tmp, emptyDir: {}}
    ///   - {name: data, emptyDir: {}}
    ///   - {name: cache, emptyDir: {}}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    ///                    ^^^ no container of Pod `web` mounts the volume `tmp`
    /// ```
    /// The volumes of a StatefulSet are also made from its claims:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: db}
    /// spec:
    ///   selector: {matchLabels: {app: db}}
    ///   template:
    ///     metadata: {labels: {app: db}}
    ///     spec:
    ///       containers:
    ///       - {name: db, image: "example.com/db:1.4", volumeMounts: [{name: data, mountPath: /data}]}
    ///   volumeClaimTemplates:
    ///   - metadata: {name: data}
    /// ```
    /// Two containers may mount one volume at one path:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: fill, image: "example.com/fill:1.4", volumeMounts: [{name: tmp, mountPath: /tmp}]}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     volumeMounts: [{name: tmp, mountPath: /tmp}, {name: tmp, mountPath: /tmp/x, subPath: x}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    /// A volume that nothing mounts is silent by default:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    pub RULE {
        name: "volume-mount-unresolved",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let built_in = ["", "apps", "batch", "extensions"].contains(&pod.object.group());
    // A patch may add what lacks here.
    let patched = sink.transforms().is_some_and(|transforms| transforms.patched);
    if !built_in || !pod.known || pod.shape != Shape::Pod {
        return;
    }
    for container in pod.containers() {
        check_paths(container, sink);
    }
    let Some(volumes) = volumes(pod).filter(|_| !patched) else { return };
    let mut mounted = HashSet::new();
    for container in pod.containers() {
        for mount in container.items("volumeMounts").chain(container.items("volumeDevices")) {
            let Some(node) = mount.get("name") else { continue };
            let Some(name) = node.text().filter(|name| !name.is_empty() && !is_placeholder(name)) else { return };
            mounted.insert(name);
            if !volumes.contains(name) {
                let title = container.title();
                sink.report_value(node, format!("{title} mounts the volume `{name}`, which the pod does not have"))
                    .caption("no such volume")
                    .help("name a volume of the pod, or add it under `volumes`");
            }
        }
    }
    for volume in pod.volumes() {
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        if !name.is_empty() && !mounted.contains(name) {
            let message = format!("no container of {} mounts the volume `{name}`", pod.object.title());
            let finding = sink.report(place::item(volume), message);
            finding.caption("not mounted").help("mount it, or remove it").severity(Severity::Low).pedantic();
        }
    }
}

/// The names of the volumes of a pod, with those that a StatefulSet makes; `None` where one is not known.
fn volumes<'d>(pod: PodSpec<'d>) -> Option<HashSet<&'d str>> {
    let list = pod.node.get("volumes");
    if list.is_some_and(|list| !list.is_sequence() && !list.is_null()) {
        return None;
    }
    let own = list.into_iter().flat_map(Node::items).map(|volume| volume.get("name")?.text());
    let claims = pod.object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    let claims = claims.into_iter().flat_map(Node::items).map(|claim| claim.get("metadata")?.get("name")?.text());
    own.chain(claims).map(|name| name.filter(|name| !is_placeholder(name))).collect()
}

fn check_paths(container: Container<'_>, sink: &mut Sink<'_>) {
    let mut seen: HashMap<&str, Node<'_>> = HashMap::new();
    for path in container.items("volumeMounts").filter_map(|mount| mount.get("mountPath")) {
        let Some(text) = path.text().filter(|text| !text.is_empty() && !is_placeholder(text)) else { continue };
        if let Some(earlier) = seen.insert(text, path) {
            sink.report_value(path, format!("{} mounts two volumes at `{text}`", container.title()))
                .caption("mounted there before")
                .label(earlier.span(), "the first mount")
                .help("give each mount a path of its own");
        }
    }
}
