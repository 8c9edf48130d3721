//! `control-plane-apiserver-audit`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server that keeps no audit log, or not for long.
    ///
    /// ## Why
    /// Without the log nobody can tell afterwards who did what. The demands are those of the CIS benchmark.
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
    ///     - --audit-log-path=/var/log/audit.log
    ///     - --audit-policy-file=/etc/audit.yaml
    ///     - --audit-log-maxage=7
    ///       ^^^^^^^^^^^^^^^^^^^^ container `kube-apiserver` has `--audit-log-maxage` below 30
    ///     - --audit-log-maxbackup=10
    ///     - --audit-log-maxsize=100
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
    ///     - --audit-log-path=/var/log/audit.log
    ///     - --audit-policy-file=/etc/audit.yaml
    ///     - --audit-log-maxage=30
    ///     - --audit-log-maxbackup=10
    ///     - --audit-log-maxsize=100
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
        name: "control-plane-apiserver-audit",
        aliases: &[
            "trivy:KCV-0019", "trivy:KCV-0020", "trivy:KCV-0021", "trivy:KCV-0022", "checkov:CKV_K8S_91",
            "checkov:CKV_K8S_92", "checkov:CKV_K8S_93", "checkov:CKV_K8S_94", "kubescape:C-0130",
            "kubescape:C-0131", "kubescape:C-0132", "kubescape:C-0133", "kubescape:C-0067",
            "kubescape:C-0160", "kubescape:C-0161",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "audit-log-path", expect: Expect::Present },
    Demand { flag: "audit-policy-file", expect: Expect::Present },
    Demand { flag: "audit-log-maxage", expect: Expect::AtLeast(30) },
    Demand { flag: "audit-log-maxbackup", expect: Expect::AtLeast(10) },
    Demand { flag: "audit-log-maxsize", expect: Expect::AtLeast(100) },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
