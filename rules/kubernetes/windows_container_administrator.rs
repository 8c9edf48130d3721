//! `windows-container-administrator`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::{PodSpec, is_placeholder};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a Windows container that runs as another user than `ContainerUser`.
    ///
    /// ## Why
    /// `ContainerAdministrator`, which many images start as, may change everything in the container and comes nearer to the
    /// node.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   os: {name: windows}
    ///   securityContext:
    ///     windowsOptions: {runAsUserName: ContainerAdministrator}
    ///                                     ^^^^^^^^^^^^^^^^^^^^^^ Pod `web` runs as the Windows user `ContainerAdministrator`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   os: {name: windows}
    ///   securityContext: {windowsOptions: {runAsUserName: ContainerUser}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good option.allow=["NT_AUTHORITY"]
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", securityContext: {windowsOptions: {runAsUserName: NT_AUTHORITY}}}
    /// ```
    pub RULE {
        name: "windows-container-administrator",
        aliases: &[
            "kyverno:require-run-as-containeruser",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::list("allow", &["ContainerUser"], "Users that may be named.")],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    report(pod.security_context("windowsOptions"), &pod.title(), sink);
    for container in pod.containers() {
        report(container.security_context("windowsOptions"), &container.title(), sink);
    }
}

fn report(options: Option<Node<'_>>, who: &str, sink: &mut Sink<'_>) {
    let Some(value) = options.and_then(|options| options.get("runAsUserName")) else { return };
    let Some(user) = value.text().filter(|user| !user.is_empty() && !is_placeholder(user)) else { return };
    if !sink.list("allow").contains(&user) {
        sink.report_value(value, format!("{who} runs as the Windows user `{user}`"))
            .caption("not `ContainerUser`")
            .help("set `runAsUserName: ContainerUser`");
    }
}
