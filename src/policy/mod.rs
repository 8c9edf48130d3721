//! Custom rules: a policy file becomes rules like the built-in ones.

mod blame;
mod cel;
mod model;
pub mod own;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::rule::Rule;
use crate::source::{Span, SyntaxError};

/// What a policy file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The rules that can run.
    pub rules: Vec<Rule>,
    /// Where the name of each rule stands.
    pub names: Vec<Span>,
    /// What is wrong with the others, with its place in the file.
    pub faults: Vec<SyntaxError>,
}

/// What several policy files gave.
#[derive(Debug, Default)]
pub struct LoadedAll {
    /// The rules that can run, each name once.
    pub rules: Vec<Rule>,
    /// What is wrong in which file.
    pub faults: Vec<(PathBuf, SyntaxError)>,
    /// The files that cannot be read.
    pub errors: Vec<String>,
}

/// Reads policy files, each once. A rule whose name another file has taken is a fault.
pub fn load_all(paths: &[PathBuf]) -> LoadedAll {
    let (mut all, mut taken, mut read) = (LoadedAll::default(), HashSet::new(), HashSet::new());
    for path in paths {
        if !read.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
            continue;
        }
        let loaded = match load(path) {
            Ok(loaded) => loaded,
            Err(error) => {
                all.errors.push(error);
                continue;
            }
        };
        all.faults.extend(loaded.faults.into_iter().map(|fault| (path.clone(), fault)));
        for (rule, span) in loaded.rules.into_iter().zip(loaded.names) {
            if taken.insert(rule.meta.name.to_string()) {
                all.rules.push(rule);
                continue;
            }
            let message = format!("another policy file has a rule `{}`", rule.meta.name);
            all.faults
                .push((path.clone(), SyntaxError { span, message, help: Some("give it another name".to_owned()) }));
        }
    }
    all
}

/// Reads a policy file.
///
/// # Errors
/// When the file itself cannot be read.
pub fn load(path: &Path) -> Result<Loaded, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(own::rules(&text))
}
