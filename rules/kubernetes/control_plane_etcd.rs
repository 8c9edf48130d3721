//! `control-plane-etcd`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an etcd that talks without certificates.
    ///
    /// ## Why
    /// etcd holds every object and Secret. Without client certificates whoever reaches its port reads and writes them.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: etcd
    ///     image: registry.k8s.io/etcd:v1.35.0
    ///     command:
    ///     - etcd
    ///     - --cert-file=/a
    ///     - --key-file=/b
    ///     - --client-cert-auth=false
    ///       ^^^^^^^^^^^^^^^^^^^^^^^^ container `etcd` does not have `--client-cert-auth=true`
    ///     - --peer-cert-file=/c
    ///     - --peer-key-file=/d
    ///     - --peer-client-cert-auth=true
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: etcd, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: etcd
    ///     image: registry.k8s.io/etcd:v1.35.0
    ///     command:
    ///     - etcd
    ///     - --cert-file=/a
    ///     - --key-file=/b
    ///     - --client-cert-auth=true
    ///     - --peer-cert-file=/c
    ///     - --peer-key-file=/d
    ///     - --peer-client-cert-auth
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
        name: "control-plane-etcd",
        aliases: &[
            "trivy:KCV-0042", "trivy:KCV-0043", "trivy:KCV-0044", "trivy:KCV-0045", "trivy:KCV-0046",
            "trivy:KCV-0047", "checkov:CKV_K8S_116", "checkov:CKV_K8S_117", "checkov:CKV_K8S_118",
            "checkov:CKV_K8S_119", "checkov:CKV_K8S_121", "kubescape:C-0153", "kubescape:C-0154",
            "kubescape:C-0155", "kubescape:C-0156", "kubescape:C-0157", "kubescape:C-0158",
            "kubescape:C-0159",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "cert-file", expect: Expect::Present },
    Demand { flag: "key-file", expect: Expect::Present },
    Demand { flag: "client-cert-auth", expect: Expect::Is("true") },
    Demand { flag: "auto-tls", expect: Expect::IsNot("true") },
    Demand { flag: "peer-cert-file", expect: Expect::Present },
    Demand { flag: "peer-key-file", expect: Expect::Present },
    Demand { flag: "peer-client-cert-auth", expect: Expect::Is("true") },
    Demand { flag: "peer-auto-tls", expect: Expect::IsNot("true") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("etcd", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
