//! Runs the real program in a folder of its own, with an environment that holds nothing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// A base image that one rule of the tests below speaks up about.
pub const DOCKERFILE: &str = "FROM debian:latest\n";

/// A pod that another one speaks up about, on line 8.
pub const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - name: web
    image: example.com/web:1.4
    securityContext: {privileged: true}
";

/// The two rules that these files are about, so that no rule added later changes what a test sees.
pub const TWO: &str = "--select=latest-base-image,privileged-container";

/// A folder with files.
pub struct Folder {
    folder: TempDir,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Done {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Folder {
    /// The root of a repository.
    pub fn repository() -> Self {
        let folder = Self::loose();
        std::fs::create_dir(folder.path("").join(".git")).unwrap();
        folder
    }

    /// A folder in no repository.
    pub fn loose() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// The absolute path of something in it.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().canonicalize().unwrap().join(path)
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let full = self.path(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(full, bytes).unwrap();
        self
    }

    /// The text of a file.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// The program, in the folder `below` it.
    pub fn command(&self, below: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_shipworthy"));
        command.current_dir(self.path(below)).env_clear().timeout(Duration::from_secs(60));
        command
    }

    /// Runs `check` with `words`, split at blanks.
    pub fn check(&self, words: &str) -> Done {
        self.check_in("", words)
    }

    /// Runs `check` in the folder `below`.
    pub fn check_in(&self, below: &str, words: &str) -> Done {
        run(self.command(below).arg("check").args(words.split_whitespace()))
    }

    /// Findings of `check` with `words`, each as `path:line:column rule`.
    pub fn findings(&self, words: &str) -> Vec<String> {
        self.check(&format!("--output-format json {words}")).findings()
    }
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Done {
    let output = command.output().unwrap();
    Done {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Done {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{self:#?}"))
    }

    /// Findings of JSON output, each as `path:line:column rule`.
    pub fn findings(&self) -> Vec<String> {
        let shown = |finding: &Value| {
            let (path, rule) = (finding["path"].as_str().unwrap(), finding["rule"].as_str().unwrap());
            format!("{path}:{}:{} {rule}", finding["start"]["line"], finding["start"]["column"])
        };
        self.json()["findings"].as_array().unwrap().iter().map(shown).collect()
    }

    /// What JSON output says was skipped, each as `path: reason`.
    pub fn skipped(&self) -> Vec<String> {
        let shown =
            |skipped: &Value| format!("{}: {}", skipped["path"].as_str().unwrap(), skipped["reason"].as_str().unwrap());
        self.json()["summary"]["skipped"].as_array().unwrap().iter().map(shown).collect()
    }
}

/// The root of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
