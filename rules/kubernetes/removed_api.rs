//! `removed-api`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::Object;
use crate::kubernetes::api_versions::{Fields, Retirement, retirement};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object in an API version that Kubernetes no longer serves.
    ///
    /// ## Why
    /// The cluster refuses the object: "no matches for kind". What counts is the version of Kubernetes that the
    /// manifests are for, `--kubernetes-version`. Versions that are still served but deprecated are reported when the
    /// rule is asked for.
    ///
    /// The fix changes the version where the fields stayed the same. An Ingress needs more: its backends moved.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1beta1
    ///             ^^^^^^^^^^^^^ CronJob `sweep` is in `batch/v1beta1`, which Kubernetes 1.35 does not serve: removed in 1.25
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// ```
    /// ```yaml fixed
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// ```
    /// ```yaml bad version=1.22
    /// apiVersion: batch/v1beta1
    ///             ^^^^^^^^^^^^^ CronJob `sweep` is in `batch/v1beta1`, which is deprecated: removed in 1.25
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// ```
    /// ```yaml bad
    /// apiVersion: extensions/v1beta1
    ///             ^^^^^^^^^^^^^^^^^^ Ingress `web` is in `extensions/v1beta1`
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    /// ```yaml good default version=1.22
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// ```
    /// ```yaml good version=1.20
    /// apiVersion: batch/v1beta1
    /// kind: CronJob
    /// metadata: {name: sweep}
    /// ```
    /// A kind of the same name in another group is another kind:
    /// ```yaml good
    /// apiVersion: networking.example.com/v1beta1
    /// kind: Ingress
    /// metadata: {name: web}
    /// ```
    pub RULE {
        name: "removed-api",
        aliases: &[
            "trivy:KSV-0107", "kube-score:stable-version", "kyverno:check-deprecated-apis",
            "kyverno:disallow-deprecated-apis",
        ],
        severity: Severity::High, tier: Tier::Default, family: Family::DeprecatedApi, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        replaces: &["extensions-v1beta1-api", "pod-security-policy-resource"],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let Some(retirement) = retirement(object.api_version, object.kind) else { return };
    let version = sink.version();
    if version < retirement.deprecated_in {
        return;
    }
    let Some(value) = object.node.get("apiVersion") else { return };
    let title = format!("{} is in `{}`, which", object.title(), object.api_version);
    let Retirement { deprecated_in, removed_in, replacement, .. } = retirement;
    let gone = version >= *removed_in;
    let message = match gone {
        true => format!("{title} Kubernetes {version} does not serve: removed in {removed_in}"),
        false => format!("{title} is deprecated: removed in {removed_in}"),
    };
    let finding = sink.report_value(value, message);
    match gone {
        true => finding.caption(format!("removed in {removed_in}")),
        false => finding.caption(format!("deprecated since {deprecated_in}")).severity(Severity::Low).pedantic(),
    };
    let Some(new) = replacement else {
        finding.help("there is no replacement: remove the object");
        return;
    };
    let selector = || object.node.get("spec").is_some_and(|spec| spec.get("selector").is_some());
    let is_enough = retirement.fields == Fields::Same || retirement.fields == Fields::NeedSelector && selector();
    finding.help(match is_enough {
        true => format!("write `{new}`"),
        false => format!("write `{new}`, and move the fields that changed"),
    });
    if is_enough && value.anchored().is_none() {
        finding.fix(Safety::Safe, format!("Use `{new}`"), vec![(value.span(), (*new).to_owned())]);
    }
}
