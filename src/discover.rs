//! Finding the files to read: walking, sniffing, reading within limits.
//!
//! Walking respects `.gitignore` and leaves hidden folders out; a file that is named is read whatever its name.
//! Sniffing costs no parse: a Dockerfile is known by its name, a manifest by its ending and by holding both
//! `apiVersion` and `kind`. Only regular files are read, so a FIFO never blocks a run.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

use globset::GlobSet;
use ignore::{WalkBuilder, WalkState};

use crate::source::Source;

/// Files larger than this are skipped and counted, in bytes.
pub const MAX_FILE_SIZE: u64 = 10 * 1024 * 1024;

/// Folders whose files are other people's.
const VENDORED: [&str; 2] = ["node_modules", "vendor"];

/// What a file is, as far as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileKind {
    /// A Dockerfile or Containerfile.
    Dockerfile,
    /// YAML that may hold manifests.
    Yaml,
    /// JSON that may hold manifests.
    Json,
}

impl FileKind {
    /// The kind a path's name tells, if any.
    pub fn of_path(path: &Path) -> Option<Self> {
        // A name that is not UTF-8 may still end in `.yaml`.
        let name = &*path.file_name()?.to_string_lossy();
        let lower = name.to_ascii_lowercase();
        let extension = lower.rsplit_once('.').map(|(_, extension)| extension);
        match extension {
            Some("yaml" | "yml") => return Some(Self::Yaml),
            Some("json") => return Some(Self::Json),
            _ => {}
        }
        is_dockerfile_name(name, &lower, extension).then_some(Self::Dockerfile)
    }
}

/// `Dockerfile`, `Containerfile`, `Dockerfile.dev`, `app.Dockerfile`, `app.dockerfile`; neither
/// `Dockerfile.dockerignore` nor a source file such as `Dockerfile.go`.
fn is_dockerfile_name(name: &str, lower: &str, extension: Option<&str>) -> bool {
    const NOT_DOCKERFILES: [&str; 24] = [
        "dockerignore",
        "md",
        "txt",
        "go",
        "rs",
        "py",
        "js",
        "ts",
        "java",
        "rb",
        "sh",
        "c",
        "h",
        "cpp",
        "cs",
        "html",
        "css",
        "lock",
        "toml",
        "xml",
        "orig",
        "rej",
        "swp",
        "bak",
    ];
    if lower == "dockerfile" || lower == "containerfile" {
        return true;
    }
    match extension {
        Some("dockerfile" | "containerfile") => true,
        Some(extension) if NOT_DOCKERFILES.contains(&extension) || extension.ends_with('~') => false,
        Some(_) => name.starts_with("Dockerfile.") || name.starts_with("Containerfile."),
        None => false,
    }
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Where it is.
    pub path: PathBuf,
    /// What its name says it is; `None` for a named file of another name, which is sniffed by content.
    pub kind: Option<FileKind>,
    /// Named on the command line.
    pub named: bool,
}

/// What the walk found.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, sorted by path, each once.
    pub files: Vec<Candidate>,
    /// Paths that are missing or could not be read, with the reason.
    pub errors: Vec<String>,
    /// Files and folders that were seen and are not read, with the reason.
    pub skipped: Vec<(PathBuf, &'static str)>,
}

/// How to walk.
pub struct Walk<'a> {
    /// Globs of paths, relative to `root`, not to read.
    pub exclude: &'a GlobSet,
    /// What `exclude` is relative to.
    pub root: &'a Path,
    /// Whether `exclude` holds for named files too.
    pub force_exclude: bool,
}

impl Walk<'_> {
    /// Collects the files under `paths`.
    pub fn collect(&self, paths: &[PathBuf]) -> Found {
        let mut found = Found::default();
        let mut folders = Vec::new();
        for path in paths {
            // With `..` a path lies elsewhere than it reads; the folders above it must be the real ones.
            let real = if path.components().any(|part| part == Component::ParentDir) {
                absolute(path, self.root)
            } else {
                path.clone()
            };
            match std::fs::metadata(&real) {
                Ok(meta) if meta.is_dir() => folders.push(real),
                Ok(_) if self.force_exclude && self.excluded(&real) => found.skipped.push((real, "excluded")),
                Ok(_) if self.force_exclude && self.is_vendored(&real) => found.skipped.push((real, "vendored folder")),
                Ok(_) => found.files.push(Candidate { kind: FileKind::of_path(&real), path: real, named: true }),
                Err(error) => found.errors.push(missing(path, &error)),
            }
        }
        let in_repository = |folder: &PathBuf| repository_root(&absolute(folder, self.root)).is_some();
        let (inside, outside): (Vec<_>, Vec<_>) = folders.into_iter().partition(in_repository);
        self.walk(&inside, true, &mut found);
        self.walk(&outside, false, &mut found);
        found.skipped.sort();
        found.skipped.dedup();
        found.errors.sort();
        found.files.sort();
        found.files.dedup_by(|a, b| a.path == b.path);
        found
    }

    fn walk(&self, folders: &[PathBuf], in_repository: bool, found: &mut Found) {
        let Some((first, rest)) = folders.split_first() else { return };
        let mut builder = WalkBuilder::new(first);
        rest.iter().for_each(|path| {
            builder.add(path);
        });
        // What is ignored is the repository's to say: not the home directory's, nor that of folders above it.
        builder.git_global(false).parents(in_repository).require_git(in_repository);
        builder.threads(rayon::current_num_threads().min(8));
        let shared = Mutex::new(std::mem::take(found));
        builder.build_parallel().run(|| {
            Box::new(|entry| {
                let Ok(mut found) = shared.lock() else { return WalkState::Quit };
                match entry {
                    Ok(entry) => return self.visit(&entry, &mut found),
                    Err(error) => found.errors.push(format!("cannot read a folder: {error}")),
                }
                WalkState::Continue
            })
        });
        *found = shared.into_inner().unwrap_or_default();
    }

    fn visit(&self, entry: &ignore::DirEntry, found: &mut Found) -> WalkState {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let vendored = entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| VENDORED.contains(&name));
        if is_folder && entry.depth() > 0 && self.excluded(entry.path()) {
            return WalkState::Skip;
        }
        if is_folder && vendored {
            found.skipped.push((plain(entry.path()), "vendored folder"));
            return WalkState::Skip;
        }
        if let Some(kind) = FileKind::of_path(entry.path())
            && !is_folder
            && !self.excluded(entry.path())
        {
            let path = plain(entry.path());
            match entry.file_type() {
                Some(file) if file.is_file() => found.files.push(Candidate { path, kind: Some(kind), named: false }),
                // What a link leads to is checked where it lies, if it lies in the repository.
                Some(file) if file.is_symlink() => found.skipped.push((path, "symbolic link")),
                _ => found.skipped.push((path, "not a regular file")),
            }
        }
        WalkState::Continue
    }

    /// Whether a path lies in a folder that the walk would not enter.
    fn is_vendored(&self, path: &Path) -> bool {
        let absolute = absolute(path, self.root);
        let folders = absolute.strip_prefix(self.root).ok().and_then(Path::parent);
        folders.is_some_and(|folders| folders.iter().any(|name| VENDORED.iter().any(|vendored| name == *vendored)))
    }

    /// Whether a glob of `exclude` names the path or a folder it lies in.
    fn excluded(&self, path: &Path) -> bool {
        if self.exclude.is_empty() {
            return false;
        }
        let absolute = absolute(path, self.root);
        let relative = absolute.strip_prefix(self.root).unwrap_or(&absolute);
        relative.ancestors().any(|part| !part.as_os_str().is_empty() && self.exclude.is_match(part))
    }
}

/// The path from the root of the file system on, without `.` and `..`, and by way of `root` where a symbolic link leads
/// into it from outside.
pub fn absolute(path: &Path, root: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let winding = absolute.components().any(|part| part == Component::ParentDir);
    if !winding && absolute.starts_with(root) {
        return absolute;
    }
    // The last part stays as it is named: a link to a file is that file's name here.
    let real = match (absolute.parent().map(Path::canonicalize), absolute.file_name()) {
        (Some(Ok(folder)), Some(name)) => Some(folder.join(name)),
        _ => absolute.canonicalize().ok(),
    };
    real.filter(|real| winding || real.starts_with(root)).unwrap_or(absolute)
}

/// The path without a leading `./`.
fn plain(path: &Path) -> PathBuf {
    path.strip_prefix("./").unwrap_or(path).to_owned()
}

fn missing(path: &Path, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!("{}: no such file or folder", path.display()),
        _ => format!("{}: {error}", path.display()),
    }
}

/// What came of reading a file.
#[derive(Debug)]
pub enum Reading {
    /// Its text.
    Source(Source),
    /// Not read, and why.
    Skipped(&'static str),
    /// It could not be read, and why.
    Failed(String),
}

/// Reads the file at `path`, to be reported as `shown`. Reads regular files only, and at most [`MAX_FILE_SIZE`].
pub fn read(path: &Path, shown: &str) -> Reading {
    let failed = |error: std::io::Error| Reading::Failed(format!("{shown}: cannot be read: {error}"));
    match std::fs::metadata(path) {
        Ok(meta) if !meta.is_file() => return Reading::Skipped("not a regular file"),
        Ok(meta) if meta.len() > MAX_FILE_SIZE => return Reading::Skipped("larger than 10 MB"),
        Ok(_) => {}
        Err(error) => return failed(error),
    }
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes)) {
        Ok(_) => take(bytes, shown),
        Err(error) => failed(error),
    }
}

/// Takes bytes that were read, from a file or from standard input.
pub fn take(bytes: Vec<u8>, shown: &str) -> Reading {
    if bytes.len() as u64 > MAX_FILE_SIZE {
        Reading::Skipped("larger than 10 MB")
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        Reading::Skipped("UTF-16")
    } else if memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() {
        Reading::Skipped("binary")
    } else {
        Reading::Source(Source::from_bytes(shown, bytes))
    }
}

/// The root of the repository that holds `folder`: the nearest folder upwards with a `.git`.
pub fn repository_root(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_dockerfiles_from_files_that_only_begin_so() {
        let docker =
            ["Dockerfile", "Containerfile", "Dockerfile.dev", "app.Dockerfile", "app.dockerfile", "dockerfile"];
        for name in docker {
            assert_eq!(FileKind::of_path(Path::new(name)), Some(FileKind::Dockerfile), "{name}");
        }
        for name in ["Dockerfile.dockerignore", "Dockerfile.go", "dockerfile_test.rs", "Dockerfiles", "README.md"] {
            assert_eq!(FileKind::of_path(Path::new(name)), None, "{name}");
        }
        assert_eq!(FileKind::of_path(Path::new("Dockerfile.yaml")), Some(FileKind::Yaml));
        assert_eq!(FileKind::of_path(Path::new("a.JSON")), Some(FileKind::Json));
    }
}
