//! The format as a JSON Schema, for editors.

use serde_json::{Value, json};

use super::API_VERSION;
use crate::dockerfile::Keyword;
use crate::finding::Severity;

/// The JSON Schema (2020-12) of a rule.
pub fn schema() -> Value {
    let text = |description: &str| json!({ "type": "string", "minLength": 1, "description": description });
    // `assert: true` is an expression as well.
    let expression = |description: &str| json!({ "type": ["string", "boolean"], "description": description });
    let examples = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://shipworthy.dev/schemas/rule-1.json",
        "title": "shipworthy rule",
        "description": "A custom rule of a policy file, one for each YAML document.",
        "type": "object",
        "required": ["apiVersion", "kind", "name", "message", "match", "assert"],
        "additionalProperties": false,
        "properties": {
            "apiVersion": { "const": API_VERSION },
            "kind": { "const": "Rule" },
            "name": {
                "type": "string",
                "pattern": "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$",
                "description": "States the fault; the rule is called `policy/<name>`.",
            },
            "severity": { "enum": Severity::ALL.map(Severity::as_str), "default": Severity::Medium.as_str() },
            "message": text("One sentence that states the fact, without a full stop; `{expression}` puts in a value."),
            "help": text("What to do about it."),
            "docs": text("The rule's page in Markdown; its first paragraph says what the rule flags."),
            "match": matching(),
            "where": expression("A CEL expression: where it is false the rule says nothing."),
            "assert": expression("A CEL expression: where it is false there is a finding."),
            "path": text("Where a finding lies, from the matched thing on: `spec.ports[0].name`."),
            "examples": {
                "type": "object",
                "additionalProperties": false,
                "properties": { "bad": examples, "good": examples },
                "description": "Dockerfiles or manifests that the rule flags, and that it does not.",
            },
        },
    })
}

fn matching() -> Value {
    let one_or_more = |items: Value| json!({ "oneOf": [items, { "type": "array", "minItems": 1, "items": items }] });
    let mut keywords: Vec<String> = Keyword::ALL.iter().map(|keyword| keyword.as_str().to_owned()).collect();
    keywords.push("*".to_owned());
    let word = json!({ "type": "string", "minLength": 1 });
    let kinds = one_or_more(word.clone());
    let alone = |key: &str, schema: Value| json!({ "required": [key], "additionalProperties": false, "properties": { key: schema } });
    json!({
        "type": "object",
        "description": "What the rule looks at.",
        "oneOf": [
            alone("instruction", one_or_more(json!({ "enum": keywords }))),
            alone("command", one_or_more(word)),
            alone("stage", json!({ "enum": ["final", "every"] })),
            alone("kinds", kinds.clone()),
            {
                "required": ["pods"],
                "additionalProperties": false,
                "properties": { "pods": { "const": true }, "kinds": kinds },
            },
            {
                "required": ["containers"],
                "additionalProperties": false,
                "properties": {
                    "containers": one_or_more(json!({ "enum": ["all", "app", "init", "sidecar", "ephemeral"] })),
                    "kinds": kinds,
                },
            },
        ],
    })
}
