//! `control-plane-apiserver-authorization`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server that allows everything, or does without RBAC or the node authorizer.
    ///
    /// ## Why
    /// `AlwaysAllow` makes everyone administrator; without `Node` each kubelet may read every Secret.
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
    ///     - --authorization-mode=RBAC
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^ container `kube-apiserver` lacks `Node` in `--authorization-mode`
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
    ///     - --authorization-mode=Node,RBAC
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
        name: "control-plane-apiserver-authorization",
        aliases: &[
            "trivy:KCV-0007", "trivy:KCV-0008", "trivy:KCV-0009", "checkov:CKV_K8S_74",
            "checkov:CKV_K8S_75", "checkov:CKV_K8S_77", "kubescape:C-0118", "kubescape:C-0119",
            "kubescape:C-0120", "kubescape:C-0088",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "authorization-mode", expect: Expect::Lacks("AlwaysAllow") },
    Demand { flag: "authorization-mode", expect: Expect::Holds("Node") },
    Demand { flag: "authorization-mode", expect: Expect::Holds("RBAC") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
