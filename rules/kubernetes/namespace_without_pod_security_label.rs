//! `namespace-without-pod-security-label`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a namespace that does not say which Pod Security Standard its pods must meet.
    ///
    /// ## Why
    /// Without `pod-security.kubernetes.io/enforce` a namespace admits any pod, privileged ones too.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: web
    ///         ^^^ Namespace `web` does not say which Pod Security Standard its pods must meet
    /// ---
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: api
    ///   labels: {pod-security.kubernetes.io/enforce: privileged}
    ///                                                ^^^^^^^^^^ Namespace `api` admits any pod
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: web
    ///   labels: {pod-security.kubernetes.io/enforce: restricted}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata:
    ///   name: web
    ///   labels:
    ///     pod-security.kubernetes.io/enforce: baseline
    ///     pod-security.kubernetes.io/warn: restricted
    /// ```
    pub RULE {
        name: "namespace-without-pod-security-label",
        aliases: &[
            "kubescape:C-0192",
            "kubescape:C-0193",
            "kubescape:C-0194",
            "kubescape:C-0195",
            "kubescape:C-0196",
            "kubescape:C-0197",
            "kubescape:C-0198",
            "kubescape:C-0199",
            "kubescape:C-0200",
            "kubescape:C-0201",
            "kubescape:C-0202",
            "kubescape:C-0203",
            "kubescape:C-0204",
            "kyverno:add-psa-namespace-reporting",
            "kyverno:deny-privileged-profile",
        ],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Object(&["Namespace"], check)],
    }
}

const LABEL: &str = "pod-security.kubernetes.io/enforce";

fn check(namespace: Object<'_>, sink: &mut Sink<'_>) {
    if namespace.api_version != "v1" {
        return;
    }
    let level = namespace.metadata("labels").and_then(|labels| labels.get(LABEL));
    let title = namespace.title();
    let finding = match level {
        None => {
            let message = format!("{title} does not say which Pod Security Standard its pods must meet");
            sink.report(namespace.span(), message)
        }
        Some(value) if value.text() == Some("privileged") => {
            sink.report_value(value, format!("{title} admits any pod: it enforces the standard `privileged`"))
        }
        Some(_) => return,
    };
    finding.caption("no standard is enforced");
    finding.help("set the label `pod-security.kubernetes.io/enforce` to `baseline` or `restricted`");
}
