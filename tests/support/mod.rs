//! Runs the engine on files in a folder of its own.

pub mod program;

use std::path::{Path, PathBuf};

use shipworthy::analyze::{Input, InputFile, analyze};
use shipworthy::config::{CommandLine, Configs};
use shipworthy::discover::Walk;
use shipworthy::finding::Report;
use shipworthy::rule::Rule;
use tempfile::TempDir;

/// What a run is given.
pub struct Run {
    /// The folder that is the whole world of the run.
    pub folder: TempDir,
    /// The words of the command line.
    pub command_line: CommandLine,
    /// Whether the folder is all there is.
    pub complete: bool,
    /// The day.
    pub today: jiff::civil::Date,
}

impl Run {
    pub fn new(select: &[&str]) -> Self {
        let select = select.iter().map(|word| (*word).to_owned()).collect();
        Self {
            folder: TempDir::new().unwrap(),
            command_line: CommandLine { select, ..CommandLine::default() },
            complete: true,
            today: jiff::civil::date(2026, 11, 22),
        }
    }

    /// Writes a file of the run.
    pub fn write(&self, path: &str, text: &str) -> PathBuf {
        let full = self.folder.path().join(path);
        std::fs::create_dir_all(full.parent().unwrap()).unwrap();
        std::fs::write(&full, text).unwrap();
        full
    }

    /// Runs the built-in rules over the folder, or over `only` one file of it.
    pub fn report(&self, only: Option<&Path>) -> Report {
        let rules: Vec<Rule> = shipworthy::rules::all().cloned().collect();
        let root = self.folder.path().to_owned();
        let mut configs = Configs::new(root.clone(), self.command_line.clone());
        let exclude = configs.run().unwrap().exclude;
        let walk = Walk { exclude: &exclude, root: &root, force_exclude: false };
        let found = walk.collect(&[only.map_or_else(|| root.clone(), Path::to_owned)]);
        let files = found.files.iter().map(|file| InputFile::new(file, &root, true)).collect();
        let input = Input {
            files,
            root,
            complete: self.complete,
            skipped: found.skipped,
            today: self.today,
            early: Vec::new(),
            progress: None,
        };
        analyze(input, &rules, &mut configs).unwrap()
    }
}
