//! `nginx-ingress-snippets`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags configuration of nginx that is written into an Ingress.
    ///
    /// ## Why
    /// A snippet runs in the controller, which serves every tenant and may read every Secret: who may write the Ingress
    /// may read those (CVE-2021-25742). The controller takes snippets only where `allow-snippet-annotations` is set.
    ///
    /// ```yaml bad
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations:
    ///     nginx.ingress.kubernetes.io/server-snippet: |
    ///     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ Ingress `web` writes into the configuration of nginx
    ///       return 200;
    /// spec:
    ///   rules: []
    /// ---
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: ingress-nginx-controller}
    /// data:
    ///   allow-snippet-annotations: "true"
    ///                              ^^^^^^ ConfigMap `ingress-nginx-controller` lets every Ingress write into the configuration of nginx
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata:
    ///   name: web
    ///   annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}
    /// spec:
    ///   rules: []
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: ingress-nginx-controller}
    /// data: {allow-snippet-annotations: "false"}
    /// ```
    pub RULE {
        name: "nginx-ingress-snippets",
        aliases: &[
            "checkov:CKV_K8S_152", "checkov:CKV_K8S_153", "checkov:CKV_K8S_154", "kubescape:C-0059",
            "kyverno:disallow-ingress-nginx-custom-snippets", "kyverno:restrict-annotations",
            "kyverno:check-ingress-nginx-controller-version-and-annotation-policy",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Object(&["Ingress", "ConfigMap"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if object.kind == "ConfigMap" {
        let value = object.node.get("data").and_then(|data| data.get("allow-snippet-annotations"));
        if let Some(value) = value.filter(|value| value.text() == Some("true")) {
            let message = format!("{} lets every Ingress write into the configuration of nginx", object.title());
            sink.report_value(value, message).caption("snippets are allowed").help("set it to `\"false\"`").aliases(&[
                "checkov:CKV_K8S_152",
                "kubescape:C-0059",
                "kyverno:check-ingress-nginx-controller-version-and-annotation-policy",
            ]);
        }
        return;
    }
    for entry in object.metadata("annotations").into_iter().flat_map(Node::entries) {
        let key = entry.key_text().unwrap_or_default();
        if key.contains("nginx") && key.ends_with("-snippet") {
            sink.report(entry.key_span(), format!("{} writes into the configuration of nginx", object.title()))
                .caption("runs in the controller")
                .help("use an annotation made for the purpose, or the configuration of the controller");
        }
    }
}
