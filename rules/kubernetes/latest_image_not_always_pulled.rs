//! `latest-image-not-always-pulled`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a moving image that is not pulled each time: no tag or `latest`, and another `imagePullPolicy` than `Always`.
    ///
    /// ## Why
    /// Each node runs the version it happened to pull first, so that two pods of one Deployment may differ for good.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:latest
    ///     imagePullPolicy: IfNotPresent
    ///                      ^^^^^^^^^^^^ container `web` runs a moving image, but pulls it only where a node has none
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: example.com/web, imagePullPolicy: Always}
    ///   - {name: log, image: "example.com/log:latest"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", imagePullPolicy: IfNotPresent}
    /// ```
    pub RULE {
        name: "latest-image-not-always-pulled",
        aliases: &[
            "kubescape:C-0075",
            "kyverno:imagepullpolicy-always",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(image) = container.image().and_then(Node::text).and_then(ImageRef::parse) else { return };
    let moving = image.digest.is_none() && matches!(image.tag, None | Some("latest"));
    let policy = container.node.get("imagePullPolicy");
    let kept = policy.filter(|policy| matches!(policy.text(), Some("IfNotPresent" | "Never")));
    if let Some(policy) = kept.filter(|_| moving && !sink.is_image_replaced(image.name())) {
        let message = format!("{} runs a moving image, but pulls it only where a node has none", container.title());
        sink.report_value(policy, message).caption("keeps what is there").help("name a version, or set `Always`");
    }
}
