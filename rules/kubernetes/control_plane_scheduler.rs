//! `control-plane-scheduler`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::kubernetes::component::{Demand, Expect};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a scheduler that shows profiles or listens on every address.
    ///
    /// ## Why
    /// Its interface asks for no credential. The demands are those of the CIS benchmark.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-scheduler, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-scheduler
    ///     image: registry.k8s.io/kube-scheduler:v1.35.0
    ///     command:
    ///     ^^^^^^^ container `kube-scheduler` lacks `--bind-address=127.0.0.1`
    ///     - kube-scheduler
    ///     - --profiling=false
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kube-scheduler, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kube-scheduler
    ///     image: registry.k8s.io/kube-scheduler:v1.35.0
    ///     command:
    ///     - kube-scheduler
    ///     - --profiling=false
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
        name: "control-plane-scheduler",
        aliases: &[
            "trivy:KCV-0040", "trivy:KCV-0041", "checkov:CKV_K8S_114", "checkov:CKV_K8S_115",
            "kubescape:C-0151", "kubescape:C-0152",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "profiling", expect: Expect::Is("false") },
    Demand { flag: "bind-address", expect: Expect::Is("127.0.0.1") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kube-scheduler", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}
