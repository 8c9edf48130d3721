//! `untrusted-registry`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image from a registry that is not among the configured ones.
    ///
    /// ## Why
    /// Who controls the registry controls what runs. Which registries are trusted is for the team to say, so that this rule
    /// does nothing until it is given a list.
    ///
    /// ```yaml bad option.allow=["registry.example.com","docker.io/library"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: docker.io/someone/web:1.4
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^ container `web` runs an image of `docker.io/someone/web`
    ///   - {name: db, image: "postgres:17.2"}
    /// ```
    /// ```yaml bad option.deny=["docker.io"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: db
    ///     image: postgres:17.2
    ///            ^^^^^^^^^^^^^ container `db` runs an image of `docker.io/library/postgres`
    /// ```
    /// ```yaml good option.allow=["registry.example.com"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "registry.example.com/team/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "docker.io/someone/web:1.4"}
    /// ```
    pub RULE {
        name: "untrusted-registry",
        aliases: &[
            "trivy:KSV-0125",
            "trivy:KSV-0032",
            "trivy:KSV-0033",
            "trivy:KSV-0034",
            "trivy:KSV-0035",
            "kubescape:C-0001",
            "kubescape:C-0078",
            "kyverno:restrict-image-registries",
            "kyverno:allowed-image-repos",
            "kyverno:advanced-restrict-image-registries",
        ],
        severity: Severity::High, tier: Tier::OptIn, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &[], "Registries and repositories that are trusted, with all below them; empty trusts all."), OptionSpec::list("deny", &[], "Registries and repositories that are not trusted.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.image() else { return };
    let Some(image) = value.text().and_then(ImageRef::parse) else { return };
    let name = image.canonical_name();
    let below = |prefix: &&str| {
        name.strip_prefix(prefix.trim_end_matches('/')).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let (allow, deny) = (sink.list("allow"), sink.list("deny"));
    let refused = deny.iter().any(below) || !allow.is_empty() && !allow.iter().any(below);
    if refused && !sink.is_image_replaced(image.name()) {
        sink.report_value(
            value,
            format!("{} runs an image of `{name}`, which is not a trusted place", container.title()),
        )
        .caption("not a trusted place")
        .help("use an image of one of the trusted registries");
    }
}
