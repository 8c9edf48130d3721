//! Pages and tables about the rules, all rendered from the rules themselves.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Value, json};

use crate::config;
use crate::finding::{FixKind, Meta, OptionKind};
use crate::kubernetes::Version;

/// The page of a rule, as Markdown: what it is, its page, its options, its ids.
pub fn page(rule: &Meta) -> String {
    let mut page = format!("# {}\n\n", rule.name);
    let mut facts = vec![
        format!("severity: {}", rule.severity),
        format!("tier: {}", rule.tier.as_str()),
        format!("family: {}", rule.family.as_str()),
    ];
    if !rule.since.is_empty() {
        facts.push(format!("since: {}", rule.since));
    }
    let _ = writeln!(page, "{}\n", facts.join(" · "));
    page.push_str(&rule.page());
    page.push('\n');
    if !rule.options.is_empty() {
        page.push_str("\n## Options\n\n");
        for option in rule.options.iter() {
            let _ = writeln!(page, "- `{}` ({}): {}", option.name, default(option.kind), option.help);
        }
    }
    if rule.fix != FixKind::None {
        page.push_str("\n## Fix\n\nSome findings of this rule carry a fix.\n");
    }
    if !rule.aliases.is_empty() {
        page.push_str("\n## The same check elsewhere\n\n");
        for alias in rule.aliases.iter() {
            let _ = writeln!(page, "- {alias}");
        }
    }
    let _ = writeln!(page, "\nSilence it with `# shipworthy: ignore[{}] reason`.", rule.name);
    page
}

fn default(kind: OptionKind) -> String {
    match kind {
        OptionKind::Bool(value) => format!("true or false, default {value}"),
        OptionKind::Int(value) => format!("whole number, default {value}"),
        OptionKind::Str(value) => format!("text, default `{value}`"),
        OptionKind::List([]) => "list, default empty".to_owned(),
        OptionKind::List(values) => format!("list, default {}", values.join(", ")),
    }
}

/// The table of rules in Markdown, as the README shows it.
pub fn table(rules: &[Arc<Meta>]) -> String {
    let mut table = String::from("| rule | severity | tier | what it flags |\n|---|---|---|---|\n");
    for rule in rules {
        let summary = rule.summary().replace('|', "\\|");
        let _ = writeln!(table, "| `{}` | {} | {} | {summary} |", rule.name, rule.severity, rule.tier.as_str());
    }
    table
}

/// Writes the list of rules for a terminal, one line each.
///
/// # Errors
/// When `out` cannot be written to.
pub fn list(rules: &[Arc<Meta>], out: &mut dyn Write) -> io::Result<()> {
    let width = rules.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
    for rule in rules {
        let name = &rule.name;
        writeln!(out, "{name:width$}  {:8}  {:8}  {}", rule.severity, rule.tier.as_str(), rule.summary())?;
    }
    Ok(())
}

/// The rules as JSON, for other programs.
pub fn json(rules: &[Arc<Meta>]) -> Value {
    let rule = |rule: &Arc<Meta>| {
        json!({
            "name": rule.name, "summary": rule.summary(), "severity": rule.severity.as_str(),
            "tier": rule.tier.as_str(), "family": rule.family.as_str(), "aliases": rule.aliases,
            "since": rule.since, "page": rule.page(), "url": rule.url(),
        })
    };
    Value::Array(rules.iter().map(rule).collect())
}

/// The JSON Schema of the configuration.
pub fn config_schema(rules: &[Arc<Meta>]) -> Value {
    let mut schema = config::schema(rules);
    schema["properties"]["kubernetes-version"]["default"] = json!(Version::DEFAULT.to_string());
    schema
}
