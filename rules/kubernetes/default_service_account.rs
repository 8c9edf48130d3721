//! `default-service-account`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod that runs as the service account `default` and mounts its token.
    ///
    /// ## Why
    /// Every pod without an account of its own shares this one. Rights that one of them is given, all of them have.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` runs as the service account `default`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api}
    /// spec:
    ///   serviceAccountName: default
    ///                       ^^^^^^^ Pod `api` runs as the service account `default`
    ///   containers:
    ///   - {name: api, image: "example.com/api:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   automountServiceAccountToken: false
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "default-service-account",
        aliases: &[
            "kube-linter:default-service-account",
            "kubescape:C-0189",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let unmounted = pod.node.get("automountServiceAccountToken").and_then(Node::as_bool) == Some(false);
    if unmounted || pod.shape != Shape::Pod {
        return;
    }
    let given = |key| pod.node.get(key).filter(|name| name.text().is_some_and(|text| !text.is_empty()));
    let message = format!("{} runs as the service account `default` and mounts its token", pod.title());
    let finding = match given("serviceAccountName").or_else(|| given("serviceAccount")) {
        None => sink.report(pod.span(), message),
        Some(name) if name.text() == Some("default") => sink.report_value(name, message),
        Some(_) => return,
    };
    finding.caption("the account `default`");
    finding.help("name an account of its own, or set `automountServiceAccountToken: false`");
}
