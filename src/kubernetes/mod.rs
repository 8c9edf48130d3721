//! Views over the YAML tree: objects, pod specifications, containers.
//!
//! A view is a `Copy` pair of a node and what is known of it; it owns nothing and decodes on demand. [`place`] decides
//! where a finding about something missing stands, so that every rule puts it at the same place.

pub mod api_versions;
pub mod component;
mod image;
pub mod kustomize;
pub mod names;
mod paths;
pub mod place;
pub mod pod_security;
pub mod probe;
mod quantity;
pub mod rbac;
mod selector;
mod version;

pub use image::ImageRef;
pub use paths::Shape;
pub use quantity::Quantity;
pub use selector::{LabelSelector, Labels, Operator, Requirement, labels};
pub use version::Version;

use crate::source::Span;
use crate::yaml::{Document, Entry, Node};

/// How deep pod specifications are searched for in custom resources.
const SEARCH_DEPTH: u32 = 12;

/// A Kubernetes object: a mapping with `apiVersion` and `kind`.
#[derive(Clone, Copy, Debug)]
pub struct Object<'d> {
    /// The mapping.
    pub node: Node<'d>,
    /// `apiVersion` as written.
    pub api_version: &'d str,
    /// `kind` as written.
    pub kind: &'d str,
}

impl<'d> Object<'d> {
    /// The objects of a document: its root, or the items of a `List`.
    pub fn of_document(document: Document<'d>) -> Vec<Self> {
        let mut objects = Vec::new();
        Self::collect(document.root, &mut objects, 0);
        objects
    }

    fn collect(node: Node<'d>, objects: &mut Vec<Self>, depth: u32) {
        let Some(object) = Self::new(node) else { return };
        let is_list = object.kind.ends_with("List") && object.node.get("items").is_some_and(Node::is_sequence);
        if is_list && depth < 8 {
            let items = object.node.get("items").into_iter().flat_map(Node::items);
            items.for_each(|item| Self::collect(item, objects, depth + 1));
        } else {
            objects.push(object);
        }
    }

    /// The view, if `node` is an object.
    pub fn new(node: Node<'d>) -> Option<Self> {
        let api_version = node.get("apiVersion")?.text()?;
        let kind = node.get("kind")?.text()?;
        (!api_version.is_empty() && !kind.is_empty()).then_some(Self { node, api_version, kind })
    }

    /// The API group; empty for the core group.
    pub fn group(&self) -> &'d str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// `metadata.<key>`.
    pub fn metadata(&self, key: &str) -> Option<Node<'d>> {
        self.node.get("metadata")?.get(key)
    }

    /// `metadata.name`, or `metadata.generateName`.
    pub fn name(&self) -> Option<Node<'d>> {
        self.metadata("name").or_else(|| self.metadata("generateName"))
    }

    /// The name as text; empty where there is none.
    pub fn name_text(&self) -> &'d str {
        self.name().and_then(Node::text).unwrap_or_default()
    }

    /// `metadata.namespace`, where written.
    pub fn namespace(&self) -> Option<&'d str> {
        self.metadata("namespace").and_then(Node::text).filter(|text| !text.is_empty())
    }

    /// The value of the annotation `key`.
    pub fn annotation(&self, key: &str) -> Option<Node<'d>> {
        self.metadata("annotations")?.get(key)
    }

    /// Where a finding about the whole object stands: the value of `metadata.name`, else of `kind`.
    pub fn span(&self) -> Span {
        let name = self.metadata("name").filter(|name| name.text().is_some_and(|text| !text.is_empty()));
        name.map_or_else(|| self.kind_span(), Node::span)
    }

    /// Where the value of `kind` stands; something missing at the root of the object is reported there.
    pub fn kind_span(&self) -> Span {
        self.node.get("kind").unwrap_or(self.node).span()
    }

    /// `Deployment web`, as messages call it.
    pub fn title(&self) -> String {
        match self.name_text() {
            "" => self.kind.to_owned(),
            name => format!("{} `{name}`", self.kind),
        }
    }

    /// The pod specifications of the object, in the order they are written.
    pub fn pod_specs(&self) -> Vec<PodSpec<'d>> {
        let mut found = Vec::new();
        for (path, shape) in paths::pod_paths(self.group(), self.kind) {
            let segments: Vec<&str> = path.split('.').collect();
            self.follow(&segments, self.node, None, shape, &mut found);
        }
        let unknown_kind = paths::pod_paths(self.group(), self.kind).next().is_none();
        if unknown_kind && paths::may_hold_pods(self.group()) {
            self.search(self.node, None, 0, &mut found);
        }
        found
    }

    fn follow(
        &self,
        path: &[&str],
        node: Node<'d>,
        parent: Option<Node<'d>>,
        shape: Shape,
        found: &mut Vec<PodSpec<'d>>,
    ) {
        match path.split_first() {
            None if node.is_mapping() => {
                found.push(PodSpec { object: *self, node, template: parent, shape, known: true })
            }
            None => {}
            Some((&"*", rest)) => {
                let values = node.items().chain(node.entries().map(|entry| entry.value));
                values.for_each(|value| self.follow(rest, value, Some(node), shape, found));
            }
            Some((key, rest)) => {
                if let Some(value) = node.get(key) {
                    self.follow(rest, value, Some(node), shape, found);
                }
            }
        }
    }

    /// Looks for pods by structure: a mapping whose `containers` have a name and an image each.
    fn search(&self, node: Node<'d>, parent: Option<Node<'d>>, depth: u32, found: &mut Vec<PodSpec<'d>>) {
        if depth > SEARCH_DEPTH {
            return;
        }
        let containers = node.get("containers").filter(|list| list.is_sequence() && !list.is_empty());
        let complete = |item: Node<'d>| item.get("name").is_some() && item.get("image").is_some();
        if containers.is_some_and(|list| list.items().all(complete)) {
            found.push(PodSpec { object: *self, node, template: parent, shape: Shape::Pod, known: false });
            return;
        }
        let below = node.items().chain(node.entries().map(|entry| entry.value));
        below.for_each(|value| self.search(value, Some(node), depth + 1, found));
    }
}

/// A pod specification.
#[derive(Clone, Copy, Debug)]
pub struct PodSpec<'d> {
    /// The object it belongs to.
    pub object: Object<'d>,
    /// The mapping with `containers`.
    pub node: Node<'d>,
    /// The mapping that holds `spec`: the pod or its template, with `metadata`.
    pub template: Option<Node<'d>>,
    /// How its containers are written.
    pub shape: Shape,
    /// Whether its kind is known to run it as it is written. Otherwise it was found by its look, and an operator may
    /// add what it lacks.
    pub known: bool,
}

impl<'d> PodSpec<'d> {
    /// Every container in the order the kubelet starts them: init containers, containers, ephemeral ones.
    pub fn containers(&self) -> Vec<Container<'d>> {
        let lists: &[(&str, Role)] = match self.shape {
            Shape::Pod => {
                &[("initContainers", Role::Init), ("containers", Role::App), ("ephemeralContainers", Role::Ephemeral)]
            }
            Shape::Steps => &[("steps", Role::App), ("sidecars", Role::App)],
            Shape::WorkflowTemplate => &[
                ("initContainers", Role::Init),
                ("container", Role::App),
                ("script", Role::App),
                ("sidecars", Role::App),
            ],
        };
        let mut found = Vec::new();
        for (key, role) in lists {
            let Some(list) = self.node.get(key) else { continue };
            let single = list.is_mapping().then_some(list);
            let items = list.items().chain(single).filter(|item| item.is_mapping());
            found.extend(items.map(|node| Container { pod: *self, node, role: role.of(node) }));
        }
        found
    }

    /// `securityContext.<key>` of the pod.
    pub fn security_context(&self, key: &str) -> Option<Node<'d>> {
        self.node.get("securityContext")?.get(key)
    }

    /// Whether the pod says that it is for Windows: by `os.name` or by its node selector.
    pub fn is_windows(&self) -> bool {
        let selector = self.node.get("nodeSelector").and_then(|labels| labels.get("kubernetes.io/os"));
        self.is_declared_windows() || selector.and_then(Node::text) == Some("windows")
    }

    /// Whether `os.name` is `windows`, which is what the API itself goes by.
    pub fn is_declared_windows(&self) -> bool {
        self.node.get("os").and_then(|os| os.get("name")).and_then(Node::text) == Some("windows")
    }

    /// Whether the pod has a user namespace of its own, where root is not the node's root: `hostUsers: false`.
    pub fn has_user_namespace(&self) -> bool {
        self.node.get("hostUsers").and_then(Node::as_bool) == Some(false)
    }

    /// The value of `key`, if it is true.
    pub fn flag(&self, key: &str) -> Option<Node<'d>> {
        self.node.get(key).filter(|value| value.as_bool() == Some(true))
    }

    /// The volumes.
    pub fn volumes(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.node.get("volumes").into_iter().flat_map(Node::items).filter(|volume| volume.is_mapping())
    }

    /// Whether a container mounts the volume `name` in a way that `holds`.
    pub fn is_mounted(&self, name: &str, holds: fn(Node<'d>) -> bool) -> bool {
        let containers = self.containers().into_iter();
        let mut mounts = containers.flat_map(|container| container.items("volumeMounts"));
        mounts.any(|mount| mount.get("name").and_then(Node::text) == Some(name) && holds(mount))
    }

    /// `resources.<kind>.<name>` of the pod as a whole: `requests`, `memory`.
    pub fn resource(&self, kind: &str, name: &str) -> Option<Node<'d>> {
        self.node.get("resources")?.get(kind)?.get(name).filter(|value| !value.is_null())
    }

    /// Where something missing in the pod's `securityContext` is reported: that key, or where the pod lacks it too,
    /// the key that the specification is the value of.
    pub fn missing_in(&self, key: &str) -> Span {
        let entry = self.node.entry(key).filter(|entry| entry.value.is_mapping() || entry.value.is_null());
        entry.map_or_else(|| self.span(), |entry| entry.key_span())
    }

    /// What messages call the pod: `Pod web`, `the pod of Deployment web`.
    pub fn title(&self) -> String {
        let object = self.object.title();
        if self.object.kind == "Pod" { object } else { format!("the pod of {object}") }
    }

    /// The labels of the pod or its template.
    pub fn labels(&self) -> Option<Labels> {
        labels(self.template.and_then(|template| template.get("metadata")).and_then(|meta| meta.get("labels")))
    }

    /// The annotations of the pod or its template.
    pub fn annotations(&self) -> impl Iterator<Item = Entry<'d>> + use<'d> {
        let meta = self.template.and_then(|template| template.get("metadata"));
        meta.and_then(|meta| meta.get("annotations")).into_iter().flat_map(Node::entries)
    }

    /// Whether the object runs its pod on every node.
    pub fn is_daemon(&self) -> bool {
        self.object.kind == "DaemonSet"
    }

    /// Where something missing in the specification is reported: the key it is the value of.
    pub fn span(&self) -> Span {
        place::missing_in(self.node)
    }
}

/// What a container is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Runs to its end before the others start.
    Init,
    /// An init container that keeps running: `restartPolicy: Always`.
    Sidecar,
    /// One of `containers`.
    App,
    /// Added to a running pod to debug it.
    Ephemeral,
}

impl Role {
    fn of(self, node: Node<'_>) -> Self {
        let always = || node.get("restartPolicy").and_then(Node::text) == Some("Always");
        if self == Self::Init && always() { Self::Sidecar } else { self }
    }
}

/// A container of a pod specification.
#[derive(Clone, Copy, Debug)]
pub struct Container<'d> {
    /// The pod specification it belongs to.
    pub pod: PodSpec<'d>,
    /// Its mapping.
    pub node: Node<'d>,
    /// What it is for.
    pub role: Role,
}

impl<'d> Container<'d> {
    /// Its name; empty where there is none.
    pub fn name(&self) -> &'d str {
        self.node.get("name").and_then(Node::text).unwrap_or_default()
    }

    /// `container web`, as messages call it.
    pub fn title(&self) -> String {
        let word = match self.role {
            Role::Init => "init container",
            Role::Sidecar => "sidecar",
            Role::App => "container",
            Role::Ephemeral => "ephemeral container",
        };
        match self.name() {
            "" => word.to_owned(),
            name => format!("{word} `{name}`"),
        }
    }

    /// Where a finding about the whole container stands: the value of its `name`, else its first key.
    pub fn span(&self) -> Span {
        place::missing_in(self.node)
    }

    /// `securityContext.<key>` of the container itself.
    pub fn security_context(&self, key: &str) -> Option<Node<'d>> {
        self.node.get("securityContext")?.get(key)
    }

    /// `securityContext.<key>` of the container, else of the pod.
    pub fn effective(&self, key: &str) -> Option<Node<'d>> {
        let own = self.security_context(key).filter(|value| !value.is_null());
        own.or_else(|| self.pod.security_context(key).filter(|value| !value.is_null()))
    }

    /// `resources.<kind>.<name>`: `requests`, `memory`.
    pub fn resource(&self, kind: &str, name: &str) -> Option<Node<'d>> {
        self.node.get("resources")?.get(kind)?.get(name).filter(|value| !value.is_null())
    }

    /// Where a resource missing in `resources.<kind>` is reported: at that key, else at `resources`, else at the
    /// container.
    pub fn missing_resource(&self, kind: &str) -> Span {
        let list = self.node.get("resources").and_then(|resources| resources.entry(kind));
        list.map_or_else(|| self.missing_in("resources"), |entry| entry.key_span())
    }

    /// Whether it runs as long as the pod does: one of `containers`, or a sidecar.
    pub fn is_long_running(&self) -> bool {
        matches!(self.role, Role::App | Role::Sidecar)
    }

    /// The entries of its list `key`: `env`, `ports`, `volumeMounts`.
    pub fn items(&self, key: &str) -> impl Iterator<Item = Node<'d>> + use<'d> {
        self.node.get(key).into_iter().flat_map(Node::items).filter(|item| item.is_mapping())
    }

    /// The capabilities in `securityContext.capabilities.<list>`.
    pub fn capabilities(&self, list: &str) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let names = self.security_context("capabilities").and_then(|capabilities| capabilities.get(list));
        names.into_iter().flat_map(Node::items)
    }

    /// Where a capability missing in `securityContext.capabilities.<list>` is reported: the innermost of these keys
    /// that is there, else the container.
    pub fn missing_capability(&self, list: &str) -> Span {
        let capabilities = self.node.get("securityContext").and_then(|context| context.entry("capabilities"));
        let list = capabilities.and_then(|capabilities| capabilities.value.entry(list));
        list.or(capabilities).map_or_else(|| self.missing_in("securityContext"), |entry| entry.key_span())
    }

    /// `image`, where it is a text.
    pub fn image(&self) -> Option<Node<'d>> {
        self.node.get("image").filter(|image| image.text().is_some())
    }

    /// Where something missing in the mapping `key` of this container is reported: that key, or where the container
    /// lacks it too, the container.
    pub fn missing_in(&self, key: &str) -> Span {
        let entry = self.node.entry(key).filter(|entry| entry.value.is_mapping() || entry.value.is_null());
        entry.map_or_else(|| self.span(), |entry| entry.key_span())
    }

    /// Whether the container holds power over the node already: `privileged`, or `SYS_ADMIN`.
    pub fn is_all_powerful(&self) -> bool {
        let privileged = self.security_context("privileged").and_then(Node::as_bool) == Some(true);
        let names = self.capabilities("add").filter_map(Node::text);
        privileged || names.into_iter().any(|name| matches!(capability(name).as_str(), "SYS_ADMIN" | "ALL"))
    }
}

/// What messages call several containers: `container web`, `containers web, log and cache`.
pub fn titles(containers: &[Container<'_>]) -> String {
    let names: Vec<String> = containers.iter().map(|container| format!("`{}`", container.name())).collect();
    match names.as_slice() {
        [] => "no container".to_owned(),
        [_] => containers[0].title(),
        [most @ .., last] => format!("containers {} and {last}", most.join(", ")),
    }
}

/// The name of a capability as the kernel has it, without the prefix that some runtimes accept: `SYS_ADMIN`.
pub fn capability(name: &str) -> String {
    let upper = name.to_ascii_uppercase();
    upper.strip_prefix("CAP_").map(str::to_owned).unwrap_or(upper)
}

/// Whether a value is not what it says: a template expression or a variable that something fills in later.
pub fn is_placeholder(text: &str) -> bool {
    let angle = text.starts_with('<') && text.ends_with('>');
    text.contains("{{") || text.contains("${") || text.contains("$(") || text.contains("{%") || angle
}
