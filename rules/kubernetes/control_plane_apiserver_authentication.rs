//! `control-plane-apiserver-authentication`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server that accepts callers it does not know, or tokens that never end.
    ///
    /// ## Why
    /// Static token files and anonymous calls cannot be withdrawn or told apart. The demands are those of the CIS
    /// benchmark.
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
    ///     - --anonymous-auth=true
    ///       ^^^^^^^^^^^^^^^^^^^^^ container `kube-apiserver` does not have `--anonymous-auth=false`
    ///     - --service-account-key-file=/k
    ///     - --client-ca-file=/c
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
    ///     - --anonymous-auth=false
    ///     - --service-account-key-file=/k
    ///     - --client-ca-file=/c
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
        name: "control-plane-apiserver-authentication",
        aliases: &[
            "trivy:KCV-0001", "trivy:KCV-0002", "trivy:KCV-0024", "trivy:KCV-0025", "trivy:KCV-0028",
            "checkov:CKV_K8S_68", "checkov:CKV_K8S_69", "checkov:CKV_K8S_70", "checkov:CKV_K8S_96",
            "checkov:CKV_K8S_97", "kubescape:C-0113", "kubescape:C-0114", "kubescape:C-0135",
            "kubescape:C-0136", "kubescape:C-0139", "kubescape:C-0290",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "anonymous-auth", expect: Expect::Is("false") },
    Demand { flag: "token-auth-file", expect: Expect::Absent },
    Demand { flag: "basic-auth-file", expect: Expect::Absent },
    Demand { flag: "service-account-lookup", expect: Expect::IsNot("false") },
    Demand { flag: "service-account-key-file", expect: Expect::Present },
    Demand { flag: "client-ca-file", expect: Expect::Present },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
