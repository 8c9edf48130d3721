//! `kind: Rule`.

use serde_json::{Value, json};

use super::Loaded;

/// Reads the rules of a file.
pub fn rules(_text: &str) -> Loaded {
    Loaded::default()
}

/// The JSON Schema of a rule.
pub fn schema() -> Value {
    json!({})
}
