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
    /// `metadata.name`; empty where there is none.
    pub name: String,
    /// Where a finding about the whole object stands.
    pub span: Span,
    /// Its pods.
    pub pods: Vec<PodFacts>,
    /// What a Service says.
    pub service: Option<ServiceFacts>,
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

    /// Whether what a finding in the file at `path` was said to depend on holds.
    pub fn excuses(&self, path: &str, excuse: &Excuse) -> bool {
        let images = self.images();
        let numeric = |image: &String| {
            images.dockerfile_of(image).is_some_and(|(_, built)| matches!(built.user, ImageUser::Numeric(_)))
        };
        match excuse {
            Excuse::ImagesStartAsNumber(names) => !names.is_empty() && names.iter().all(numeric),
            Excuse::ManifestsSetUser => {
                let containers =
                    self.objects().flat_map(|(_, object)| object.pods.iter().flat_map(|pod| &pod.containers));
                let built_here = |image: &str| images.dockerfile_of(image).is_some_and(|(file, _)| file.path == path);
                let mut users = containers
                    .filter(|container| container.image.as_ref().is_some_and(|(image, _)| built_here(image)))
                    .map(|container| container.run_as_user)
                    .peekable();
                users.peek().is_some() && users.all(|user| user.is_some_and(|user| user != 0))
            }
        }
    }

    /// Every Dockerfile.
    pub fn dockerfiles(&self) -> impl Iterator<Item = (&KnownFile, &DockerfileFacts)> {
        self.files.iter().filter_map(|file| Some((file, file.facts.dockerfile.as_ref()?)))
    }
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

/// Versions of official images are numbers; a repository's own images carry names of builds as often.
fn starts_with_digit(tag: &str) -> bool {
    tag.starts_with(|first: char| first.is_ascii_digit())
}
