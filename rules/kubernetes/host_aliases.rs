//! `host-aliases`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a pod that adds names to its own `/etc/hosts`.
    ///
    /// ## Why
    /// Such names go round the DNS of the cluster: nobody sees in one place where they lead, and they stay when the address
    /// moves.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostAliases: [{ip: 10.0.0.4, hostnames: [db.example.com]}]
    ///   ^^^^^^^^^^^ Pod `web` adds names to its `/etc/hosts`
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   hostAliases: []
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "host-aliases",
        aliases: &[
            "trivy:KSV-0007",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let entry = pod.node.entry("hostAliases").filter(|entry| entry.value.is_sequence() && !entry.value.is_empty());
    if let Some(entry) = entry {
        sink.report(entry.key_span(), format!("{} adds names to its `/etc/hosts`", pod.title()))
            .caption("round the DNS")
            .help("give the name in DNS, or a Service without a selector");
    }
}
