//! `no-linux-hardening`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that none of AppArmor, seccomp, SELinux and dropped capabilities confines.
    ///
    /// ## Why
    /// Each of them closes a way from the container to its node. One is little, none is careless.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` is not confined by AppArmor, seccomp, SELinux or dropped capabilities
    ///     image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", securityContext: {capabilities: {drop: [NET_RAW]}}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {seccompProfile: {type: RuntimeDefault}}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "no-linux-hardening",
        aliases: &[
            "polaris:linuxHardening",
            "kubescape:C-0055",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let profile = ["seccompProfile", "appArmorProfile", "seLinuxOptions"];
    let confined = profile.iter().any(|key| container.effective(key).is_some());
    let annotated = container.pod.annotations().any(|entry| {
        let name = entry.key_text().and_then(|key| key.strip_prefix("container.apparmor.security.beta.kubernetes.io/"));
        name == Some(container.name())
    });
    if confined || annotated || container.capabilities("drop").next().is_some() || container.pod.is_windows() {
        return;
    }
    let message =
        format!("{} is not confined by AppArmor, seccomp, SELinux or dropped capabilities", container.title());
    sink.report(container.missing_in("securityContext"), message)
        .caption("not confined")
        .help("set `seccompProfile: {type: RuntimeDefault}` and `capabilities: {drop: [ALL]}`");
}
