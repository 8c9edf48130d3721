//! What an object says of others: by name, by selector, by port.

use std::collections::BTreeSet;

use crate::kubernetes::{LabelSelector, Object, PodSpec, is_placeholder, labels};
use crate::source::Span;
use crate::workspace::{
    Amount, AutoscalerFacts, BackendFacts, BoundFacts, BudgetFacts, MonitorFacts, Port, Relations, RouteFacts,
    ServicePorts, SourceFacts,
};
use crate::yaml::Node;

/// The relations of an object.
pub fn of(object: &Object<'_>) -> Relations {
    let mut found = Relations::default();
    let pods = object.pod_specs();
    found.sources = pods.iter().flat_map(sources).collect();
    found.service_accounts = pods.iter().filter_map(service_account).collect();
    if ["ConfigMap", "Secret"].contains(&object.kind) && object.api_version == "v1" {
        found.keys = Some(keys(object));
    }
    if object.group().contains('.') && pods.is_empty() {
        found.own_labels = labels(object.metadata("labels"));
    }
    if object.kind == "Kustomization" {
        found.generated = generated(object);
    }
    if object.group() == "rbac.authorization.k8s.io" {
        found.bound = bound(object);
    }
    let Some(spec) = object.node.get("spec") else { return found };
    if !pods.is_empty() {
        found.replicas = spec.get("replicas").and_then(|node| Some((node.as_i64()?, node.span())));
    }
    match (object.group(), object.kind) {
        ("", "Service") => {
            found.service_ports = Some(service_ports(spec));
            found.own_labels = labels(object.metadata("labels"));
        }
        ("monitoring.coreos.com", "ServiceMonitor" | "PodMonitor") => found.monitor = monitor(object, spec),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            found.autoscaler = autoscaler(spec, "scaleTargetRef", "minReplicas", true);
        }
        ("keda.sh", "ScaledObject") => {
            found.autoscaler = autoscaler(spec, "scaleTargetRef", "minReplicaCount", true);
        }
        ("autoscaling.k8s.io", "VerticalPodAutoscaler") => {
            found.autoscaler = autoscaler(spec, "targetRef", "minReplicas", false);
        }
        ("policy", "PodDisruptionBudget") => found.budget = budget(spec),
        ("networking.k8s.io" | "extensions", "Ingress") => {
            found.backends = ingress_backends(spec);
            found.routes = routes(object, spec);
        }
        ("networking.k8s.io" | "extensions", "NetworkPolicy") => {
            found.pod_selector = selector(spec, "podSelector");
            found.peer_selectors = peers(spec);
        }
        ("gateway.networking.k8s.io", _) => found.backends = route_backends(spec),
        ("apps", "StatefulSet") => found.governing_service = spec.get("serviceName").and_then(word),
        _ => {}
    }
    found
}

/// A text that is what it says, with its place.
fn word(node: Node<'_>) -> Option<(String, Span)> {
    let text = node.text().filter(|text| !text.is_empty() && !is_placeholder(text))?;
    Some((text.to_owned(), node.span()))
}

fn selector(spec: Node<'_>, key: &str) -> Option<(LabelSelector, Span)> {
    let entry = spec.entry(key)?;
    Some((LabelSelector::parse(entry.value)?, entry.key_span()))
}

/// The names of what a kustomization generates.
fn generated(object: &Object<'_>) -> BTreeSet<String> {
    let lists = ["configMapGenerator", "secretGenerator"].into_iter().filter_map(|key| object.node.get(key));
    lists.flat_map(Node::items).filter_map(|item| Some(item.get("name")?.text()?.to_owned())).collect()
}

/// The service account of a pod, by its name of today or of old.
fn service_account(pod: &PodSpec<'_>) -> Option<(String, Span)> {
    word(pod.node.get("serviceAccountName").or_else(|| pod.node.get("serviceAccount"))?)
}

/// The peers of a NetworkPolicy that are pods of its own namespace.
fn peers(spec: Node<'_>) -> Vec<(LabelSelector, Span)> {
    let lists = [("ingress", "from"), ("egress", "to")].into_iter().flat_map(|(rules, peers)| {
        let rules = spec.get(rules).into_iter().flat_map(Node::items);
        rules.filter_map(move |rule| rule.get(peers)).flat_map(Node::items)
    });
    lists
        .filter(|peer| peer.get("namespaceSelector").is_none())
        .filter_map(|peer| selector(peer, "podSelector"))
        .collect()
}

/// What a ServiceMonitor or a PodMonitor watches; without `namespaceSelector` it looks in its own namespace.
fn monitor(object: &Object<'_>, spec: Node<'_>) -> Option<MonitorFacts> {
    let (selector, span) = selector(spec, "selector")?;
    let place = spec.get("namespaceSelector");
    let any = place.and_then(|place| place.get("any")).and_then(Node::as_bool) == Some(true);
    let named = place.and_then(|place| place.get("matchNames")).into_iter().flat_map(Node::items);
    let mut namespaces: Vec<String> = named.filter_map(Node::text).map(str::to_owned).collect();
    if namespaces.is_empty() {
        namespaces.extend(object.namespace().map(str::to_owned));
    }
    Some(MonitorFacts { selector, span, namespaces: Some(namespaces).filter(|list| !any && !list.is_empty()) })
}

/// The role and the service accounts that a binding names.
fn bound(object: &Object<'_>) -> Vec<BoundFacts> {
    let role = object.node.get("roleRef").into_iter();
    let accounts = object.node.get("subjects").into_iter().flat_map(Node::items);
    let facts = role.chain(accounts).filter_map(|reference| {
        let kind = reference.get("kind")?.text()?.to_owned();
        let (name, span) = word(reference.get("name")?)?;
        let namespace = reference.get("namespace").and_then(Node::text);
        let namespace = namespace.or(object.namespace()).map(str::to_owned);
        Some(BoundFacts { kind, name, namespace, span })
    });
    facts.filter(|facts| ["Role", "ClusterRole", "ServiceAccount"].contains(&&*facts.kind)).collect()
}

fn keys(object: &Object<'_>) -> BTreeSet<String> {
    let maps = ["data", "stringData", "binaryData"].into_iter().filter_map(|key| object.node.get(key));
    maps.flat_map(Node::entries).filter_map(|entry| Some(entry.key_text()?.to_owned())).collect()
}

fn service_ports(spec: Node<'_>) -> ServicePorts {
    let mut found = ServicePorts {
        headless: spec.get("clusterIP").and_then(Node::text) == Some("None"),
        external: spec.get("type").and_then(Node::text) == Some("ExternalName"),
        ..ServicePorts::default()
    };
    for port in spec.get("ports").into_iter().flat_map(Node::items) {
        match port.get("port").and_then(Node::as_i64) {
            Some(number) => found.numbers.insert(number),
            None => std::mem::replace(&mut found.open, true),
        };
        found.names.extend(port.get("name").and_then(Node::text).map(str::to_owned));
    }
    found
}

fn autoscaler(spec: Node<'_>, target: &str, min: &str, horizontal: bool) -> Option<AutoscalerFacts> {
    let target = spec.get(target)?;
    let (name, span) = word(target.get("name")?)?;
    let kind = target.get("kind").and_then(Node::text).unwrap_or("Deployment").to_owned();
    let min = match spec.get(min) {
        Some(node) => node.as_i64(),
        None => Some(1),
    };
    Some(AutoscalerFacts { kind, name, span, min, horizontal })
}

fn budget(spec: Node<'_>) -> Option<BudgetFacts> {
    let min_available = spec.get("minAvailable").and_then(|node| Some((amount(node)?, node.span())));
    Some(BudgetFacts { selector: LabelSelector::parse(spec.get("selector")?)?, min_available })
}

fn amount(node: Node<'_>) -> Option<Amount> {
    match node.as_i64() {
        Some(count) => Some(Amount::Count(count)),
        None => node.as_str()?.strip_suffix('%')?.parse().ok().map(Amount::Percent),
    }
}

/// The Services of an Ingress: `backend.service` of today, `serviceName` of the old versions.
fn ingress_backends(spec: Node<'_>) -> Vec<BackendFacts> {
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let paths = rules.filter_map(|rule| rule.get("http")?.get("paths")).flat_map(Node::items);
    let backends = paths.filter_map(|path| path.get("backend"));
    let whole = ["defaultBackend", "backend"].into_iter().filter_map(|key| spec.get(key));
    backends.chain(whole).filter_map(ingress_backend).collect()
}

fn ingress_backend(backend: Node<'_>) -> Option<BackendFacts> {
    let (name, port) = match backend.get("service") {
        Some(service) => {
            let port = service.get("port");
            (service.get("name")?, port.and_then(|port| port.get("number").or_else(|| port.get("name"))))
        }
        None => (backend.get("serviceName")?, backend.get("servicePort")),
    };
    let (service, span) = word(name)?;
    let port = port.filter(|port| port.text().is_some_and(|text| !is_placeholder(text)));
    let port = port.and_then(|node| {
        let port = match node.as_i64() {
            Some(number) => Port::Number(number),
            None => Port::Name(node.as_str()?.to_owned()),
        };
        Some((port, node.span()))
    });
    Some(BackendFacts { service, namespace: None, span, port })
}

/// The Services that a route of the Gateway API sends to.
fn route_backends(spec: Node<'_>) -> Vec<BackendFacts> {
    let rules = spec.get("rules").into_iter().flat_map(Node::items);
    let references = rules.filter_map(|rule| rule.get("backendRefs")).flat_map(Node::items);
    let service = references.filter(|reference| {
        let is = |key: &str, wanted: &str| reference.get(key).and_then(Node::text).is_none_or(|text| text == wanted);
        is("kind", "Service") && is("group", "")
    });
    let facts = service.filter_map(|reference| {
        let (service, span) = word(reference.get("name")?)?;
        let port = reference.get("port").and_then(|node| Some((Port::Number(node.as_i64()?), node.span())));
        let namespace = reference.get("namespace").and_then(Node::text).map(str::to_owned);
        Some(BackendFacts { service, namespace, span, port })
    });
    facts.collect()
}

fn routes(object: &Object<'_>, spec: Node<'_>) -> Vec<RouteFacts> {
    let canary = object.annotation("nginx.ingress.kubernetes.io/canary").and_then(Node::text) == Some("true");
    let class = spec.get("ingressClassName").or_else(|| object.annotation("kubernetes.io/ingress.class"));
    let class = class.and_then(Node::text).unwrap_or_default();
    let mut found = Vec::new();
    for rule in spec.get("rules").filter(|_| !canary).into_iter().flat_map(Node::items) {
        let host = rule.get("host").and_then(Node::text).unwrap_or_default();
        let paths = rule.get("http").and_then(|http| http.get("paths"));
        for path in paths.into_iter().flat_map(Node::items) {
            let node = path.get("path").or_else(|| rule.get("host"));
            let text = path.get("path").and_then(Node::text).unwrap_or("/");
            if let Some(node) = node.filter(|_| !is_placeholder(host) && !is_placeholder(text)) {
                let (class, host, path) = (class.to_owned(), host.to_owned(), text.to_owned());
                found.push(RouteFacts { class, host, path, span: node.span() });
            }
        }
    }
    found
}

/// The ConfigMaps and Secrets that a pod cannot start without.
fn sources(pod: &PodSpec<'_>) -> Vec<SourceFacts> {
    let mut found = Vec::new();
    for container in pod.containers() {
        for from in container.items("env").filter_map(|variable| variable.get("valueFrom")) {
            for (field, kind) in [("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")] {
                found.extend(from.get(field).and_then(|reference| source(reference, kind, "name", true)));
            }
        }
        for from in container.items("envFrom") {
            for (field, kind) in [("secretRef", "Secret"), ("configMapRef", "ConfigMap")] {
                found.extend(from.get(field).and_then(|reference| source(reference, kind, "name", true)));
            }
        }
    }
    for volume in pod.volumes() {
        for (field, kind, name) in [("secret", "Secret", "secretName"), ("configMap", "ConfigMap", "name")] {
            found.extend(volume.get(field).and_then(|reference| source(reference, kind, name, false)));
        }
        // A StatefulSet puts its own claim in the place of a volume of that name.
        let claims = pod.object.node.get("spec").and_then(|spec| spec.get("volumeClaimTemplates"));
        let name = |node: Node<'_>| node.get("name").and_then(Node::text).map(str::to_owned);
        let is_own =
            |claim: Node<'_>| claim.get("metadata").and_then(name).is_some_and(|own| name(volume) == Some(own));
        let own = claims.is_some_and(|claims| claims.items().any(is_own));
        let claim = volume.get("persistentVolumeClaim").filter(|_| !own);
        found.extend(claim.and_then(|claim| source(claim, "PersistentVolumeClaim", "claimName", false)));
        let projected = volume.get("projected").and_then(|projected| projected.get("sources"));
        for part in projected.into_iter().flat_map(Node::items) {
            for (field, kind) in [("secret", "Secret"), ("configMap", "ConfigMap")] {
                found.extend(part.get(field).and_then(|reference| source(reference, kind, "name", false)));
            }
        }
    }
    found
}

fn source(reference: Node<'_>, kind: &str, name: &str, variable: bool) -> Option<SourceFacts> {
    if reference.get("optional").and_then(Node::as_bool) == Some(true) {
        return None;
    }
    let (name, span) = word(reference.get(name)?)?;
    let key = reference.get("key").and_then(word);
    Some(SourceFacts { kind: kind.to_owned(), name, span, key, variable })
}
