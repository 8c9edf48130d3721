//! The facts of a file of manifests: objects, pods, Services.

use crate::document::ManifestDocument;
use crate::kubernetes::{Container, LabelSelector, Object, PodSpec, Role};
use crate::source::Span;
use crate::workspace::{ContainerFacts, Facts, ObjectFacts, PodFacts, PortFacts, ServiceFacts};
use crate::yaml::Node;

/// The facts of a file of manifests.
pub fn of_manifest(document: &ManifestDocument, objects: &[Object<'_>]) -> Facts {
    Facts {
        objects: objects.iter().map(object).collect(),
        dockerfile: None,
        incomplete: !document.is_complete() || document.transforms.labels || document.transforms.patched,
        namespace_set: document.transforms.namespace,
    }
}

fn object(object: &Object<'_>) -> ObjectFacts {
    ObjectFacts {
        api_version: object.api_version.to_owned(),
        kind: object.kind.to_owned(),
        namespace: object.namespace().map(str::to_owned),
        namespace_span: object.metadata("namespace").map(Node::span),
        name: object.name_text().to_owned(),
        span: object.span(),
        pods: object.pod_specs().iter().map(pod).collect(),
        service: service(object),
        relations: super::relations::of(object),
    }
}

fn pod(pod: &PodSpec<'_>) -> PodFacts {
    let arch = pod.node.get("nodeSelector").and_then(|selector| selector.get("kubernetes.io/arch"));
    PodFacts {
        labels: pod.labels(),
        containers: pod.containers().iter().map(container).collect(),
        arch: arch.and_then(|arch| Some((arch.text()?.to_owned(), arch.span()))),
        keeps_running: !matches!(pod.object.kind, "Job" | "CronJob" | "Pod"),
    }
}

fn container(container: &Container<'_>) -> ContainerFacts {
    let own = |key: &str| container.security_context(key).or_else(|| container.pod.security_context(key));
    let image = container.image();
    ContainerFacts {
        name: container.name().to_owned(),
        image: image.and_then(|image| Some((image.text()?.to_owned(), image.span()))),
        run_as_non_root: own("runAsNonRoot").filter(|value| value.as_bool() == Some(true)).map(Node::span),
        run_as_user: own("runAsUser").and_then(Node::as_i64),
        user_namespace: container.pod.node.get("hostUsers").and_then(Node::as_bool) == Some(false),
        span: container.span(),
        ports: ports(container),
        programs: programs(container),
        probed: ["livenessProbe", "readinessProbe"].iter().any(|key| container.node.get(key).is_some()),
        main: container.role == Role::App,
        ready_probed: container.node.get("readinessProbe").is_some(),
    }
}

fn ports(container: &Container<'_>) -> Vec<PortFacts> {
    let items = container.node.get("ports").into_iter().flat_map(Node::items);
    let ports = items.filter_map(|port| {
        let number = port.get("containerPort")?;
        Some(PortFacts {
            name: port.get("name").and_then(Node::text).map(str::to_owned),
            number: number.as_i64(),
            span: number.span(),
            configured: number.text().is_some_and(|number| is_configured(container, number)),
        })
    });
    ports.collect()
}

/// Whether `number` stands in the environment, command or arguments of a container.
fn is_configured(container: &Container<'_>, number: &str) -> bool {
    let words = ["command", "args"].into_iter().filter_map(|key| container.node.get(key)).flat_map(Node::items);
    let env = container.node.get("env").into_iter().flat_map(Node::items);
    let values = env.filter_map(|variable| variable.get("value"));
    let opaque = ["envFrom"].iter().any(|key| container.node.get(key).is_some());
    opaque || words.chain(values).filter_map(Node::text).any(|text| text.contains(number))
}

/// The programs that the manifest runs in a container.
fn programs(container: &Container<'_>) -> Vec<(String, Span)> {
    let node = container.node;
    let probes = ["livenessProbe", "readinessProbe", "startupProbe"].into_iter().filter_map(|key| node.get(key));
    let hooks = node.get("lifecycle").into_iter().flat_map(Node::entries).map(|hook| hook.value);
    let exec = probes.chain(hooks).filter_map(|action| action.get("exec")?.get("command"));
    let first = node.get("command").into_iter().chain(exec).filter_map(|command| command.items().next());
    first.filter_map(|word| Some((word.text()?.to_owned(), word.span()))).collect()
}

/// A Service that selects pods; an ExternalName or one without a selector does not.
fn service(object: &Object<'_>) -> Option<ServiceFacts> {
    if object.kind != "Service" || object.api_version != "v1" {
        return None;
    }
    let spec = object.node.get("spec")?;
    let entry = spec.entry("selector")?;
    let external = spec.get("type").and_then(Node::text) == Some("ExternalName");
    if external || !entry.value.is_mapping() || entry.value.is_empty() {
        return None;
    }
    let values = entry.value.entries().filter_map(|label| Some((label.key.text()?.to_owned(), label.value.span())));
    Some(ServiceFacts {
        selector: LabelSelector::from_map(entry.value)?,
        values: values.collect(),
        span: entry.key_span(),
        target_names: targets(spec, |node| node.as_str().map(str::to_owned)),
        target_numbers: targets(spec, |node| node.as_i64()),
    })
}

/// The target ports of a Service that `read` understands.
fn targets<T>(spec: Node<'_>, read: impl Fn(Node<'_>) -> Option<T>) -> Vec<(T, Span)> {
    let ports = spec.get("ports").into_iter().flat_map(Node::items);
    let targets = ports.filter_map(|port| port.get("targetPort"));
    targets.filter_map(|target| Some((read(target)?, target.span()))).collect()
}
