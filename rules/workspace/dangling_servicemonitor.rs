//! `dangling-servicemonitor`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{MonitorFacts, Workspace};

crate::rule! {
    /// Flags a ServiceMonitor that selects no Service, and a PodMonitor that selects no pod.
    ///
    /// ## Why
    /// Nothing is scraped, and an alert on what is never measured never fires. A ServiceMonitor goes by the labels of the
    /// Service itself, not by its selector.
    ///
    /// ```yaml bad
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   ^^^^^^^^ ServiceMonitor `web` selects no Service of the repository
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: ServiceMonitor
    /// metadata: {name: web, namespace: monitoring}
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   namespaceSelector: {matchNames: [shop]}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web, namespace: shop, labels: {app: web}}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ```
    /// ```yaml good
    /// apiVersion: monitoring.coreos.com/v1
    /// kind: PodMonitor
    /// metadata: {name: all}
    /// spec: {selector: {}}
    /// ```
    pub RULE {
        name: "dangling-servicemonitor",
        aliases: &["kube-linter:dangling-servicemonitor"],
        severity: Severity::Medium, tier: Tier::Pedantic, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects() {
        let Some(monitor) = &object.relations.monitor else { continue };
        let pods = object.kind == "PodMonitor";
        if file.facts.incomplete || monitor.selector.requirements.is_empty() || finds(workspace, monitor, pods) {
            continue;
        }
        let what = if pods { "pod" } else { "Service" };
        sink.report_in(file.id, monitor.span, format!("{} selects no {what} of the repository", object.title()))
            .caption("selects nothing")
            .help(format!("correct the labels or `namespaceSelector`, or label the {what}"));
    }
}

fn finds(workspace: &Workspace, monitor: &MonitorFacts, pods: bool) -> bool {
    let places = match &monitor.namespaces {
        Some(names) => names.iter().map(|name| Some(name.as_str())).collect(),
        None => vec![None],
    };
    // Services of the cluster itself are in no repository.
    let labels = [("component", "apiserver"), ("provider", "kubernetes")];
    let own = labels.map(|(key, value)| (key.to_owned(), value.to_owned())).into_iter().collect();
    let is_system = |place: Option<&str>| place.is_some_and(|place| place.starts_with("kube-"));
    if monitor.selector.matches(&own) || places.iter().any(|place| is_system(*place)) {
        return true;
    }
    let service = |place: Option<&str>| {
        workspace.objects().filter(|(_, object)| object.may_be_in(place)).any(|(file, object)| {
            let fits = || {
                let labels = object.relations.own_labels.as_ref();
                file.facts.incomplete || labels.is_none_or(|labels| monitor.selector.matches(labels))
            };
            let is_service = object.kind == "Service" && object.group().is_empty();
            is_service && fits() || object.may_make(&monitor.selector)
        })
    };
    places.into_iter().any(|place| match pods {
        true => workspace.may_select(place, &monitor.selector),
        false => service(place),
    })
}
