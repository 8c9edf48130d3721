//! What is known of all files at once.
//!
//! After a file is linted its tree is dropped; what workspace rules need of it stays as [`Facts`]: owned, compact,
//! serialisable. A workspace rule sees the facts of every known file, and whether all of the repository is known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use crate::finding::{Excuse, FileId};
use crate::kubernetes::{ImageRef, LabelSelector, Labels};
use crate::source::Span;

/// What one file says that other files may depend on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Kubernetes objects, in the order they are written.
    pub objects: Vec<ObjectFacts>,
    /// The image that a Dockerfile builds.
    pub dockerfile: Option<DockerfileFacts>,
    /// Whether the file holds objects that could not be read: templates, fragments, broken documents.
    pub incomplete: bool,
    /// Whether a kustomization sets the namespace of its objects.
    pub namespace_set: bool,
}

/// An object, as others may refer to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectFacts {
    /// `apiVersion`.
    pub api_version: String,
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`, where written.
    pub namespace: Option<String>,
    /// Where the namespace is written.
    pub namespace_span: Option<Span>,
    /// `metadata.name`; empty where there is none.
    pub name: String,
    /// Where a finding about the whole object stands.
    pub span: Span,
    /// Its pods.
    pub pods: Vec<PodFacts>,
    /// What a Service says.
    pub service: Option<ServiceFacts>,
    /// What it says of other objects, and what others may ask of it.
    pub relations: Relations,
}

/// A pod or a pod template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PodFacts {
    /// Its labels; `None` where they cannot be read.
    pub labels: Option<Labels>,
    /// Its containers.
    pub containers: Vec<ContainerFacts>,
    /// The architecture that the pod asks of its node: `kubernetes.io/arch` of `nodeSelector`, and where it is written.
    pub arch: Option<(String, Span)>,
    /// Whether the pod is meant to keep running; that of a Job is not.
    pub keeps_running: bool,
}

/// A container, as far as its image matters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerFacts {
    /// Its name.
    pub name: String,
    /// Its image, and where it is written.
    pub image: Option<(String, Span)>,
    /// Where `runAsNonRoot: true`, which holds for the container, is written.
    pub run_as_non_root: Option<Span>,
    /// The `runAsUser` that holds for the container.
    pub run_as_user: Option<i64>,
    /// Whether the pod has a user namespace of its own: `hostUsers: false`.
    pub user_namespace: bool,
    /// Where a finding about the whole container stands.
    pub span: Span,
    /// The ports it declares.
    pub ports: Vec<PortFacts>,
    /// Programs that the manifest runs in it: `command`, exec probes, hooks; each with its place.
    pub programs: Vec<(String, Span)>,
    /// Whether it has a liveness or readiness probe.
    pub probed: bool,
    /// Whether it is one of `containers`, not an init or ephemeral one.
    pub main: bool,
    /// Whether it has a readiness probe.
    pub ready_probed: bool,
}

/// A port that a container declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PortFacts {
    /// Its name.
    pub name: Option<String>,
    /// `containerPort`.
    pub number: Option<i64>,
    /// Where the number is written.
    pub span: Span,
    /// Whether the number also stands in the container's environment, command or arguments.
    pub configured: bool,
}

/// A Service with a selector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceFacts {
    /// The selector.
    pub selector: LabelSelector,
    /// Where the value of each label stands.
    pub values: BTreeMap<String, Span>,
    /// Where `selector` stands.
    pub span: Span,
    /// The target ports that are names, each with its place.
    pub target_names: Vec<(String, Span)>,
    /// The target ports that are numbers, each with its place.
    pub target_numbers: Vec<(i64, Span)>,
}

/// What an object says of others by name or selector. Most objects say nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    /// `spec.replicas`, and where it is written.
    pub replicas: Option<(i64, Span)>,
    /// What an autoscaler scales.
    pub autoscaler: Option<AutoscalerFacts>,
    /// What a PodDisruptionBudget protects.
    pub budget: Option<BudgetFacts>,
    /// The ports of a Service, with or without selector.
    pub service_ports: Option<ServicePorts>,
    /// Services that an Ingress or a route sends to.
    pub backends: Vec<BackendFacts>,
    /// Host and path of each rule of an Ingress, with where the path is written.
    pub routes: Vec<RouteFacts>,
    /// Keys of a ConfigMap or Secret.
    pub keys: Option<BTreeSet<String>>,
    /// ConfigMaps and Secrets that pods take variables from.
    pub sources: Vec<SourceFacts>,
    /// `spec.serviceName` of a StatefulSet.
    pub governing_service: Option<(String, Span)>,
    /// The service account of each pod, where one is named.
    pub service_accounts: Vec<(String, Span)>,
    /// Pods that a NetworkPolicy or another object selects, and where the selector stands.
    pub pod_selector: Option<(LabelSelector, Span)>,
    /// Pods of its own namespace that a NetworkPolicy names as peers, and where each selector stands.
    pub peer_selectors: Vec<(LabelSelector, Span)>,
    /// What a ServiceMonitor or a PodMonitor watches.
    pub monitor: Option<MonitorFacts>,
    /// The labels of a Service or a custom resource without pods of its own; `None` where they cannot be read.
    pub own_labels: Option<Labels>,
    /// Names of ConfigMaps and Secrets that a kustomization generates.
    pub generated: BTreeSet<String>,
    /// The role and the service accounts that a binding names.
    pub bound: Vec<BoundFacts>,
}

/// What a ServiceMonitor or a PodMonitor watches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonitorFacts {
    /// The Services or pods.
    pub selector: LabelSelector,
    /// Where `selector` stands.
    pub span: Span,
    /// The namespaces it looks in, where it names any; `None` stands for all of them.
    pub namespaces: Option<Vec<String>>,
}

/// A role or a service account that a binding names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundFacts {
    /// `Role`, `ClusterRole` or `ServiceAccount`.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its namespace, where another one may be named.
    pub namespace: Option<String>,
    /// Where the name is written.
    pub span: Span,
}

/// What a HorizontalPodAutoscaler, a ScaledObject or a VerticalPodAutoscaler scales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AutoscalerFacts {
    /// Kind of the target.
    pub kind: String,
    /// Name of the target.
    pub name: String,
    /// Where the name is written.
    pub span: Span,
    /// The least number of replicas.
    pub min: Option<i64>,
    /// Whether it sets how many replicas there are, not how large they are.
    pub horizontal: bool,
}

/// A number of pods, or a share of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amount {
    /// So many.
    Count(i64),
    /// So many in a hundred.
    Percent(i64),
}

impl Amount {
    /// How many of `replicas` that is; a share is rounded up.
    pub fn of(self, replicas: i64) -> i64 {
        match self {
            Self::Count(count) => count,
            Self::Percent(percent) => (percent * replicas + 99).div_euclid(100),
        }
    }
}

/// What a PodDisruptionBudget says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetFacts {
    /// The pods it is for.
    pub selector: LabelSelector,
    /// `minAvailable`, and where it is written.
    pub min_available: Option<(Amount, Span)>,
}

/// The ports of a Service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServicePorts {
    /// Their names.
    pub names: BTreeSet<String>,
    /// Their numbers.
    pub numbers: BTreeSet<i64>,
    /// Whether it is headless: `clusterIP: None`.
    pub headless: bool,
    /// Whether it only gives another name to a host.
    pub external: bool,
    /// Whether some port could not be read.
    pub open: bool,
}

/// A port by number or by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Port {
    /// By number.
    Number(i64),
    /// By name.
    Name(String),
}

impl std::fmt::Display for Port {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Name(name) => write!(f, "`{name}`"),
        }
    }
}

/// A Service that an Ingress or a route sends to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackendFacts {
    /// Its name.
    pub service: String,
    /// Its namespace, where another one is named.
    pub namespace: Option<String>,
    /// Where the name is written.
    pub span: Span,
    /// The port, and where it is written.
    pub port: Option<(Port, Span)>,
}

/// What an Ingress answers to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteFacts {
    /// Its class; empty where none is named.
    pub class: String,
    /// The host; empty for any.
    pub host: String,
    /// The path.
    pub path: String,
    /// Where the path, or else the host, is written.
    pub span: Span,
}

/// A key of a ConfigMap or Secret that a pod needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFacts {
    /// `ConfigMap` or `Secret`.
    pub kind: String,
    /// The object's name.
    pub name: String,
    /// Where the name is written.
    pub span: Span,
    /// The key, and where it is written; without it the whole object is taken.
    pub key: Option<(String, Span)>,
    /// Whether it is a variable, not a volume.
    pub variable: bool,
}

/// The user that an image starts as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImageUser {
    /// Not to be known from the file.
    Unknown,
    /// Root, by a `USER` instruction.
    Root,
    /// Root, for want of a `USER` instruction on a base image that is known to start as root.
    RootByBase,
    /// A name, which the kubelet cannot tell from root.
    Name(String),
    /// A user id other than 0.
    Numeric(i64),
}

/// What a Dockerfile builds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockerfileFacts {
    /// The user of the final stage.
    pub user: ImageUser,
    /// Where that is decided: the user named, or the keyword of the last `FROM`.
    pub user_span: Span,
    /// Ports that the final stage exposes, each with its place.
    pub exposed: Vec<(i64, Span)>,
    /// Numbers in its `ENV`, `CMD` and `ENTRYPOINT`, which may be ports it listens on.
    pub numbers: BTreeSet<i64>,
    /// Where its `HEALTHCHECK` stands, if it has one.
    pub healthcheck: Option<Span>,
    /// The architecture that the final `FROM` asks for by a literal `--platform`, and where it is written.
    pub arch: Option<(String, Span)>,
    /// Where the image is surely without a shell and its tools, being built on `scratch` or distroless: the base, and
    /// the names of the files put in.
    pub bare: Option<(Span, BTreeSet<String>)>,
    /// Whether a `USER` instruction says so, even one whose value is not known.
    pub user_is_written: bool,
    /// Whether the base image is known to start as another user than root.
    pub is_surely_not_root: bool,
    /// Whether the image is surely an application that starts as root for want of a `USER`: its base image is known,
    /// files are put in, a command is set, and nothing in it gives root away.
    pub is_rootful_application: bool,
}

/// A file that is known, with its facts.
#[derive(Clone, Debug)]
pub struct KnownFile {
    /// The file.
    pub id: FileId,
    /// The path as reported.
    pub path: String,
    /// Whether findings in it are reported; otherwise it is context.
    pub reported: bool,
    /// What it says.
    pub facts: Facts,
}

/// All that is known.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The files, sorted by path.
    pub files: Vec<KnownFile>,
}

impl KnownFile {
    /// Whether both files lie in one folder.
    pub fn is_beside(&self, other: &Self) -> bool {
        let folder = |path: &str| path.rsplit_once('/').map_or(0, |(folder, _)| folder.len());
        self.path[..folder(&self.path)] == other.path[..folder(&other.path)]
    }
}

impl ObjectFacts {
    /// ``Deployment `web` ``, as messages call it.
    pub fn title(&self) -> String {
        format!("{} `{}`", self.kind, self.name)
    }

    /// The API group; empty for the core group.
    pub fn group(&self) -> &str {
        self.api_version.split_once('/').map_or("", |(group, _)| group)
    }

    /// Whether it is a custom resource that an operator may turn into what `selector` means: its own labels match, or
    /// its kind or name is one of the values.
    pub fn may_make(&self, selector: &LabelSelector) -> bool {
        let custom = self.group().contains('.') && !self.group().ends_with(".k8s.io");
        let alike = |value: &String| value.eq_ignore_ascii_case(&self.kind) || *value == self.name;
        let named = || selector.requirements.iter().flat_map(|one| &one.values).any(alike);
        let labels = self.relations.own_labels.as_ref();
        custom
            && self.pods.is_empty()
            && self.relations.monitor.is_none()
            && (named() || labels.is_some_and(|labels| selector.matches(labels)))
    }

    /// Whether the object may end up in `namespace`: one that is left open may be any.
    pub fn may_be_in(&self, namespace: Option<&str>) -> bool {
        match (self.namespace.as_deref(), namespace) {
            (Some(own), Some(other)) => own == other,
            _ => true,
        }
    }
}

impl Workspace {
    /// Every object, with the file it stands in.
    pub fn objects(&self) -> impl Iterator<Item = (&KnownFile, &ObjectFacts)> {
        self.files.iter().flat_map(|file| file.facts.objects.iter().map(move |object| (file, object)))
    }

    /// The Dockerfiles that images are built from, by the name of the folder each is alone in.
    ///
    /// A folder `web` with one Dockerfile builds the image `web`, if no other folder of that name has one.
    pub fn images(&self) -> BuiltImages<'_> {
        let mut by_folder: HashMap<&str, Vec<(&KnownFile, &DockerfileFacts)>> = HashMap::new();
        for (file, facts) in self.dockerfiles() {
            let folder = file.path.rsplit('/').nth(1);
            if let Some(folder) = folder {
                by_folder.entry(folder).or_default().push((file, facts));
            }
        }
        BuiltImages(by_folder)
    }

    /// Every container whose image is built from a Dockerfile of the repository.
    pub fn built_containers(&self) -> impl Iterator<Item = BuiltContainer<'_>> {
        let images = self.images();
        let pods = self.objects().flat_map(|(file, object)| object.pods.iter().map(move |pod| (file, pod)));
        let containers =
            pods.flat_map(|(file, pod)| pod.containers.iter().map(move |container| (file, pod, container)));
        containers.filter_map(move |(file, pod, container)| {
            let (name, image) = container.image.as_ref()?;
            let (dockerfile, built) = images.dockerfile_of(name)?;
            Some(BuiltContainer { file, pod, container, image: *image, dockerfile, built })
        })
    }

    /// Every object that `kind` and `name` may mean in the namespace of `near`, in `namespace` where that is given.
    pub fn named<'w>(
        &'w self,
        near: &'w ObjectFacts,
        namespace: Option<&'w str>,
        kind: &'w str,
        name: &'w str,
    ) -> impl Iterator<Item = (&'w KnownFile, &'w ObjectFacts)> {
        let wanted = namespace.or(near.namespace.as_deref());
        self.objects().filter(move |(_, object)| {
            object.kind.eq_ignore_ascii_case(kind) && object.name == name && object.namespace.as_deref() == wanted
        })
    }

    /// Whether an object of this kind and name is anywhere, in whatever namespace.
    pub fn has_object(&self, kind: &str, name: &str) -> bool {
        self.objects().any(|(_, object)| object.kind == kind && object.name == name)
    }

    /// Whether there is an object of this kind and name that may be in the namespace.
    pub fn may_have(&self, namespace: Option<&str>, kind: &str, name: &str) -> bool {
        self.objects().any(|(_, object)| {
            object.kind.eq_ignore_ascii_case(kind) && object.name == name && object.may_be_in(namespace)
        })
    }

    /// Whether a pod that may be in the namespace has, or may have, labels that `selector` matches.
    pub fn may_select(&self, namespace: Option<&str>, selector: &LabelSelector) -> bool {
        // The pods of the cluster itself are in no repository.
        if namespace.is_some_and(|namespace| namespace.starts_with("kube-")) {
            return true;
        }
        let mut owners = self.objects().filter(|(_, owner)| owner.may_be_in(namespace));
        owners.any(|(file, owner)| {
            let fits = |pod: &PodFacts| pod.labels.as_ref().is_none_or(|labels| selector.matches(labels));
            let unsure = !owner.pods.is_empty() && file.facts.incomplete;
            unsure || owner.pods.iter().any(fits) || owner.may_make(selector)
        })
    }

    /// The Service that a backend names, if it can be seen and does not have the port. Where files differ (a base, and
    /// overlays of it), one that has the port is enough; where something is patched, it may have it.
    pub fn missed_port<'w>(
        &'w self,
        file: &'w KnownFile,
        object: &'w ObjectFacts,
        backend: &'w BackendFacts,
    ) -> Option<MissedPort<'w>> {
        let (port, _) = backend.port.as_ref()?;
        let near = self.named(object, backend.namespace.as_deref(), "Service", &backend.service);
        let services: Vec<_> = near.filter(|(_, service)| service.relations.service_ports.is_some()).collect();
        let has = |ports: &ServicePorts| {
            let listed = match port {
                Port::Number(number) => ports.numbers.contains(number),
                Port::Name(name) => ports.names.contains(name),
            };
            listed || ports.external || ports.open
        };
        let unsure = |(at, service): &(&KnownFile, &ObjectFacts)| {
            at.facts.incomplete || service.relations.service_ports.as_ref().is_none_or(has)
        };
        if file.facts.incomplete || services.iter().any(unsure) {
            return None;
        }
        let (at, service) = services.into_iter().find(|(at, _)| at.is_beside(file))?;
        let ports = service.relations.service_ports.as_ref()?;
        let numbers = ports.numbers.iter().map(|number| Port::Number(*number));
        let names = ports.names.iter().map(|name| Port::Name(name.clone()));
        let ports: Vec<String> = numbers.chain(names).map(|port| port.to_string()).collect();
        Some(MissedPort { file: at, service, ports: ports.join(", ") })
    }

    /// The workloads whose pods `selector` selects in the namespace of `near`.
    pub fn selected<'w>(
        &'w self,
        near: &ObjectFacts,
        selector: &LabelSelector,
    ) -> Vec<(&'w KnownFile, &'w ObjectFacts, &'w PodFacts)> {
        let owners = self.objects().filter(|(_, owner)| owner.namespace == near.namespace);
        let pods = owners.flat_map(|(file, owner)| owner.pods.iter().map(move |pod| (file, owner, pod)));
        pods.filter(|(_, _, pod)| pod.labels.as_ref().is_some_and(|labels| selector.matches(labels))).collect()
    }

    /// The one workload that a PodDisruptionBudget protects and how many pods it surely has, where both can be seen and
    /// nothing patches them.
    pub fn protected<'w>(&'w self, file: &'w KnownFile, budget: &'w ObjectFacts) -> Option<Scale<'w>> {
        let selector = &budget.relations.budget.as_ref()?.selector;
        let selected = self.selected(budget, selector);
        let near: Vec<_> = selected.iter().filter(|(at, ..)| at.is_beside(file)).collect();
        let [(at, workload, _)] = near.as_slice() else { return None };
        let scaled = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].contains(&&*workload.kind);
        if !scaled
            || selected.len() > 1
            || file.facts.incomplete
            || at.facts.incomplete
            || selector.requirements.is_empty()
        {
            return None;
        }
        let scaler = self.autoscaler_of(workload);
        let replicas = match (&scaler, workload.relations.replicas) {
            (Some((_, _, scaler)), _) => scaler.min?,
            (None, Some((replicas, _))) => replicas,
            (None, None) => return None,
        };
        let scaler = scaler.map(|(at, object, _)| (at, object));
        (replicas > 0).then_some(Scale { file: at, workload, replicas, scaler })
    }

    /// The autoscaler that sets the replicas of a workload.
    pub fn autoscaler_of<'w>(
        &'w self,
        workload: &'w ObjectFacts,
    ) -> Option<(&'w KnownFile, &'w ObjectFacts, &'w AutoscalerFacts)> {
        let in_reach = self.objects().filter(|(_, object)| object.namespace == workload.namespace);
        let mut scalers =
            in_reach.filter_map(|(file, object)| Some((file, object, object.relations.autoscaler.as_ref()?)));
        scalers.find(|(_, _, scaler)| {
            scaler.horizontal && scaler.kind.eq_ignore_ascii_case(&workload.kind) && scaler.name == workload.name
        })
    }

    /// Every Dockerfile.
    pub fn dockerfiles(&self) -> impl Iterator<Item = (&KnownFile, &DockerfileFacts)> {
        self.files.iter().filter_map(|file| Some((file, file.facts.dockerfile.as_ref()?)))
    }
}

/// A container, and the Dockerfile that its image is built from.
#[derive(Clone, Copy)]
pub struct BuiltContainer<'w> {
    /// The file of manifests.
    pub file: &'w KnownFile,
    /// The pod it belongs to.
    pub pod: &'w PodFacts,
    /// The container.
    pub container: &'w ContainerFacts,
    /// Where its image is written.
    pub image: Span,
    /// The Dockerfile.
    pub dockerfile: &'w KnownFile,
    /// What the Dockerfile builds.
    pub built: &'w DockerfileFacts,
}

/// How many pods a workload has at least.
pub struct Scale<'w> {
    /// The file of the workload.
    pub file: &'w KnownFile,
    /// The workload.
    pub workload: &'w ObjectFacts,
    /// Its pods; where it is autoscaled, the fewest.
    pub replicas: i64,
    /// What scales it.
    pub scaler: Option<(&'w KnownFile, &'w ObjectFacts)>,
}

/// A Service without the port that somebody sends to.
pub struct MissedPort<'w> {
    /// The file it stands in.
    pub file: &'w KnownFile,
    /// The Service.
    pub service: &'w ObjectFacts,
    /// The ports it has.
    pub ports: String,
}

/// Which Dockerfile builds which image, as far as folder names tell.
pub struct BuiltImages<'w>(HashMap<&'w str, Vec<(&'w KnownFile, &'w DockerfileFacts)>>);

impl<'w> BuiltImages<'w> {
    /// The Dockerfile that builds `image`, if exactly one can be it. An official image of Docker Hub is not taken for
    /// the product of a folder that happens to have its name.
    pub fn dockerfile_of(&self, image: &str) -> Option<(&'w KnownFile, &'w DockerfileFacts)> {
        let image = ImageRef::parse(image)?;
        let official =
            image.registry.is_none() && !image.repository.contains('/') && image.tag.is_some_and(starts_with_digit);
        match self.0.get(image.short_name())?.as_slice() {
            [only] if !official => Some(*only),
            _ => None,
        }
    }
}

impl BuiltImages<'_> {
    /// Whether what a finding was said to depend on holds.
    pub fn excuse(&self, excuse: &Excuse) -> bool {
        let Excuse::ImagesStartAsNumber(names) = excuse;
        let numeric = |image: &String| {
            self.dockerfile_of(image).is_some_and(|(_, built)| matches!(built.user, ImageUser::Numeric(_)))
        };
        !names.is_empty() && names.iter().all(numeric)
    }
}

/// Versions of official images are numbers; a repository's own images carry names of builds as often.
fn starts_with_digit(tag: &str) -> bool {
    tag.starts_with(|first: char| first.is_ascii_digit())
}
