//! `dangling-service`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::{Labels, Operator};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{KnownFile, ObjectFacts, PodFacts, ServiceFacts, Workspace};

crate::rule! {
    /// Flags a Service whose selector matches no pod of the repository.
    ///
    /// ## Why
    /// The Service has no endpoints: every connection to it fails, and nothing says why.
    ///
    /// A Service may select pods that live elsewhere. So the rule speaks up only when the whole repository is known.
    /// By default it reports a Service beside a workload that differs from the selector by what looks like a slip, and
    /// a Service that selects by plain labels in a repository where nothing else could make its pods: no custom
    /// resources, no templates, no kustomization that adds labels. When it is selected by name it reports every Service
    /// without pods.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector:
    ///     app: wbe
    ///          ^^^ Service `web` selects no pod: its label `app: wbe` differs from `app: web` of Deployment `web`
    ///   ports: [{port: 80}]
    /// ---
    /// apiVersion: apps/v1
    /// kind: Deployment
    /// metadata: {name: web}
    ///                  --- the pods of Deployment `web`
    /// spec:
    ///   selector: {matchLabels: {app: web}}
    ///   template:
    ///     metadata: {labels: {app: web}}
    ///     spec:
    ///       containers:
    ///       - name: web
    ///         image: example.com/web:1.4
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec:
    ///   selector: {app: web}
    ///   ^^^^^^^^ Service `web` selects no pod: none in the repository has the labels app=web
    ///   ports: [{port: 80}]
    /// ```
    /// A Service without a selector, or of type ExternalName, selects nothing on purpose:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: database}
    /// spec: {type: ExternalName, externalName: db.example.com, selector: {app: x}}
    /// ---
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: legacy}
    /// spec: {ports: [{port: 80}]}
    /// ```
    /// The pods of a custom resource count:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: web}
    /// spec: {selector: {app: web}, ports: [{port: 80}]}
    /// ---
    /// apiVersion: argoproj.io/v1alpha1
    /// kind: Rollout
    /// metadata: {name: web}
    /// spec:
    ///   template:
    ///     metadata: {labels: {app: web, tier: front}}
    ///     spec: {containers: [{name: web, image: "example.com/web:1.4"}]}
    /// ```
    /// An operator may make the pods; nothing is said by default:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Service
    /// metadata: {name: db}
    /// spec: {selector: {cluster-name: db}, ports: [{port: 5432}]}
    /// ---
    /// apiVersion: postgresql.example.com/v1
    /// kind: Cluster
    /// metadata: {name: db}
    /// spec: {instances: 3}
    /// ```
    pub RULE {
        name: "dangling-service",
        aliases: &["kube-linter:dangling-service", "kube-score:service-targets-pod", "kubescape:C-0293"],
        severity: Severity::High, tier: Tier::Default, family: Family::Reference, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Absence, check }],
    }
}

/// A pod with the object and file it stands in.
type Pod<'w> = (&'w KnownFile, &'w ObjectFacts, &'w PodFacts);

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    let pods: Vec<Pod<'_>> =
        workspace.objects().flat_map(|(file, object)| object.pods.iter().map(move |pod| (file, object, pod))).collect();
    let open_world = workspace.files.iter().any(|file| file.facts.incomplete) || has_custom_resources(workspace);
    for (file, object) in workspace.objects() {
        let Some(service) = &object.service else { continue };
        let near: Vec<&Pod<'_>> = pods.iter().filter(|pod| may_share_namespace(object, pod.1)).collect();
        let matched =
            near.iter().any(|pod| pod.2.labels.as_ref().is_none_or(|labels| service.selector.matches(labels)));
        if matched {
            continue;
        }
        if let Some((slip, pod)) = near.iter().find_map(|pod| Some((slip(workspace, file, service, pod)?, *pod))) {
            report_slip(file, object, service, &slip, pod, sink);
        } else {
            report_nothing(file, object, service, open_world, sink);
        }
    }
}

/// A label that was meant otherwise.
struct Slip {
    key: String,
    wrong: String,
    right: String,
}

fn report_slip(
    file: &KnownFile,
    object: &ObjectFacts,
    service: &ServiceFacts,
    slip: &Slip,
    (pod_file, owner, _): &Pod<'_>,
    sink: &mut Sink<'_>,
) {
    let Slip { key, wrong, right } = slip;
    let title = format!("{} `{}`", owner.kind, owner.name);
    let message = format!(
        "Service `{}` selects no pod: its label `{key}: {wrong}` differs from `{key}: {right}` of {title}",
        object.name
    );
    let span = service.values.get(key).copied().unwrap_or(service.span);
    sink.report_in(file.id, span, message)
        .caption("no pod has this label")
        .label_in(pod_file.id, owner.span, format!("the pods of {title}"))
        .help(format!("write `{key}: {right}`, if these are the pods that are meant"));
}

fn report_nothing(file: &KnownFile, object: &ObjectFacts, service: &ServiceFacts, open: bool, sink: &mut Sink<'_>) {
    let labels: Vec<String> =
        service.selector.requirements.iter().map(|one| format!("{}={}", one.key, one.values.join(","))).collect();
    let message = format!(
        "Service `{}` selects no pod: none in the repository has the labels {}",
        object.name,
        labels.join(", ")
    );
    let plain = service.selector.requirements.iter().all(|one| is_plain(&one.key));
    let system = object.namespace.as_deref().is_some_and(|namespace| namespace.starts_with("kube-"));
    let finding = sink.report_in(file.id, service.span, message);
    finding.help("correct the selector, or add the workload; where the pods live elsewhere, suppress this finding");
    if open || !plain || system {
        finding.pedantic();
    }
}

/// Whether a label is one that authors write by hand, not one that a controller puts on its pods.
fn is_plain(key: &str) -> bool {
    match key.split_once('/') {
        None => ["app", "name", "component", "tier", "service", "role", "run"].contains(&key),
        Some((prefix, name)) => prefix == "app.kubernetes.io" && name != "managed-by",
    }
}

/// Whether two objects may end up in one namespace: a namespace that is left open may be any.
fn may_share_namespace(a: &ObjectFacts, b: &ObjectFacts) -> bool {
    match (&a.namespace, &b.namespace) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Whether the repository has objects that something outside of it turns into pods.
fn has_custom_resources(workspace: &Workspace) -> bool {
    workspace.objects().any(|(_, object)| {
        let group = object.api_version.split_once('/').map_or("", |(group, _)| group);
        group.contains('.') && !group.ends_with(".k8s.io") && object.pods.is_empty()
    })
}

/// The one label by which the pods of the same folder miss the selector, if it looks like a slip and no other Service
/// selects those pods.
fn slip(workspace: &Workspace, file: &KnownFile, service: &ServiceFacts, pod: &Pod<'_>) -> Option<Slip> {
    let labels = pod.2.labels.as_ref()?;
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    if folder(&file.path) != folder(&pod.0.path) || is_selected(workspace, pod.1, labels) {
        return None;
    }
    let missed: Vec<_> = (service.selector.requirements.iter())
        .filter(|one| {
            one.operator != Operator::In || labels.get(&one.key).is_none_or(|value| !one.values.contains(value))
        })
        .collect();
    let [missed] = missed.as_slice() else { return None };
    let (wrong, right) = (missed.values.first()?, labels.get(&missed.key)?);
    let alike = strsim::damerau_levenshtein(wrong, right) <= 2 && wrong.len() > 2 || wrong.eq_ignore_ascii_case(right);
    let numbered =
        wrong.trim_end_matches(|c: char| c.is_ascii_digit()) == right.trim_end_matches(|c: char| c.is_ascii_digit());
    (alike && !numbered).then(|| Slip { key: missed.key.clone(), wrong: wrong.clone(), right: right.clone() })
}

fn is_selected(workspace: &Workspace, owner: &ObjectFacts, labels: &Labels) -> bool {
    let services = workspace.objects().filter(|(_, object)| may_share_namespace(object, owner));
    services.into_iter().any(|(_, object)| object.service.as_ref().is_some_and(|own| own.selector.matches(labels)))
}
