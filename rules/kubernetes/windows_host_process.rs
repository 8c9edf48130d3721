//! `windows-host-process`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::source::Span;
use crate::yaml::Node;

crate::rule! {
    /// Flags a Windows container that runs as a process of its node: `hostProcess`.
    ///
    /// ## Why
    /// Such a container sees the files and processes of the node and may run as its administrator: whoever breaks into it
    /// owns the node.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   securityContext:
    ///     windowsOptions: {hostProcess: true}
    ///                                   ^^^^ Pod `agent` runs as processes of its node
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext: {windowsOptions: {hostProcess: yes}}
    ///                                                     ^^^ container `agent` runs as a process of its node
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   os: {name: windows}
    ///   containers:
    ///   - name: agent
    ///     image: example.com/agent:1.4
    ///     securityContext: {windowsOptions: {hostProcess: false}}
    /// ```
    /// Windows options as such do no harm:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: agent}
    /// spec:
    ///   securityContext:
    ///     windowsOptions: {runAsUserName: ContainerUser}
    ///   containers:
    ///   - {name: agent, image: "example.com/agent:1.4"}
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:baseline/windowsHostProcess`
    ///   - from 1.0: `windowsOptions.hostProcess` must not be true
    pub RULE {
        name: "windows-host-process",
        aliases: &[
            "trivy:KSV-0103",
            "polaris:hostProcess",
            "kubescape:C-0202",
            "pss:baseline/windowsHostProcess",
            "kyverno:disallow-host-process",
        ],
        severity: Severity::Critical, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["may-run-as-root", "privilege-escalation-container"],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let message = format!("{} runs as processes of its node", pod.title());
    report(pod.security_context("windowsOptions"), message, pod.node.span(), sink);
    for container in pod.containers() {
        let message = format!("{} runs as a process of its node", container.title());
        report(container.security_context("windowsOptions"), message, container.node.span(), sink);
    }
}

fn report(options: Option<Node<'_>>, message: String, about: Span, sink: &mut Sink<'_>) {
    let value = options.and_then(|options| options.get("hostProcess"));
    if let Some(value) = value.filter(|value| value.as_bool() == Some(true)) {
        sink.report_value(value, message)
            .caption("a process of the node")
            .about(about)
            .help("drop the key, unless the pod is an agent of the node");
    }
}
