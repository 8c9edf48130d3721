//! `deprecated-service-account-field`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags `serviceAccount`, the old name of `serviceAccountName`.
    ///
    /// ## Why
    /// The field is deprecated since the first versions of Kubernetes. Where both are written and differ,
    /// `serviceAccountName` holds, and the reader is misled. Equal values are what the API itself writes back.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: web
    ///   ^^^^^^^^^^^^^^ Pod `web` names its service account in the deprecated field `serviceAccount`
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml fixed
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: old
    ///   ^^^^^^^^^^^^^^ Pod `web` runs under the service account `web`, not under `old`
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: web
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccount: ""
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    pub RULE {
        name: "deprecated-service-account-field",
        aliases: &["kube-linter:deprecated-service-account-field", "kubescape:C-0294"],
        severity: Severity::Low, tier: Tier::Default, family: Family::DeprecatedApi, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let Some(entry) = pod.node.entry("serviceAccount").filter(|_| pod.known) else { return };
    let Some(old) = entry.value.text().filter(|name| !name.is_empty()) else { return };
    let new = pod.node.get("serviceAccountName").and_then(Node::text).filter(|name| !name.is_empty());
    match new {
        Some(new) if new == old => {}
        Some(new) => {
            let message = format!("{} runs under the service account `{new}`, not under `{old}`", pod.title());
            sink.report(entry.key_span(), message)
                .caption("has no effect beside `serviceAccountName`")
                .help("remove `serviceAccount`");
        }
        None => {
            let message = format!("{} names its service account in the deprecated field `serviceAccount`", pod.title());
            let finding = sink.report(entry.key_span(), message);
            finding.caption("deprecated").help("write `serviceAccountName`");
            if entry.key.anchored().is_none() && pod.node.get("serviceAccountName").is_none() {
                let edit = vec![(entry.key_span(), "serviceAccountName".to_owned())];
                finding.fix(Safety::Safe, "Rename to `serviceAccountName`", edit);
            }
        }
    }
}
