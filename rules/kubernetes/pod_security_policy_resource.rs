//! `pod-security-policy-resource`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a PodSecurityPolicy, which clusters ignore since Kubernetes 1.25.
    ///
    /// ## Why
    /// The kind is gone, and with it whatever the policy held back. Pod Security admission, by labels on the namespace,
    /// or a policy engine took its place. `removed-api` reports the same object as refused by the cluster.
    ///
    /// ```yaml bad
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    ///       ^^^^^^^^^^^^^^^^^ PodSecurityPolicy `restricted` protects nothing: the kind is gone since Kubernetes 1.25
    /// metadata: {name: restricted}
    /// spec: {privileged: false}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: shop
    ///   labels: {pod-security.kubernetes.io/enforce: restricted}
    /// ```
    /// ```yaml good version=1.24
    /// apiVersion: policy/v1beta1
    /// kind: PodSecurityPolicy
    /// metadata: {name: restricted}
    /// ```
    pub RULE {
        name: "pod-security-policy-resource",
        aliases: &[
            "checkov:CKV_K8S_1", "checkov:CKV_K8S_2", "checkov:CKV_K8S_3", "checkov:CKV_K8S_4", "checkov:CKV_K8S_5",
            "checkov:CKV_K8S_6", "checkov:CKV_K8S_7", "checkov:CKV_K8S_24", "checkov:CKV_K8S_32", "checkov:CKV_K8S_36",
            "kubescape:C-0068", "kubescape:C-0213", "kubescape:C-0214", "kubescape:C-0215", "kubescape:C-0216",
            "kubescape:C-0217", "kubescape:C-0218", "kubescape:C-0219", "kubescape:C-0220",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::DeprecatedApi, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["PodSecurityPolicy"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if ["policy", "extensions"].contains(&object.group()) && sink.version() >= crate::kubernetes::Version::minor(25) {
        let message = format!("{} protects nothing: the kind is gone since Kubernetes 1.25", object.title());
        sink.report(object.kind_span(), message)
            .caption("gone since 1.25")
            .help("label the namespaces for Pod Security admission, or use a policy engine");
    }
}
