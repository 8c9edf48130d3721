//! What the folders around a file say about it: Helm charts, kustomizations, `.dockerignore`.
//!
//! A template of a chart and a kustomize patch look like manifests and are none. Whether a file is one is told by
//! files beside it and above it, up to the root; those are looked for once per folder.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::discover::{self, Reading};
use crate::document::DockerIgnore;
use crate::kubernetes::kustomize::{FILE_NAMES, Kustomization, Transforms};
use crate::yaml::Yaml;

/// The charts and kustomizations around the files of a run.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Folders with a `Chart.yaml` and files under `templates`.
    charts: HashSet<PathBuf>,
    /// Files that kustomizations name as patches or replacements.
    fragments: HashSet<PathBuf>,
    /// What is set in the objects of a file.
    transforms: HashMap<PathBuf, Transforms>,
    /// The text of `.dockerignore`, by folder.
    docker_ignores: HashMap<PathBuf, String>,
    /// Images that Skaffold builds and tags.
    pub built_images: Arc<BTreeSet<String>>,
}

impl Surroundings {
    /// Looks around `files` (absolute paths), up to `root`.
    pub fn look<'a>(files: impl Iterator<Item = &'a Path>, root: &Path) -> Self {
        let mut folders = BTreeSet::new();
        let mut built_images = BTreeSet::new();
        let mut charts = HashSet::new();
        for file in files {
            let above = file.ancestors().skip(1).take_while(|folder| folder.starts_with(root));
            for folder in above {
                if !folders.insert(folder.to_owned()) {
                    break;
                }
            }
            for folder in file.ancestors().skip(1).filter(|folder| folder.ends_with("templates")) {
                // A chart is one wherever the run began, so this looks above the root too.
                let chart = folder.parent().filter(|chart| !charts.contains(*chart));
                charts.extend(chart.filter(|chart| chart.join("Chart.yaml").is_file()).map(Path::to_owned));
            }
            if file.file_name().is_some_and(|name| name == "skaffold.yaml" || name == "skaffold.yml") {
                built_images.extend(skaffold_images(file));
            }
        }
        let mut found = Self { charts, built_images: Arc::new(built_images), ..Self::default() };
        let mut kustomizations = HashMap::new();
        for folder in folders {
            if let Reading::Source(source) = discover::read(&folder.join(".dockerignore"), "") {
                found.docker_ignores.insert(folder.clone(), source.text.to_string());
            }
            let file = FILE_NAMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
            if let Some(kustomization) = file.and_then(|path| parse(&path)) {
                kustomizations.insert(folder, Kustomization::parse(&kustomization));
            }
        }
        found.follow(&kustomizations);
        found
    }

    /// Marks the files that each kustomization reaches, through other kustomizations too.
    fn follow(&mut self, kustomizations: &HashMap<PathBuf, Kustomization>) {
        for (folder, kustomization) in kustomizations {
            let fragments = kustomization.fragments.iter().map(|path| resolve(folder, path));
            self.fragments.extend(fragments);
            let mut open = vec![folder.clone()];
            let mut seen = HashSet::new();
            while let Some(at) = open.pop() {
                if !seen.insert(at.clone()) {
                    continue;
                }
                let Some(next) = kustomizations.get(&at) else {
                    self.transforms.entry(at).or_default().merge(&kustomization.transforms);
                    continue;
                };
                open.extend(next.resources.iter().map(|path| resolve(&at, path)));
            }
        }
    }

    /// Why a file is no manifest of its own, if so.
    pub fn fragment(&self, file: &Path) -> Option<&'static str> {
        let in_chart = file.ancestors().skip(1).any(|folder| {
            let is_templates = folder.file_name().is_some_and(|name| name == "templates");
            is_templates && folder.parent().is_some_and(|chart| self.charts.contains(chart))
        });
        if in_chart {
            return Some("template");
        }
        let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_ascii_lowercase();
        let named_patch = ["_patch", "-patch", ".patch"].iter().any(|end| stem.ends_with(end))
            || ["patch-", "patch_"].iter().any(|start| stem.starts_with(start))
            || stem == "patch";
        (self.fragments.contains(file) || named_patch).then_some("patch")
    }

    /// What keeps files out of the build of a Dockerfile. A file of its own (`web.Dockerfile.dockerignore`) counts for a
    /// build that may start anywhere above.
    pub fn docker_ignore(&self, file: &Path) -> DockerIgnore {
        let Some(folder) = file.parent() else { return DockerIgnore::Unknown };
        if let Some(text) = self.docker_ignores.get(folder) {
            return DockerIgnore::parse(text);
        }
        let mut own = file.as_os_str().to_owned();
        own.push(".dockerignore");
        let above = folder.ancestors().any(|folder| self.docker_ignores.contains_key(folder));
        if above || Path::new(&own).is_file() { DockerIgnore::Above } else { DockerIgnore::Nowhere }
    }

    /// What kustomizations set in the objects of a file.
    pub fn transforms(&self, file: &Path) -> Transforms {
        self.transforms.get(file).cloned().unwrap_or_default()
    }
}

fn parse(path: &Path) -> Option<Yaml> {
    match discover::read(path, "") {
        Reading::Source(source) => Some(Yaml::parse(source.text)),
        _ => None,
    }
}

/// `build.artifacts[].image` of a Skaffold file.
fn skaffold_images(path: &Path) -> Vec<String> {
    let Some(yaml) = parse(path) else { return Vec::new() };
    let artifacts = yaml.documents().filter_map(|document| document.root.get("build")?.get("artifacts"));
    let images = artifacts.flat_map(|list| list.items().filter_map(|item| item.get("image")?.text()));
    images.map(str::to_owned).collect()
}

/// `path`, as written in a file of `folder`, without `.` and `..`.
fn resolve(folder: &Path, path: &str) -> PathBuf {
    let mut resolved = folder.to_owned();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => {
                resolved.pop();
            }
            Component::CurDir => {}
            other => resolved.push(other),
        }
    }
    resolved
}
