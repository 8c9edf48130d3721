//! `image-pull-policy-not-always`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container whose image is not pulled each time it starts.
    ///
    /// ## Why
    /// A node that has an image of that name runs it, even where the tag has moved since, and for pods that may not pull it
    /// themselves. A digest cannot move: with one this rule is silent.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` runs what the node has of its image: `imagePullPolicy` is not `Always`
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     imagePullPolicy: IfNotPresent
    ///                      ^^^^^^^^^^^^ container `log` runs what the node has of its image
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", imagePullPolicy: Always}
    /// ```
    /// Without a tag the image is pulled each time anyway:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: example.com/web}
    ///   - {name: log, image: "example.com/log@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e"}
    /// ```
    pub RULE {
        name: "image-pull-policy-not-always",
        aliases: &[
            "kube-score:container-image-pull-policy",
            "checkov:CKV_K8S_15",
            "polaris:pullPolicyNotAlways",
            "kyverno:always-pull-images",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(image) = container.image().and_then(Node::text).and_then(ImageRef::parse) else { return };
    let policy = container.node.get("imagePullPolicy").filter(|policy| !policy.is_null());
    let message =
        format!("{} runs what the node has of its image: `imagePullPolicy` is not `Always`", container.title());
    let finding = match policy {
        _ if image.digest.is_some() => return,
        Some(policy) if matches!(policy.text(), Some("IfNotPresent" | "Never")) => sink.report_value(policy, message),
        None if !matches!(image.tag, None | Some("latest")) => sink.report(container.span(), message),
        _ => return,
    };
    finding.caption("not pulled each time").help("set `imagePullPolicy: Always`, or pin a digest");
}
