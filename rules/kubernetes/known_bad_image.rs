//! `known-bad-image`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Container, ImageRef};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an image that is retired or known for giving its cluster away: Tiller, the Kubernetes dashboard, `git-sync` with a git of its own.
    ///
    /// ## Why
    /// Tiller acted for whoever reached it and is gone since Helm 3. The dashboard has been the way into clusters that left it
    /// open. `git-sync` runs whatever `GITSYNC_GIT` names.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: tiller
    ///     image: gcr.io/kubernetes-helm/tiller:v2.16.1
    ///            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `tiller` runs Tiller
    ///   - name: sync
    ///     image: registry.k8s.io/git-sync/git-sync:v4.4.0
    ///     env:
    ///     - {name: GITSYNC_GIT, value: /tmp/git}
    ///              ^^^^^^^^^^^ container `sync` lets `GITSYNC_GIT` name the program to run
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: sync, image: "registry.k8s.io/git-sync/git-sync:v4.4.0", env: [{name: GITSYNC_REPO, value: "https://example.com/r"}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/distiller:1.4"}
    /// ```
    pub RULE {
        name: "known-bad-image",
        aliases: &[
            "trivy:KSV-0102",
            "checkov:CKV_K8S_34",
            "checkov:CKV_K8S_33",
            "checkov:CKV_K8S_44",
            "checkov:CKV_K8S_45",
            "checkov:CKV_K8S_159",
            "kubescape:C-0014",
            "kyverno:disallow-helm-tiller",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Image, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let Some(value) = container.image() else { return };
    let Some(image) = value.text().and_then(ImageRef::parse) else { return };
    let title = container.title();
    match image.short_name() {
        "tiller" => {
            sink.report_value(value, format!("{title} runs Tiller, which acts for whoever reaches it"))
                .caption("Tiller")
                .aliases(&[
                    "trivy:KSV-0102",
                    "checkov:CKV_K8S_34",
                    "checkov:CKV_K8S_44",
                    "checkov:CKV_K8S_45",
                    "kyverno:disallow-helm-tiller",
                ])
                .help("use Helm 3 or later, which needs no server");
        }
        "kubernetes-dashboard-amd64" | "kubernetes-dashboard" | "dashboard"
            if image.repository.contains("kubernetes") =>
        {
            sink.report_value(value, format!("{title} runs the Kubernetes dashboard"))
                .caption("the dashboard")
                .aliases(&["checkov:CKV_K8S_33", "kubescape:C-0014"])
                .help("keep it out of reach from outside, and give it few rights");
        }
        "git-sync" => {
            let names = container.items("env").filter_map(|item| item.get("name"));
            if let Some(name) = names.into_iter().find(|name| name.text() == Some("GITSYNC_GIT")) {
                sink.report_value(name, format!("{title} lets `GITSYNC_GIT` name the program to run"))
                    .caption("names a program")
                    .aliases(&["checkov:CKV_K8S_159"])
                    .help("remove the variable");
            }
        }
        _ => {}
    }
}
