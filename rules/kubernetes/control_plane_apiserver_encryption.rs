//! `control-plane-apiserver-encryption`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an API server that stores Secrets in the clear.
    ///
    /// ## Why
    /// Whoever gets at etcd or a backup of it has every Secret. An encryption configuration keeps them apart.
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
    ///     ^^^^^^^ container `kube-apiserver` lacks `--encryption-provider-config`
    ///     - kube-apiserver
    ///     - --secure-port=6443
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
    ///     - --encryption-provider-config=/etc/enc.yaml
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
        name: "control-plane-apiserver-encryption",
        aliases: &[
            "trivy:KCV-0030", "checkov:CKV_K8S_104", "kubescape:C-0141", "kubescape:C-0142",
            "kubescape:C-0066",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[Demand { flag: "encryption-provider-config", expect: Expect::Present }];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-apiserver", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
