//! `latest-image`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, ImageRef, PodSpec};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an image without a tag, or with the tag `latest`, that no digest pins.
    ///
    /// ## Why
    /// Which version runs depends on the day a node pulled it: two pods of one Deployment may differ, and a rollback
    /// does not bring the old version back. Name a version, or pin a digest.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       initContainers:
    ///       - {name: wait, image: "busybox:latest"}
    ///                             ^^^^^^^^^^^^^^^^ init container `wait` runs `busybox` with the tag `latest`
    ///       containers:
    ///       - name: web
    ///         image: registry.example.com:5000/team/web
    ///                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `web` runs `registry.example.com:5000/team/web` without a tag
    /// ```
    /// Steps of a Tekton task and volumes of images count too:
    /// ```yaml bad
    /// apiVersion: tekton.dev/v1
    /// kind: Task
    /// metadata: {name: build}
    /// spec:
    ///   steps:
    ///   - name: compile
    ///     image: golang
    ///            ^^^^^^ container `compile` runs `golang` without a tag
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   volumes:
    ///   - name: model
    ///     image: {reference: "example.com/model:latest"}
    ///                        ^^^^^^^^^^^^^^^^^^^^^^^^^^ volume `model` holds `example.com/model` with the tag `latest`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "registry.example.com:5000/team/web:1.4.2"}
    /// ```
    /// A digest decides, whatever the tag says, and a reference that something fills in later is unknown:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: List
    /// items:
    /// - apiVersion: v1
    ///   kind: Pod
    ///   metadata: {name: web}
    ///   spec:
    ///     containers:
    ///     - name: web
    ///       image: nginx:latest@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e
    ///     - name: log
    ///       image: ${LOG_IMAGE}
    /// ```
    /// By default a name that a kustomization's `images` or Skaffold replaces is silent:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: app}
    /// ```
    /// ```yaml with=kustomization.yaml
    /// resources: [manifest.yaml]
    /// images:
    /// - {name: app, newName: example.com/app, newTag: "1.4"}
    /// ```
    pub RULE {
        name: "latest-image",
        aliases: &[
            "kube-linter:latest-tag", "trivy:KSV-0013", "checkov:CKV_K8S_14", "kube-score:container-image-tag",
            "polaris:tagNotSpecified", "kyverno:disallow-latest-tag",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Images that may float, by name without tag.")],
        checks: &[Check::Container(container), Check::PodSpec(volumes)],
    }
}

fn container(container: Container<'_>, sink: &mut Sink<'_>) {
    if let Some(image) = container.image() {
        check(image, &format!("{} runs", container.title()), sink);
    }
}

fn volumes(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let Some(reference) = volume.get("image").and_then(|image| image.get("reference")) else { continue };
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        check(reference, &format!("volume `{name}` holds"), sink);
    }
}

fn check(value: Node<'_>, subject: &str, sink: &mut Sink<'_>) {
    let Some(image) = value.text().and_then(ImageRef::parse) else { return };
    let (fault, caption) = match (image.digest, image.tag) {
        (None, None) => ("without a tag", "no tag"),
        (None, Some("latest")) => ("with the tag `latest`", "tag `latest`"),
        _ => return,
    };
    if sink.list("allow").iter().any(|allowed| *allowed == image.name() || *allowed == image.canonical_name()) {
        return;
    }
    let replaced = sink.is_image_replaced(image.name());
    let message = format!("{subject} `{}` {fault}: which version that is depends on the day", image.name());
    let finding = sink.report_value(value, message);
    finding.caption(caption).help("name a version, or pin a digest");
    if replaced {
        finding.pedantic();
    }
}
