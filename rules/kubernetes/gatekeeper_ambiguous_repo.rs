//! `gatekeeper-ambiguous-repo`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{Object, is_placeholder};
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::{Node, Style};

crate::rule! {
    /// Flags an entry of a `K8sAllowedRepos` constraint that admits look-alike registries.
    ///
    /// ## Why
    /// The policy compares the start of the image's name: `ghcr.io/acme` admits `ghcr.io/acme-evil/miner`, and
    /// `quay.io` admits `quay.io.example.net/miner`. End the entry with `/`.
    ///
    /// ```yaml bad
    /// apiVersion: constraints.gatekeeper.sh/v1beta1
    /// kind: K8sAllowedRepos
    /// metadata: {name: repos}
    /// spec:
    ///   parameters:
    ///     repos:
    ///     - quay.io
    ///       ^^^^^^^ K8sAllowedRepos `repos` admits every registry whose name begins with `quay.io`
    /// ```
    /// ```yaml fixed
    /// apiVersion: constraints.gatekeeper.sh/v1beta1
    /// kind: K8sAllowedRepos
    /// metadata: {name: repos}
    /// spec:
    ///   parameters:
    ///     repos:
    ///     - quay.io/
    /// ```
    /// ```yaml good
    /// apiVersion: constraints.gatekeeper.sh/v1beta1
    /// kind: K8sAllowedRepos
    /// metadata: {name: repos}
    /// spec: {parameters: {repos: ["quay.io/", "docker.io/library/", "registry.example.com:5000/shop"]}}
    /// ```
    /// A whole image is named:
    /// ```yaml good
    /// apiVersion: constraints.gatekeeper.sh/v1beta1
    /// kind: K8sAllowedRepos
    /// metadata: {name: repos}
    /// spec: {parameters: {repos: ["nginx:1.27", "ghcr.io/acme/web@sha256"]}}
    /// ```
    pub RULE {
        name: "gatekeeper-ambiguous-repo",
        aliases: &["trivy:KSV-0124"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Object(&["K8sAllowedRepos"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let parameters = object.node.get("spec").and_then(|spec| spec.get("parameters"));
    let repos = parameters.and_then(|parameters| parameters.get("repos"));
    for item in repos.into_iter().flat_map(Node::items) {
        let Some(text) = item.text().filter(|text| !text.is_empty() && !is_placeholder(text)) else { continue };
        let docker_hub = text.strip_prefix("docker.io/").is_some_and(|rest| !rest.contains('/') && !rest.contains(':'));
        if text.contains(['/', ':']) && !docker_hub {
            continue;
        }
        let message = format!("{} admits every registry whose name begins with `{text}`", object.title());
        let finding = sink.report_value(item, message);
        finding.caption("an open prefix").help(format!("write `{text}/`"));
        if item.anchored().is_none() && item.style() == Style::Plain {
            let end = Span::empty(item.span().end as usize);
            finding.fix(Safety::Unsafe, "End the prefix with `/`", vec![(end, "/".to_owned())]);
        }
    }
}
