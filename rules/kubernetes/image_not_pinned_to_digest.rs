//! `image-not-pinned-to-digest`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image that no digest pins.
    ///
    /// ## Why
    /// A tag can be moved to another image, by its owner or by whoever takes over the owner's account. A digest is the image.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///            ^^^^^^^^^^^^^^^^^^^ container `web` runs `example.com/web` without a digest
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4@sha256:ec6f0e7c2b3f1a9d8e5c4b7a6f9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b3a2f1e
    /// ```
    /// ```yaml good option.allow=["example.com/team"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/team/web:1.4"}
    /// ```
    pub RULE {
        name: "image-not-pinned-to-digest",
        aliases: &[
            "checkov:CKV_K8S_43",
            "kubescape:C-0306",
            "kyverno:require-image-checksum",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Repositories, with all below them, whose images need no digest.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.image() else { return };
    let Some(image) = value.text().and_then(ImageRef::parse).filter(|image| image.digest.is_none()) else { return };
    let name = image.name();
    let allowed =
        |prefix: &&str| name.strip_prefix(*prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if !sink.list("allow").iter().any(allowed) && !sink.is_image_replaced(name) {
        sink.report_value(value, format!("{} runs `{name}` without a digest", container.title()))
            .caption("no digest")
            .help("add `@sha256:` and the digest that the registry shows for the tag");
    }
}
