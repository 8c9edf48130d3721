//! `low-user-id`.
use crate::checks;
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container whose user id is below 10,000, or not set.
    ///
    /// ## Why
    /// Ids of a container are ids on its node. A low one may be that of a user there, whose files a container that gets
    /// out could then use.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsUser: 1000}
    ///                                  ^^^^ container `web` has the user id 1000
    ///   - name: log
    ///           ^^^ container `log` does not say which user id it has
    ///     image: example.com/log:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsUser: 10000}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml good option.minimum=1000
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", securityContext: {runAsUser: 1000}}
    /// ```
    pub RULE {
        name: "low-user-id",
        aliases: &[
            "trivy:KSV-0020",
            "checkov:CKV_K8S_40",
            "kube-score:container-security-context-user-group-id",
            "kyverno:require-unique-uid-per-workload",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::int("minimum", 10_000, "The lowest id that passes.")],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    checks::low_id(container, "runAsUser", "user", sink);
}
