//! `missing-service-account`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a pod whose service account does not exist.
    ///
    /// ## Why
    /// The pod is not created: its service account is looked up first. Only the workload's events tell.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: web
    ///                       ^^^ Pod `web` runs as ServiceAccount `web`, which is nowhere in the repository
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web, namespace: shop}
    /// spec:
    ///   serviceAccountName: web
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ---
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: web}
    /// ```
    /// Every namespace has one of the name `default`:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   serviceAccountName: default
    ///   containers: [{name: web, image: "example.com/web:1.4"}]
    /// ```
    pub RULE {
        name: "missing-service-account",
        aliases: &["kube-linter:non-existent-service-account", "kubescape:C-0307"],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        for (name, span) in &object.relations.service_accounts {
            if file.facts.incomplete
                || name == "default"
                || workspace.may_have(object.namespace.as_deref(), "ServiceAccount", name)
            {
                continue;
            }
            let message =
                format!("{} runs as ServiceAccount `{name}`, which is nowhere in the repository", object.title());
            sink.report_in(file.id, *span, message)
                .caption("no such ServiceAccount")
                .help("correct the name or the namespace, or add the ServiceAccount");
        }
    }
}
