//! Kustomizations: which files are fragments, and which fields something else fills in.

use std::collections::BTreeSet;

use crate::yaml::{Node, Yaml};

/// The names kustomize looks for in a folder.
pub const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// What a kustomization says, as far as it changes how the files around it are read. Paths are as written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kustomization {
    /// Files and folders it takes objects from.
    pub resources: Vec<String>,
    /// Files that are patches or replacements, not objects.
    pub fragments: Vec<String>,
    /// What it sets in the objects.
    pub transforms: Transforms,
}

/// Fields of objects that a kustomization sets: their values in the file are not the final ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transforms {
    /// Names of images whose tag or name is replaced.
    pub images: BTreeSet<String>,
    /// Names of objects whose replicas are set.
    pub replicas: BTreeSet<String>,
    /// The namespace is set.
    pub namespace: bool,
    /// Labels are added, maybe to selectors too.
    pub labels: bool,
    /// Patches may change anything.
    pub patched: bool,
}

impl Transforms {
    /// Adds what another kustomization sets.
    pub fn merge(&mut self, other: &Self) {
        self.images.extend(other.images.iter().cloned());
        self.replicas.extend(other.replicas.iter().cloned());
        self.namespace |= other.namespace;
        self.labels |= other.labels;
        self.patched |= other.patched;
    }
}

impl Kustomization {
    /// Reads the first document of a kustomization file.
    pub fn parse(yaml: &Yaml) -> Self {
        let mut found = Self::default();
        let Some(document) = yaml.documents().next() else { return found };
        let root = document.root;
        for key in ["resources", "bases", "components", "crds"] {
            found.resources.extend(texts(root.get(key)));
        }
        for key in ["patches", "patchesStrategicMerge", "patchesJson6902", "replacements", "configurations"] {
            let items = root.get(key).into_iter().flat_map(Node::items);
            let paths = items.filter_map(|item| item.text().or_else(|| item.get("path")?.text()));
            found.fragments.extend(paths.filter(|path| !path.contains('\n')).map(str::to_owned));
            found.transforms.patched |= root.get(key).is_some_and(|list| !list.is_empty());
        }
        found.transforms.images.extend(names(root.get("images")));
        found.transforms.replicas.extend(names(root.get("replicas")));
        found.transforms.namespace = root.get("namespace").is_some();
        found.transforms.labels = root.get("labels").is_some() || root.get("commonLabels").is_some();
        found
    }
}

fn texts(list: Option<Node<'_>>) -> impl Iterator<Item = String> {
    list.into_iter().flat_map(Node::items).filter_map(|item| item.text().map(str::to_owned))
}

fn names(list: Option<Node<'_>>) -> impl Iterator<Item = String> {
    list.into_iter().flat_map(Node::items).filter_map(|item| Some(item.get("name")?.text()?.to_owned()))
}
