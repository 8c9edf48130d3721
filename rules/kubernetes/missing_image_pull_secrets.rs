//! `missing-image-pull-secrets`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{ImageRef, PodSpec};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that names no pull secret for an image of a registry that is not public.
    ///
    /// ## Why
    /// The node cannot pull a private image without one, unless the service account or the node itself has it, which the
    /// manifest does not show.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Pod `web` names no pull secret for `registry.example.com`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   imagePullSecrets: [{name: registry}]
    ///   containers:
    ///   - {name: web, image: "registry.example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "nginx:1.27"}
    ///   - {name: log, image: "quay.io/team/log:1.4"}
    /// ```
    pub RULE {
        name: "missing-image-pull-secrets",
        aliases: &[
            "kyverno:require-imagepullsecrets",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("public", PUBLIC, "Registries that ask for no secret.")],
        checks: &[Check::PodSpec(check)],
    }
}

const PUBLIC: &[&str] = &[
    "docker.io",
    "gcr.io",
    "ghcr.io",
    "k8s.gcr.io",
    "mcr.microsoft.com",
    "public.ecr.aws",
    "quay.io",
    "registry.k8s.io",
    "docker.elastic.co",
    "cgr.dev",
    "registry.gitlab.com",
    "nvcr.io",
];

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if pod.node.get("imagePullSecrets").is_some_and(|secrets| !secrets.is_null() && !secrets.is_empty()) {
        return;
    }
    for container in pod.containers() {
        let Some(value) = container.image() else { continue };
        let registry = value.text().and_then(ImageRef::parse).and_then(|image| image.registry);
        let Some(registry) = registry.filter(|registry| !sink.list("public").contains(registry)) else { continue };
        let message = format!("{} names no pull secret for `{registry}`", pod.title());
        sink.report_value(value, message).caption("may be private").help("name a secret in `imagePullSecrets`");
    }
}
