//! `control-plane-kubelet`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::component::{Demand, Expect};
use crate::kubernetes::{Container, Object};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a kubelet that answers callers without credentials, or is set up against the CIS benchmark.
    ///
    /// ## Why
    /// Who may talk to the kubelet runs commands in every pod of the node. Flags and `KubeletConfiguration` files are
    /// looked at.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kubelet
    ///     image: registry.k8s.io/kubelet:v1.35.0
    ///     command:
    ///     - kubelet
    ///     - --read-only-port=10255
    ///       ^^^^^^^^^^^^^^^^^^^^^^ container `kubelet` has `--read-only-port` other than `0`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: kubelet, namespace: kube-system}
    /// spec:
    ///   containers:
    ///   - name: kubelet
    ///     image: registry.k8s.io/kubelet:v1.35.0
    ///     command:
    ///     - kubelet
    ///     - --read-only-port=0
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
    /// ```yaml bad
    /// apiVersion: kubelet.config.k8s.io/v1beta1
    /// kind: KubeletConfiguration
    /// readOnlyPort: 10255
    ///               ^^^^^ the kubelet answers without credentials on its read-only port
    /// authentication: {anonymous: {enabled: true}}
    ///                                       ^^^^ the kubelet answers callers it does not know
    /// ```
    pub RULE {
        name: "control-plane-kubelet",
        aliases: &[
            "trivy:KCV-0079", "trivy:KCV-0080", "trivy:KCV-0081", "trivy:KCV-0082", "trivy:KCV-0083",
            "trivy:KCV-0084", "trivy:KCV-0085", "trivy:KCV-0086", "trivy:KCV-0087", "trivy:KCV-0088",
            "trivy:KCV-0089", "trivy:KCV-0090", "trivy:KCV-0091", "trivy:KCV-0092", "checkov:CKV_K8S_138",
            "checkov:CKV_K8S_139", "checkov:CKV_K8S_140", "checkov:CKV_K8S_141", "checkov:CKV_K8S_143",
            "checkov:CKV_K8S_144", "checkov:CKV_K8S_145", "checkov:CKV_K8S_146", "checkov:CKV_K8S_147",
            "checkov:CKV_K8S_148", "checkov:CKV_K8S_149", "checkov:CKV_K8S_151", "kubescape:C-0069",
            "kubescape:C-0070", "kubescape:C-0172", "kubescape:C-0173", "kubescape:C-0174",
            "kubescape:C-0175", "kubescape:C-0176", "kubescape:C-0177", "kubescape:C-0178",
            "kubescape:C-0179", "kubescape:C-0180", "kubescape:C-0181", "kubescape:C-0182",
            "kubescape:C-0183", "kubescape:C-0184", "kubescape:C-0284",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::ControlPlane, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Container(check), Check::Object(&["KubeletConfiguration"], check_configuration)],
    }
}

const DEMANDS: &[Demand] = &[
    Demand { flag: "anonymous-auth", expect: Expect::IsNot("true") },
    Demand { flag: "authorization-mode", expect: Expect::Lacks("AlwaysAllow") },
    Demand { flag: "read-only-port", expect: Expect::UnsetOr("0") },
    Demand { flag: "streaming-connection-idle-timeout", expect: Expect::IsNot("0") },
    Demand { flag: "protect-kernel-defaults", expect: Expect::IsNot("false") },
    Demand { flag: "make-iptables-util-chains", expect: Expect::IsNot("false") },
    Demand { flag: "hostname-override", expect: Expect::Absent },
    Demand { flag: "rotate-certificates", expect: Expect::IsNot("false") },
];

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    for fault in container.component_faults("kubelet", DEMANDS) {
        sink.report(fault.span, format!("{} {}", container.title(), fault.text)).caption(fault.text).help(fault.help);
    }
}

/// A field of the configuration that must not have this value, or where it must be written, must.
fn check_configuration(object: Object<'_>, sink: &mut Sink<'_>) {
    let field = |path: &[&str]| path.iter().try_fold(object.node, |node, key| node.get(key));
    let rows: [(&[&str], &str, &str); 4] = [
        (&["authentication", "anonymous", "enabled"], "true", "answers callers it does not know"),
        (&["authorization", "mode"], "AlwaysAllow", "allows everything"),
        (&["protectKernelDefaults"], "false", "changes the kernel's settings"),
        (&["rotateCertificates"], "false", "keeps its certificate until it ends"),
    ];
    for (path, wrong, what) in rows {
        if let Some(node) = field(path).filter(|node| node.text() == Some(wrong)) {
            sink.report_value(node, format!("the kubelet {what}: `{}: {wrong}`", path.join(".")))
                .caption(what)
                .help("change the value");
        }
    }
    if let Some(port) = field(&["readOnlyPort"]).filter(|port| port.as_i64().is_some_and(|port| port != 0)) {
        sink.report_value(port, "the kubelet answers without credentials on its read-only port")
            .caption("asks for no credential")
            .help("set it to 0");
    }
}
