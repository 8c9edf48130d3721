//! `vulnerable-known-component`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a version of a widely used component of clusters that is known to be open to attack, or retired.
    ///
    /// ## Why
    /// Argo CD before 2.1.9 and 2.2.4 reads files out of bounds (CVE-2022-24348), Kyverno 1.8.3 and 1.8.4 can be shown another
    /// image than runs (CVE-2022-47633), Grafana 9.2 before 9.2.4 mixes up users (CVE-2022-39328), and the ingress-nginx
    /// controller is retired since March 2026.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: argocd-server
    ///     image: quay.io/argoproj/argocd:v2.2.3
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `argocd-server` runs Argo CD 2.2.3
    ///   - name: controller
    ///     image: registry.k8s.io/ingress-nginx/controller:v1.11.1
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `controller` runs the ingress-nginx controller
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: argocd-server, image: "quay.io/argoproj/argocd:v2.2.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: controller, image: "example.com/controller:v1.11.1"}
    ///   - {name: grafana, image: "grafana/grafana:9.2.4"}
    /// ```
    pub RULE {
        name: "vulnerable-known-component",
        aliases: &[
            "kubescape:C-0081",
            "kubescape:C-0090",
            "kubescape:C-0091",
            "kubescape:C-0292",
            "kubescape:C-0059",
            "kyverno:check-ingress-nginx-controller-version-and-annotation-policy",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

/// A version that a tag names.
type Tag = (u32, u32, u32);

/// Name, a part of the repository, the versions at fault, why, and the ids for it.
type Component = (&'static str, &'static str, fn(Tag) -> bool, &'static str, &'static [&'static str]);

const COMPONENTS: [Component; 3] = [
    ("Argo CD", "argoproj/argocd", is_open_argocd, "CVE-2022-24348", &["kubescape:C-0081"]),
    ("Grafana", "grafana/grafana", is_open_grafana, "CVE-2022-39328", &["kubescape:C-0090"]),
    ("Kyverno", "kyverno/kyverno", is_open_kyverno, "CVE-2022-47633", &["kubescape:C-0091"]),
];

fn is_open_argocd(tag: Tag) -> bool {
    tag < (2, 1, 9) || ((2, 2, 0)..(2, 2, 4)).contains(&tag)
}

fn is_open_grafana(tag: Tag) -> bool {
    ((9, 2, 0)..(9, 2, 4)).contains(&tag)
}

fn is_open_kyverno(tag: Tag) -> bool {
    tag == (1, 8, 3) || tag == (1, 8, 4)
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.image() else { return };
    let Some(image) = value.text().and_then(ImageRef::parse) else { return };
    let title = container.title();
    if image.repository.ends_with("ingress-nginx/controller") {
        sink.report_value(
            value,
            format!("{title} runs the ingress-nginx controller, which is retired since March 2026"),
        )
        .caption("retired")
        .aliases(&[
            "kubescape:C-0292",
            "kubescape:C-0059",
            "kyverno:check-ingress-nginx-controller-version-and-annotation-policy",
        ])
        .help("move to a controller that is maintained");
        return;
    }
    let Some(version) = image.tag.and_then(version) else { return };
    for (name, repository, is_open, why, aliases) in COMPONENTS {
        if image.repository.ends_with(repository) && is_open(version) {
            let (major, minor, patch) = version;
            let message = format!("{title} runs {name} {major}.{minor}.{patch}, which is open to {why}");
            sink.report_value(value, message).caption(why).aliases(aliases).help("use a later version");
        }
    }
}

fn version(tag: &str) -> Option<Tag> {
    let mut parts = tag.strip_prefix('v').unwrap_or(tag).split(['.', '-', '+']).map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?))
}
