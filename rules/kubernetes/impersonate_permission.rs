//! `impersonate-permission`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a role that may act as any user, group or service account.
    ///
    /// ## Why
    /// Who may impersonate any group may be `system:masters`, which no rule holds back: the role is `cluster-admin` by
    /// another name. Name with `resourceNames` whom it may act as; then it is reported only when the rule is asked for.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: gateway}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [users, groups]
    ///               ----- on any of these
    ///   verbs: [impersonate]
    ///           ^^^^^^^^^^^ ClusterRole `gateway` allows `impersonate` on `users`
    /// ```
    /// ```yaml good default
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: gateway}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts]
    ///   resourceNames: [robot]
    ///   verbs: [impersonate]
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: ClusterRole
    /// metadata: {name: gateway}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [serviceaccounts]
    ///   verbs: [get, list]
    /// ```
    pub RULE {
        name: "impersonate-permission",
        aliases: &["trivy:KSV-0043", "checkov:CKV2_K8S_3", "kubescape:C-0065", "kubescape:C-0191"],
        severity: Severity::High, tier: Tier::Default, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for rule in rbac::role_rules(object).filter(|rule| rule.is_of_group(&[""])) {
        let Some(resource) = rule.find("resources", &["users", "groups", "serviceaccounts", "*"]) else { continue };
        let written = rule.find("verbs", &["impersonate"]);
        // Every verb on service accounts holds this one too; that everything is allowed on `*` is another rule's.
        let every = || rule.find("verbs", &["*"]).filter(|_| resource.text() != Some("*"));
        let Some(verb) = written.or_else(every) else { continue };
        let title = rbac::Grant { rule, resource, verb }.title();
        let finding = sink.report_value(verb, format!("{title}: it can act as someone else, with all their rights"));
        finding
            .caption("acts as someone else")
            .label(resource.span(), "on any of these")
            .help("name with `resourceNames` whom it may act as");
        if rule.is_narrowed() || written.is_none() {
            finding.pedantic();
        }
    }
}
