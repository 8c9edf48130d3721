//! `extensions-v1beta1-api`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object of the API group `extensions`.
    ///
    /// ## Why
    /// Kubernetes removed the last kinds of the group in 1.22. `removed-api` reports the same object with its
    /// replacement; this rule is for those who forbid the group whatever the version.
    ///
    /// ```yaml bad
    /// apiVersion: extensions/v1beta1
    ///             ^^^^^^^^^^^^^^^^^^ Ingress `web` is of the API group `extensions`, which is gone
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: networking.k8s.io/v1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    /// ```yaml good
    /// apiVersion: extensions.example.com/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "extensions-v1beta1-api",
        aliases: &["kube-linter:no-extensions-v1beta"],
        severity: Severity::High, tier: Tier::Pedantic, family: Family::DeprecatedApi, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    if object.api_version.starts_with("extensions/v1beta")
        && let Some(value) = object.node.get("apiVersion")
    {
        sink.report_value(value, format!("{} is of the API group `extensions`, which is gone", object.title()))
            .caption("gone since 1.22")
            .help("use the group that has the kind now: `apps`, `networking.k8s.io` or `policy`");
    }
}
