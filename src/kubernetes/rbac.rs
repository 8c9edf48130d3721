//! Roles and bindings: what a rule of a role grants, and to whom a binding gives a role.
//!
//! Resources are compared as the authorizer compares them, but for `*`: who grants everything is told so by the rules
//! about wildcards, not by every rule about one resource.

use super::Object;
use crate::yaml::Node;

/// The API group of roles and bindings.
pub const GROUP: &str = "rbac.authorization.k8s.io";

/// Verbs that change what is there.
pub const WRITE: &[&str] = &["create", "update", "patch", "delete", "deletecollection"];

/// A power that a rule of a role may grant: one of the verbs on one of the resources.
#[derive(Clone, Copy, Debug)]
pub struct Power {
    /// API groups; the core group is empty.
    pub groups: &'static [&'static str],
    /// Resources, with their subresource.
    pub resources: &'static [&'static str],
    /// Verbs.
    pub verbs: &'static [&'static str],
}

/// One item of a role's `rules`.
#[derive(Clone, Copy, Debug)]
pub struct RoleRule<'d> {
    /// The role.
    pub object: Object<'d>,
    /// The item.
    pub node: Node<'d>,
}

impl<'d> RoleRule<'d> {
    /// The texts of the list `key`, with where they stand.
    pub fn list(&self, key: &str) -> impl Iterator<Item = (Node<'d>, &'d str)> + use<'d> {
        let items = self.node.get(key).into_iter().flat_map(Node::items);
        items.filter_map(|item| Some((item, item.text()?)))
    }

    /// The first item of the list `key` that is one of `wanted`.
    pub fn find(&self, key: &str, wanted: &[&str]) -> Option<Node<'d>> {
        self.list(key).find(|(_, text)| wanted.contains(text)).map(|(item, _)| item)
    }

    /// Whether the rule speaks of one of these API groups.
    pub fn is_of_group(&self, groups: &[&str]) -> bool {
        self.list("apiGroups").any(|(_, group)| group == "*" || groups.contains(&group))
    }

    /// Whether the rule holds for named objects only.
    pub fn is_narrowed(&self) -> bool {
        self.list("resourceNames").next().is_some()
    }

    /// How the rule grants `power`, if it does. The verb `*` is every verb.
    pub fn grants(&self, power: &Power) -> Option<Grant<'d>> {
        if !self.is_of_group(power.groups) {
            return None;
        }
        let resource = self.find("resources", power.resources)?;
        let verb = self.find("verbs", power.verbs).or_else(|| self.find("verbs", &["*"]))?;
        Some(Grant { rule: *self, resource, verb })
    }
}

/// A power as it is granted.
#[derive(Clone, Copy, Debug)]
pub struct Grant<'d> {
    /// The rule that grants it.
    pub rule: RoleRule<'d>,
    /// The resource.
    pub resource: Node<'d>,
    /// The verb.
    pub verb: Node<'d>,
}

impl Grant<'_> {
    /// ``ClusterRole `web` allows `create` on `pods` ``, the start of every message about a grant.
    pub fn title(&self) -> String {
        let resource = self.resource.text().unwrap_or_default();
        match self.verb.text() {
            Some("*") => format!("{} allows every verb on `{resource}`", self.rule.object.title()),
            verb => format!("{} allows `{}` on `{resource}`", self.rule.object.title(), verb.unwrap_or_default()),
        }
    }
}

/// The rules of a role. None of what Kubernetes itself ships: names that begin with `system:`.
pub fn role_rules<'d>(object: Object<'d>) -> impl Iterator<Item = RoleRule<'d>> {
    let is_role = object.group() == GROUP && !object.name_text().starts_with("system:");
    let rules = object.node.get("rules").filter(|_| is_role);
    rules.into_iter().flat_map(Node::items).map(move |node| RoleRule { object, node })
}

/// How a role grants `power`, rule by rule.
pub fn grants<'d>(object: Object<'d>, power: &'static Power) -> impl Iterator<Item = Grant<'d>> {
    role_rules(object).filter_map(|rule| rule.grants(power))
}

/// A binding: a role, given to subjects.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'d> {
    /// The RoleBinding or ClusterRoleBinding.
    pub object: Object<'d>,
    /// `roleRef.kind`.
    pub role_kind: &'d str,
    /// `roleRef.name`.
    pub role: Node<'d>,
}

/// Whom a binding gives a role.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'d> {
    /// `User`, `Group` or `ServiceAccount`.
    pub kind: &'d str,
    /// Its name as text.
    pub text: &'d str,
    /// Its name.
    pub name: Node<'d>,
}

impl<'d> Binding<'d> {
    /// The view of a binding, unless it is one that Kubernetes itself ships.
    pub fn new(object: Object<'d>) -> Option<Self> {
        if object.group() != GROUP || object.name_text().starts_with("system:") {
            return None;
        }
        let reference = object.node.get("roleRef")?;
        let role = reference.get("name").filter(|name| name.text().is_some())?;
        Some(Self { object, role_kind: reference.get("kind").and_then(Node::text).unwrap_or_default(), role })
    }

    /// The name of the role.
    pub fn role_name(&self) -> &'d str {
        self.role.text().unwrap_or_default()
    }

    /// Whether the role is given in every namespace.
    pub fn is_cluster_wide(&self) -> bool {
        self.object.kind == "ClusterRoleBinding"
    }

    /// Whom it is given to.
    pub fn subjects(&self) -> impl Iterator<Item = Subject<'d>> + use<'d> {
        let items = self.object.node.get("subjects").into_iter().flat_map(Node::items);
        items.filter_map(|item| {
            let name = item.get("name")?;
            Some(Subject { kind: item.get("kind")?.text()?, text: name.text()?, name })
        })
    }
}

impl Subject<'_> {
    /// Whether so many are meant that it is nobody in particular: every user, every service account.
    pub fn is_everyone(&self) -> bool {
        matches!(
            self.text,
            "system:anonymous" | "system:unauthenticated" | "system:authenticated" | "system:serviceaccounts"
        )
    }
}
