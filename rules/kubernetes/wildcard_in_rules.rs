//! `wildcard-in-rules`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::rbac;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `*` in the verbs or resources of a role.
    ///
    /// ## Why
    /// The role holds rights that nobody thought of when it was written, those on resources that come with the next
    /// version too. List what is needed.
    ///
    /// ```yaml bad
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [apps]
    ///   resources: ["*"]
    ///               ^^^ Role `operator` allows `get` on every resource of the group `apps`
    ///   verbs: [get]
    /// - apiGroups: [""]
    ///   resources: [pods]
    ///   verbs: ["*"]
    ///           ^^^ Role `operator` allows every verb on `pods`
    /// ```
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: [""]
    ///   resources: [pods]
    ///   verbs: [get, list]
    /// ```
    /// A group alone gives nothing:
    /// ```yaml good
    /// apiVersion: rbac.authorization.k8s.io/v1
    /// kind: Role
    /// metadata: {name: operator}
    /// rules:
    /// - apiGroups: ["*"]
    ///   resources: [deployments]
    ///   verbs: [get]
    /// ```
    pub RULE {
        name: "wildcard-in-rules",
        aliases: &[
            "kube-linter:wildcard-in-rules", "trivy:KSV-0044", "trivy:KSV-0045", "trivy:KSV-0046", "trivy:KSV-0112",
            "checkov:CKV_K8S_49", "kubescape:C-0187", "kyverno:restrict-wildcard-resources",
            "kyverno:restrict-wildcard-verbs",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Rbac, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::list("fields", &["resources", "verbs"], "Lists in which `*` is not to stand.")],
        checks: &[Check::Object(&["Role", "ClusterRole"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    for rule in rbac::role_rules(object) {
        let first = |key: &str| rule.list(key).next().map_or("", |(_, text)| text);
        let resources = rule.find("resources", &["*"]).filter(|_| sink.list("fields").contains(&"resources"));
        let verbs = rule.find("verbs", &["*"]).filter(|_| sink.list("fields").contains(&"verbs"));
        let groups = rule.find("apiGroups", &["*"]).filter(|_| sink.list("fields").contains(&"apiGroups"));
        let group = match first("apiGroups") {
            "*" => "of every group".to_owned(),
            "" => "of the core group".to_owned(),
            group => format!("of the group `{group}`"),
        };
        let title = object.title();
        let (node, message) = match (resources, verbs, groups) {
            (Some(node), Some(_), _) => (node, format!("{title} allows every verb on every resource {group}")),
            (Some(node), None, _) => (node, format!("{title} allows `{}` on every resource {group}", first("verbs"))),
            (None, Some(node), _) => (node, format!("{title} allows every verb on `{}`", first("resources"))),
            (None, None, Some(node)) => (node, format!("{title} allows `{}` of every group", first("resources"))),
            (None, None, None) => continue,
        };
        sink.report_value(node, message).caption("`*` grants what nobody listed").help("list what is needed");
    }
}
