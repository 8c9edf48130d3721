//! `service-account-token-automounted`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{PodSpec, Shape};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod that mounts the token of its service account without having said so.
    ///
    /// ## Why
    /// Whoever gets into the container speaks to the API with that token. Most programs never use it: say
    /// `automountServiceAccountToken: false` in the pod or in its account.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    /// ^^^^ Pod `web` mounts the token of its service account
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: api}
    /// spec:
    ///   automountServiceAccountToken: true
    ///                                 ^^^^ Pod `api` mounts the token of its service account
    ///   containers:
    ///   - {name: api, image: "example.com/api:1.4"}
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
    /// The account in the same file may say it:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// automountServiceAccountToken: false
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "service-account-token-automounted",
        aliases: &[
            "trivy:KSV-0036",
            "checkov:CKV_K8S_38",
            "checkov:CKV_K8S_41",
            "polaris:automountServiceAccountToken",
            "kubescape:C-0034",
            "kubescape:C-0053",
            "kubescape:C-0189",
            "kubescape:C-0190",
            "kubescape:C-0261",
            "kyverno:restrict-automount-sa-token",
            "kyverno:restrict-sa-automount-sa-token",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if pod.shape != Shape::Pod {
        return;
    }
    let message = format!("{} mounts the token of its service account", pod.title());
    let value = pod.node.get("automountServiceAccountToken").filter(|value| !value.is_null());
    let finding = match value {
        Some(value) if value.as_bool() == Some(true) => sink.report_value(value, message),
        None if !account_forbids(pod, sink) => sink.report(pod.span(), message),
        _ => return,
    };
    finding
        .caption("the token is mounted")
        .help("set `automountServiceAccountToken: false`, if the program does not call the API");
}

/// Whether the pod's account stands in the same file and says that its token is not mounted.
fn account_forbids(pod: PodSpec<'_>, sink: &Sink<'_>) -> bool {
    let name = pod.node.get("serviceAccountName").and_then(Node::text).unwrap_or("default");
    sink.objects.iter().any(|object| {
        let forbids = object.node.get("automountServiceAccountToken").and_then(Node::as_bool) == Some(false);
        let same_namespace = object.namespace().is_none() || object.namespace() == pod.object.namespace();
        object.kind == "ServiceAccount" && object.name_text() == name && same_namespace && forbids
    })
}
