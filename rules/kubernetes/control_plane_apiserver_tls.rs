//! `control-plane-apiserver-tls`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server whose connections are not all authenticated and encrypted.
    ///
    /// ## Why
    /// Certificates in both directions keep others from posing as a kubelet, as etcd or as the server. The demands are
    /// those of the CIS benchmark.
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
    ///     ^^^^^^^ container `kube-apiserver` lacks `--etcd-cafile`
    ///     - kube-apiserver
    ///     - --kubelet-client-certificate=/a
    ///     - --kubelet-client-key=/b
    ///     - --kubelet-certificate-authority=/c
    ///     - --etcd-certfile=/d
    ///     - --etcd-keyfile=/e
    ///     - --tls-cert-file=/g
    ///     - --tls-private-key-file=/h
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
    ///     - --kubelet-client-certificate=/a
    ///     - --kubelet-client-key=/b
    ///     - --kubelet-certificate-authority=/c
    ///     - --etcd-certfile=/d
    ///     - --etcd-keyfile=/e
    ///     - --etcd-cafile=/f
    ///     - --tls-cert-file=/g
    ///     - --tls-private-key-file=/h
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
        name: "control-plane-apiserver-tls",
        aliases: &[
            "trivy:KCV-0004", "trivy:KCV-0005", "trivy:KCV-0006", "trivy:KCV-0026", "trivy:KCV-0027",
            "trivy:KCV-0029", "checkov:CKV_K8S_71", "checkov:CKV_K8S_72", "checkov:CKV_K8S_73",
            "checkov:CKV_K8S_99", "checkov:CKV_K8S_100", "checkov:CKV_K8S_102", "checkov:CKV_K8S_105",
            "kubescape:C-0116", "kubescape:C-0117", "kubescape:C-0137", "kubescape:C-0138",
            "kubescape:C-0140", "kubescape:C-0143", "kubescape:C-0277",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "kubelet-client-certificate", expect: Expect::Present },
    Demand { flag: "kubelet-client-key", expect: Expect::Present },
    Demand { flag: "kubelet-certificate-authority", expect: Expect::Present },
    Demand { flag: "etcd-certfile", expect: Expect::Present },
    Demand { flag: "etcd-keyfile", expect: Expect::Present },
    Demand { flag: "etcd-cafile", expect: Expect::Present },
    Demand { flag: "tls-cert-file", expect: Expect::Present },
    Demand { flag: "tls-private-key-file", expect: Expect::Present },
    Demand { flag: "kubelet-https", expect: Expect::IsNot("false") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
