//! `control-plane-apiserver-endpoints`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server with an unprotected port or open profiling.
    ///
    /// ## Why
    /// The insecure port asks for no credential; profiles show what the server is about. The demands are those of the
    /// CIS benchmark.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-apiserver
    ///     image: registry.k8s.io/kube-apiserver:v1.35.0
    ///     command:
    ///     - kube-apiserver
    ///     - --profiling=false
    ///     - --insecure-port=8080
    ///       ^^^^^^^^^^^^^^^^^^^^ container `kube-apiserver` has `--insecure-port` other than `0`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-apiserver, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-apiserver
    ///     image: registry.k8s.io/kube-apiserver:v1.35.0
    ///     command:
    ///     - kube-apiserver
    ///     - --profiling=false
    /// ```
    /// Only the component itself is looked at:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", command: [web, --x=1]}
    /// ```
    pub RULE {
        name: "control-plane-apiserver-endpoints",
        aliases: &[
            "trivy:KCV-0017", "trivy:KCV-0018", "checkov:CKV_K8S_86", "checkov:CKV_K8S_88",
            "checkov:CKV_K8S_89", "checkov:CKV_K8S_90", "checkov:CKV_K8S_95", "kubescape:C-0005",
            "kubescape:C-0128", "kubescape:C-0129", "kubescape:C-0134",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "secure-port", expect: Expect::IsNot("0") },
    Demand { flag: "insecure-bind-address", expect: Expect::Absent },
    Demand { flag: "insecure-port", expect: Expect::UnsetOr("0") },
    Demand { flag: "profiling", expect: Expect::Is("false") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
