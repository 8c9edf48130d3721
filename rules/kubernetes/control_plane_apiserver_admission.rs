//! `control-plane-apiserver-admission`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server whose admission plugins let too much pass.
    ///
    /// ## Why
    /// Admission is the last gate before an object is stored. The demands are those of the CIS benchmark that its
    /// editions agree on.
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
    ///     - --enable-admission-plugins=NodeRestriction,AlwaysAdmit
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ container `kube-apiserver` has `AlwaysAdmit` in `--enable-admission-plugins`
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
    ///     - --enable-admission-plugins=NodeRestriction
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
        name: "control-plane-apiserver-admission",
        aliases: &[
            "trivy:KCV-0003", "trivy:KCV-0010", "trivy:KCV-0011", "trivy:KCV-0012", "trivy:KCV-0013",
            "trivy:KCV-0014", "trivy:KCV-0015", "trivy:KCV-0016", "checkov:CKV_K8S_78",
            "checkov:CKV_K8S_79", "checkov:CKV_K8S_80", "checkov:CKV_K8S_81", "checkov:CKV_K8S_82",
            "checkov:CKV_K8S_83", "checkov:CKV_K8S_84", "checkov:CKV_K8S_85", "kubescape:C-0115",
            "kubescape:C-0121", "kubescape:C-0122", "kubescape:C-0123", "kubescape:C-0124",
            "kubescape:C-0125", "kubescape:C-0126", "kubescape:C-0127", "kubescape:C-0283",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "enable-admission-plugins", expect: Expect::Lacks("AlwaysAdmit") },
    Demand { flag: "enable-admission-plugins", expect: Expect::Holds("NodeRestriction") },
    Demand { flag: "disable-admission-plugins", expect: Expect::Lacks("ServiceAccount") },
    Demand { flag: "disable-admission-plugins", expect: Expect::Lacks("NamespaceLifecycle") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
