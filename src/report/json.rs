//! The format for programs. Its shape is a promise: fields are added, never changed or removed, within one
//! `schema_version`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use serde_json::{Map, Value, json};

use super::visible;
use crate::finding::{Diagnostic, Place, PlacedEdit, PlacedFix, Report, Resource, Severity, Summary};

/// The version of the shape.
const SCHEMA_VERSION: u32 = 1;

/// Writes the report as one JSON object.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write_value(&JsonReport::new(report), PrettyFormatter::new(), out)
}

/// Writes `value` and a line end; `sarif` writes with it too.
pub(super) fn write_value(value: &impl Serialize, layout: impl Formatter, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(&mut *out, Tame(layout));
    value.serialize(&mut serializer)?;
    writeln!(out)
}

/// A layout whose strings are safe to print: serde_json escapes what JSON demands, this what a terminal would obey.
/// Readers get the same text either way.
struct Tame<F>(F);

impl<F: Formatter> Formatter for Tame<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hostile)) = rest.char_indices().find(|(_, c)| visible::is_hostile(*c)) {
            out.write_all(&rest.as_bytes()[..at])?;
            for unit in hostile.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hostile.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }
}

#[derive(Serialize)]
struct JsonReport<'a> {
    schema_version: u32,
    tool: Tool,
    findings: Vec<Finding<'a>>,
    summary: JsonSummary<'a>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    aliases: Vec<&'a str>,
    severity: &'static str,
    default_severity: &'static str,
    family: &'static str,
    message: &'a str,
    path: &'a str,
    start: Point,
    end: Point,
    resource: Option<JsonResource<'a>>,
    related: Vec<Related<'a>>,
    fix: Option<Fix<'a>>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Point {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct JsonResource<'a> {
    api_version: &'a str,
    kind: &'a str,
    namespace: Option<&'a str>,
    name: &'a str,
    container: Option<&'a str>,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    start: Point,
    end: Point,
    message: &'a str,
}

#[derive(Serialize)]
struct Fix<'a> {
    title: &'a str,
    safety: &'static str,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Edit<'a> {
    path: &'a str,
    start: Point,
    end: Point,
    text: &'a str,
}

#[derive(Serialize)]
struct JsonSummary<'a> {
    files: u32,
    documents: u32,
    objects: u32,
    findings: Map<String, Value>,
    skipped: Vec<Skipped<'a>>,
    undecided: Vec<Undecided<'a>>,
}

#[derive(Serialize)]
struct Skipped<'a> {
    path: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct Undecided<'a> {
    rule: &'a str,
    reason: &'a str,
    count: u32,
}

impl<'a> JsonReport<'a> {
    fn new(report: &'a Report) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            findings: report.diagnostics.iter().map(Finding::new).collect(),
            summary: JsonSummary::new(&report.summary),
        }
    }
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Self {
        let Diagnostic { rule, primary, .. } = diagnostic;
        Self {
            rule: &rule.name,
            aliases: diagnostic.aliases.iter().map(|alias| &**alias).collect(),
            severity: diagnostic.severity.as_str(),
            default_severity: rule.severity.as_str(),
            family: rule.family.as_str(),
            message: &diagnostic.message,
            path: &primary.path,
            start: start(primary),
            end: end(primary),
            resource: diagnostic.resource.as_ref().map(JsonResource::new),
            related: diagnostic.related.iter().map(Related::new).collect(),
            fix: diagnostic.fix.as_ref().map(Fix::new),
            fingerprint: &diagnostic.fingerprint,
        }
    }
}

fn start(place: &Place) -> Point {
    Point { line: place.start.line, column: place.start.column, offset: place.span.start }
}

fn end(place: &Place) -> Point {
    Point { line: place.end.line, column: place.end.column, offset: place.span.end }
}

impl<'a> JsonResource<'a> {
    fn new(resource: &'a Resource) -> Self {
        Self {
            api_version: &resource.api_version,
            kind: &resource.kind,
            namespace: resource.namespace.as_deref(),
            name: &resource.name,
            container: resource.container.as_deref(),
        }
    }
}

impl<'a> Related<'a> {
    fn new(place: &'a Place) -> Self {
        Self { path: &place.path, start: start(place), end: end(place), message: &place.text }
    }
}

impl<'a> Fix<'a> {
    fn new(fix: &'a PlacedFix) -> Self {
        let edit = |edit: &'a PlacedEdit| Edit {
            path: &edit.place.path,
            start: start(&edit.place),
            end: end(&edit.place),
            text: &edit.text,
        };
        Self { title: &fix.title, safety: fix.safety.as_str(), edits: fix.edits.iter().map(edit).collect() }
    }
}

impl<'a> JsonSummary<'a> {
    fn new(summary: &'a Summary) -> Self {
        let worst_first = Severity::ALL.into_iter().filter_map(|severity| {
            let number = summary.findings.get(&severity).copied().filter(|number| *number > 0)?;
            Some((severity.as_str().to_owned(), Value::from(number)))
        });
        let skipped = summary.skipped.iter().map(|item| Skipped { path: &item.path, reason: &item.reason });
        let undecided = summary.undecided.iter().map(|item| Undecided {
            rule: &item.rule,
            reason: &item.reason,
            count: item.count,
        });
        Self {
            files: summary.files,
            documents: summary.documents,
            objects: summary.objects,
            findings: worst_first.collect(),
            skipped: skipped.collect(),
            undecided: undecided.collect(),
        }
    }
}

/// The JSON Schema (2020-12) of the format. Objects are open: a later version of the tool may add fields.
pub fn schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://shipworthy.dev/schemas/findings-1.json",
        "title": "shipworthy findings",
        "description": "What `shipworthy check --output-format json` writes.",
        "$ref": "#/$defs/report",
        "$defs": definitions(),
    })
}

fn definitions() -> Value {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer", "minimum": 0 });
    let from_one = json!({ "type": "integer", "minimum": 1 });
    let optional_text = json!({ "type": ["string", "null"] });
    let severity = reference("severity");
    let point = reference("position");
    json!({
        "report": object(json!({
            "schema_version": { "const": SCHEMA_VERSION },
            "tool": object(json!({ "name": text, "version": text })),
            "findings": list("finding"),
            "summary": reference("summary"),
        })),
        "severity": { "enum": Severity::ALL.map(Severity::as_str) },
        "position": described("A place: line and column count from 1, the column in Unicode scalar values, the offset \
            in bytes from 0.", object(json!({ "line": from_one, "column": from_one, "offset": number }))),
        "finding": object(json!({
            "rule": text,
            "aliases": { "type": "array", "items": text,
                "description": "Ids of other tools for the same fault, each `tool:id`." },
            "severity": severity,
            "default_severity": severity,
            "family": text,
            "message": text,
            "path": described("Relative to the root of the repository, else absolute; always with `/`.", text.clone()),
            "start": point,
            "end": described("Just after the last character.", point.clone()),
            "resource": { "anyOf": [reference("resource"), { "type": "null" }] },
            "related": list("related"),
            "fix": { "anyOf": [reference("fix"), { "type": "null" }] },
            "fingerprint": { "type": "string", "pattern": "^[0-9a-f]{16}$",
                "description": "Stays the same when lines move." },
        })),
        "resource": object(json!({ "api_version": text, "kind": text, "namespace": optional_text, "name": text,
            "container": optional_text })),
        "related": object(json!({ "path": text, "start": point, "end": point, "message": text })),
        "fix": object(json!({ "title": text, "safety": { "enum": ["safe", "unsafe", "display"] },
            "edits": list("edit") })),
        "edit": object(json!({ "path": text, "start": point, "end": point, "text": text })),
        "summary": object(json!({
            "files": number,
            "documents": number,
            "objects": number,
            "findings": { "type": "object", "propertyNames": severity, "additionalProperties": number },
            "skipped": list("skipped"),
            "undecided": list("undecided"),
        })),
        "skipped": object(json!({ "path": text, "reason": text })),
        "undecided": object(json!({ "rule": text, "reason": text, "count": number })),
    })
}

/// An object whose properties are all there.
fn object(properties: Value) -> Value {
    let required: Vec<_> = properties.as_object().into_iter().flat_map(Map::keys).cloned().collect();
    json!({ "type": "object", "required": required, "properties": properties })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn list(name: &str) -> Value {
    json!({ "type": "array", "items": reference(name) })
}

fn described(description: &str, mut schema: Value) -> Value {
    schema["description"] = description.into();
    schema
}
