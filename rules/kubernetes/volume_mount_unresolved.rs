//! `volume-mount-unresolved`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a mount of a volume that the pod does not have, or of two at one place.
    ///
    /// ## Why
    /// The API refuses the pod. A volume that nothing mounts is reported when the rule is asked for.
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
    ///     - {name: dta, mountPath: /data}
    ///              ^^^ container `web` mounts the volume `dta`, which Pod `web` does not have
    ///     - {name: tmp, mountPath: /tmp}
    ///     - {name: cache, mountPath: /tmp}
    ///                                ^^^^ container `web` mounts two volumes at `/tmp`
    ///   volumes: [{name: tmp, emptyDir: {}}, {name: cache, emptyDir: {}}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///   volumes:
    ///   - {name: tmp, emptyDir: {}}
    ///            ^^^ nothing in Pod `web` mounts the volume `tmp`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     volumeMounts:
    ///     - {name: tmp, mountPath: /tmp}
    ///     - {name: tmp, mountPath: /var/tmp}
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: StatefulSet
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    ///         volumeMounts: [{name: data, mountPath: /data}]
    ///   volumeClaimTemplates: [{metadata: {name: data}}]
    /// ```
    pub RULE {
        name: "volume-mount-unresolved",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    // A patch or an operator may bring volumes, and mounts for them.
    if !pod.known || sink.transforms().is_some_and(|transforms| transforms.patched) {
        return;
    }
    let claims = pod.object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
    let claims =
        claims.into_iter().flat_map(Node::items).filter_map(|claim| claim.get("metadata")?.get("name")?.text());
    let volumes: Vec<Node<'_>> = pod.volumes().filter_map(|volume| volume.get("name")).collect();
    let known: Vec<&str> = volumes.iter().filter_map(|volume| volume.text()).chain(claims).collect();
    let mut used: Vec<&str> = Vec::new();
    for container in pod.containers() {
        check_mounts(container, &known, &mut used, sink);
    }
    for volume in volumes {
        if let Some(name) = volume.text().filter(|name| !used.contains(name)) {
            sink.report_value(volume, format!("nothing in {} mounts the volume `{name}`", pod.title()))
                .caption("not mounted")
                .help("mount it, or remove it")
                .severity(Severity::Low)
                .pedantic();
        }
    }
}

fn check_mounts<'d>(container: Container<'d>, known: &[&str], used: &mut Vec<&'d str>, sink: &mut Sink<'_>) {
    let mut paths: Vec<&str> = Vec::new();
    for mount in container.items("volumeMounts").chain(container.items("volumeDevices")) {
        let Some((node, name)) = mount.get("name").and_then(|node| Some((node, node.text()?))) else { continue };
        used.push(name);
        if !known.contains(&name) && !is_placeholder(name) {
            let title = container.pod.title();
            sink.report_value(
                node,
                format!("{} mounts the volume `{name}`, which {title} does not have", container.title()),
            )
            .caption("no such volume")
            .help("correct the name, or add the volume");
        }
        let Some((node, path)) = mount.get("mountPath").and_then(|node| Some((node, node.text()?))) else { continue };
        if paths.contains(&path) && !is_placeholder(path) {
            sink.report_value(node, format!("{} mounts two volumes at `{path}`", container.title()))
                .caption("mounted twice")
                .help("choose another path for one of them");
        }
        paths.push(path);
    }
}
