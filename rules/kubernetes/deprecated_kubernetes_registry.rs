//! `deprecated-kubernetes-registry`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};
use crate::source::Span;

crate::rule! {
    /// Flags an image of the frozen registry `k8s.gcr.io`.
    ///
    /// ## Why
    /// Since April 2023 nothing new is published there, and what is there may go. The same images are in `registry.k8s.io`.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: k8s.gcr.io/pause:3.9
    ///            ^^^^^^^^^^^^^^^^^^^^ container `web` runs an image of the frozen registry `k8s.gcr.io`
    /// ```
    /// ```yaml fixed
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.k8s.io/pause:3.9
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "registry.k8s.io/pause:3.9"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/k8s.gcr.io/pause:3.9"}
    /// ```
    pub RULE {
        name: "deprecated-kubernetes-registry",
        aliases: &[
            "kubescape:C-0253",
            "kyverno:restrict-deprecated-registry",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Image, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Container(check)],
    }
}

const FROZEN: &str = "k8s.gcr.io";

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.image() else { return };
    if value.text().and_then(ImageRef::parse).and_then(|image| image.registry) != Some(FROZEN) {
        return;
    }
    let message = format!("{} runs an image of the frozen registry `k8s.gcr.io`", container.title());
    let finding = sink.report_value(value, message);
    finding.caption("a frozen registry").help("take the image from `registry.k8s.io`");
    let at = value.raw().find(FROZEN).filter(|_| value.anchored().is_none());
    if let Some(at) = at {
        let start = value.span().start as usize + at;
        let edit = (Span::new(start, start + FROZEN.len()), "registry.k8s.io".to_owned());
        finding.fix(Safety::Safe, "Take the image from `registry.k8s.io`", vec![edit]);
    }
}
