//! `default-namespace`.
use crate::finding::{Family, FixKind, OptionSpec, Severity, Tier};
use crate::kubernetes::Object;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags an object in the namespace `default`.
    ///
    /// ## Why
    /// Everything that names no namespace ends there: what belongs together cannot be told apart, limited or removed as
    /// a whole. An object that names none is reported only with the option, since kubectl, Helm and Kustomize give it
    /// one.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata:
    ///   name: web
    ///   namespace: default
    ///              ^^^^^^^ Service `web` is in the namespace `default`
    /// ```
    /// ```yaml bad option.flag-unset=true
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    ///                  ^^^ Service `web` names no namespace
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// ```
    /// What Kubernetes itself puts there:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: kubernetes, namespace: default}
    /// ```
    pub RULE {
        name: "default-namespace",
        aliases: &[
            "kube-linter:use-namespace", "trivy:KSV-0110", "checkov:CKV_K8S_21", "kubescape:C-0061",
            "kubescape:C-0212", "kyverno:disallow-default-namespace",
            "kyverno:require-tekton-namespace-pipelinerun",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Metadata, since: "0.1.0",
        fix: FixKind::None,
        options: &[OptionSpec::bool("flag-unset", false, "Whether an object that names no namespace is reported too.")],
        checks: &[Check::Object(&["*"], check)],
    }
}

const NAMESPACED: [&str; 12] = [
    "Pod",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "Job",
    "CronJob",
    "Service",
    "ConfigMap",
    "Secret",
    "Ingress",
    "ServiceAccount",
];

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let own = matches!((object.kind, object.name_text()), ("Service", "kubernetes") | ("ServiceAccount", "default"));
    let set = sink.transforms().is_some_and(|transforms| transforms.namespace);
    if own || set {
        return;
    }
    match object.metadata("namespace").filter(|namespace| !namespace.is_null()) {
        Some(namespace) if namespace.text() == Some("default") => {
            sink.report_value(namespace, format!("{} is in the namespace `default`", object.title()))
                .caption("shared by all who name none")
                .help("give the application a namespace of its own");
        }
        None if sink.switch("flag-unset") && NAMESPACED.contains(&object.kind) => {
            sink.report(object.span(), format!("{} names no namespace", object.title()))
                .caption("no `namespace`")
                .help("set `metadata.namespace`");
        }
        _ => {}
    }
}
