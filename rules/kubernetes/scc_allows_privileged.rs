//! `scc-allows-privileged`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a security context constraint of OpenShift that admits privileged containers.
    ///
    /// ## Why
    /// Whoever may use it owns the nodes.
    ///
    /// ```yaml bad
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: agents}
    /// allowPrivilegedContainer: true
    ///                           ^^^^ SecurityContextConstraints `agents` admits privileged containers
    /// ```
    /// ```yaml good
    /// apiVersion: security.openshift.io/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: agents}
    /// allowPrivilegedContainer: false
    /// ```
    /// A kind of that name in another group is something else:
    /// ```yaml good
    /// apiVersion: example.com/v1
    /// kind: SecurityContextConstraints
    /// metadata: {name: agents}
    /// allowPrivilegedContainer: true
    /// ```
    pub RULE {
        name: "scc-allows-privileged",
        aliases: &[
            "kube-linter:scc-deny-privileged-container",
            "kyverno:disallow-security-context-constraint-anyuid",
        ],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["SecurityContextConstraints"], check)],
    }
}

fn check(constraint: Object<'_>, sink: &mut Sink<'_>) {
    if constraint.group() != "security.openshift.io" && constraint.api_version != "v1" {
        return;
    }
    let value = constraint.node.get("allowPrivilegedContainer").filter(|value| value.as_bool() == Some(true));
    if let Some(value) = value {
        sink.report_value(value, format!("{} admits privileged containers", constraint.title()))
            .caption("admits privileged containers")
            .help("set it to false, and allow the single capability that is needed");
    }
}
