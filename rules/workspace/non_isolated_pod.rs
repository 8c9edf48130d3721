//! `non-isolated-pod`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::Workspace;

crate::rule! {
    /// Flags a workload that no NetworkPolicy selects.
    ///
    /// ## Why
    /// Every pod of the cluster may connect to it, and it to every host. Policies may live with the cluster: the whole
    /// repository must be known.
    ///
    /// ```yaml bad
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  ^^^ no NetworkPolicy selects the pods of Deployment `web`
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ---
    /// apiVersion: networking.k8s.io/v1
    /// kind: NetworkPolicy
    /// metadata: {name: web}
    /// spec:
    ///   podSelector: {matchLabels: {app: web}}
    /// ```
    /// Cilium's policies are not read; where there are some, nothing is said:
    /// ```yaml good
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ---
    /// apiVersion: cilium.io/v2
    /// kind: CiliumNetworkPolicy
    /// metadata: {name: web}
    /// spec: {endpointSelector: {}}
    /// ```
    pub RULE {
        name: "non-isolated-pod",
        aliases: &[
            "kube-linter:non-isolated-pod", "kube-score:pod-networkpolicy", "polaris:missingNetworkPolicy",
            "checkov:CKV2_K8S_6", "kubescape:C-0030", "kubescape:C-0260", "kyverno:require-network-policy",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::Network, since: "0.1.0",
        fix: FixKind::None,
        options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let foreign =
        ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy", "AdminNetworkPolicy", "GlobalNetworkPolicy"];
    if workspace.objects().any(|(_, object)| foreign.contains(&&*object.kind)) {
        return;
    }
    for (file, object) in workspace.objects().filter(|(_, object)| !object.pods.is_empty()) {
        let mut policies =
            workspace.objects().filter_map(|(_, policy)| Some((policy, policy.relations.pod_selector.as_ref()?)));
        let mut pods = object.pods.iter();
        let isolated = policies.any(|(policy, (selector, _))| {
            let near = policy.namespace.is_none() || object.namespace.is_none() || policy.namespace == object.namespace;
            near && pods.clone().all(|pod| pod.labels.as_ref().is_none_or(|labels| selector.matches(labels)))
        });
        if !isolated && pods.next().is_some() {
            sink.report_in(file.id, object.span, format!("no NetworkPolicy selects the pods of {}", object.title()))
                .caption("open to all")
                .help("add a NetworkPolicy for the pods");
        }
    }
}
