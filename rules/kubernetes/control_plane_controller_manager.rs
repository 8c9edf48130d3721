//! `control-plane-controller-manager`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a controller manager that is set up against the CIS benchmark.
    ///
    /// ## Why
    /// Its interface shows profiles, and its controllers share one account, unless told otherwise.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-controller-manager, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-controller-manager
    ///     image: registry.k8s.io/kube-controller-manager:v1.35.0
    ///     command:
    ///     - kube-controller-manager
    ///     - --terminated-pod-gc-threshold=1000
    ///     - --profiling=false
    ///     - --use-service-account-credentials=true
    ///     - --service-account-private-key-file=/k
    ///     - --root-ca-file=/c
    ///     - --bind-address=0.0.0.0
    ///       ^^^^^^^^^^^^^^^^^^^^^^ container `kube-controller-manager` does not have `--bind-address=127.0.0.1`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-controller-manager, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-controller-manager
    ///     image: registry.k8s.io/kube-controller-manager:v1.35.0
    ///     command:
    ///     - kube-controller-manager
    ///     - --terminated-pod-gc-threshold=1000
    ///     - --profiling=false
    ///     - --use-service-account-credentials=true
    ///     - --service-account-private-key-file=/k
    ///     - --root-ca-file=/c
    ///     - --bind-address=127.0.0.1
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
        name: "control-plane-controller-manager",
        aliases: &[
            "trivy:KCV-0033", "trivy:KCV-0034", "trivy:KCV-0035", "trivy:KCV-0036", "trivy:KCV-0037",
            "trivy:KCV-0038", "trivy:KCV-0039", "checkov:CKV_K8S_106", "checkov:CKV_K8S_107",
            "checkov:CKV_K8S_108", "checkov:CKV_K8S_110", "checkov:CKV_K8S_111", "checkov:CKV_K8S_112",
            "checkov:CKV_K8S_113", "kubescape:C-0144", "kubescape:C-0145", "kubescape:C-0146",
            "kubescape:C-0147", "kubescape:C-0148", "kubescape:C-0149", "kubescape:C-0150",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "terminated-pod-gc-threshold", expect: Expect::Present },
    Demand { flag: "profiling", expect: Expect::Is("false") },
    Demand { flag: "use-service-account-credentials", expect: Expect::Is("true") },
    Demand { flag: "service-account-private-key-file", expect: Expect::Present },
    Demand { flag: "root-ca-file", expect: Expect::Present },
    Demand { flag: "bind-address", expect: Expect::Is("127.0.0.1") },
    Demand { flag: "feature-gates", expect: Expect::Lacks("RotateKubeletServerCertificate=false") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-controller-manager", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
