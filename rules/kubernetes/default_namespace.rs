//! `default-namespace`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object that is put into the namespace `default`.
    ///
    /// ## Why
    /// There is no better place to get lost in: quotas, network policies and access rules are set by namespace, and what ends up
    /// in `default` shares them with everything that forgot to say where it belongs. An object without a namespace goes where
    /// `kubectl -n` or a kustomization puts it, and is reported only with `flag-unset`.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, namespace: default}
    ///                                  ^^^^^^^ ConfigMap `web` is put into the namespace `default`
    /// ```
    /// ```yaml bad option.flag-unset=true
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  ^^^ Service `web` names no namespace
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    /// Two objects of the cluster's own live there, and cluster-wide kinds have no namespace:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ServiceAccount
    /// metadata: {name: default, namespace: default}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: kubernetes, namespace: default}
    /// spec: {ports: [{port: 443}]}
    /// ```
    pub RULE {
        name: "default-namespace",
        aliases: &["kube-linter:use-namespace", "trivy:KSV-0110", "checkov:CKV_K8S_21", "kubescape:C-0061", "kubescape:C-0212", "kyverno:disallow-default-namespace", "kyverno:require-tekton-namespace-pipelinerun"],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None, options: &[OptionSpec::bool("flag-unset", false, "Whether workloads and Services without a namespace are reported too.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let own = matches!((object.kind, object.name_text()), ("ServiceAccount", "default") | ("Service", "kubernetes"));
    // A kustomization puts it elsewhere.
    if own || sink.transforms().is_some_and(|transforms| transforms.namespace) {
        return;
    }
    let help = "give it a namespace of its own";
    match object.metadata("namespace") {
        Some(value) if value.text().is_some_and(|text| text.eq_ignore_ascii_case("default")) => {
            sink.report_value(value, format!("{} is put into the namespace `default`", object.title()))
                .caption("the default namespace")
                .help(help);
        }
        None if sink.switch("flag-unset") && (object.kind == "Service" || !object.pod_specs().is_empty()) => {
            sink.report(object.span(), format!("{} names no namespace", object.title()))
                .caption("no namespace")
                .help(help);
        }
        _ => {}
    }
}
