//! Custom rules: a policy file becomes rules like the built-in ones.

pub mod own;

use std::path::Path;

use crate::rule::Rule;
use crate::source::SyntaxError;

/// What a policy file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The rules that can run.
    pub rules: Vec<Rule>,
    /// What is wrong with the others, with its place in the file.
    pub faults: Vec<SyntaxError>,
}

/// Reads a policy file.
///
/// # Errors
/// When the file itself cannot be read.
pub fn load(path: &Path) -> Result<Loaded, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(own::rules(&text))
}
