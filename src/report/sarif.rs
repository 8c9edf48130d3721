//! SARIF 2.1.0, as GitHub code scanning takes it (docs.github.com, "SARIF support for code scanning").
//!
//! What its reader demands beyond the standard: every rule that was on is listed, whether or not it fired, so that
//! alerts close; all four numbers of a region; the place in the first location only; `security-severity` as a string;
//! no `null` and no empty string anywhere. `primaryLocationLineHash` is left to the uploader, which warns where a tool
//! computes it differently; our own fingerprint stands beside it.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use serde_json::ser::CompactFormatter;
use serde_sarif::sarif;

use super::{count, json, page};
use crate::finding::{Diagnostic, Meta, Place, PlacedEdit, PlacedFix, Report, Resource, Safety, Severity, Tier};

/// Results of one run that GitHub accepts; it refuses a file with more. It shows the worst 5,000 of them.
const RESULTS: usize = 25_000;

/// Characters of a rule's short and full description.
const DESCRIPTION: usize = 1024;

/// Tags of a rule that GitHub keeps.
const TAGS: usize = 10;

/// Writes the report as one SARIF log with one run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let log = sarif::Sarif::builder()
        .schema("https://json.schemastore.org/sarif-2.1.0.json")
        .version(json!("2.1.0"))
        .runs(vec![run(report)])
        .build();
    json::write_value(&log, CompactFormatter, out)
}

fn run(report: &Report) -> sarif::Run {
    let rules = Rules::new(report);
    let kept = worst(&report.diagnostics, RESULTS);
    let cut = report.diagnostics.len() - kept.len();
    let results: Vec<_> = kept.into_iter().map(|diagnostic| result(diagnostic, &rules)).collect();
    let driver = sarif::ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .semantic_version(env!("CARGO_PKG_VERSION"))
        .information_uri("https://shipworthy.dev")
        .rules(rules.list.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>())
        .build();
    sarif::Run::builder()
        .tool(sarif::Tool::builder().driver(driver).build())
        .column_kind(json!("unicodeCodePoints"))
        .invocations(vec![invocation(report, cut)])
        .results(results)
        .build()
}

/// The `limit` worst findings, in the order they came.
fn worst(diagnostics: &[Diagnostic], limit: usize) -> Vec<&Diagnostic> {
    let mut order: Vec<_> = diagnostics.iter().enumerate().collect();
    if order.len() > limit {
        order.sort_by_key(|(_, diagnostic)| std::cmp::Reverse(diagnostic.severity));
        order.truncate(limit);
        order.sort_by_key(|(index, _)| *index);
    }
    order.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// The rules of the log, and where each stands.
struct Rules {
    list: Vec<Arc<Meta>>,
    index: HashMap<String, usize>,
}

impl Rules {
    /// The rules that were on, in their order; then those that reported without being listed, by name.
    fn new(report: &Report) -> Self {
        let mut rules = Self { list: Vec::new(), index: HashMap::new() };
        let fired: BTreeMap<_, _> = report.diagnostics.iter().map(|found| (&found.rule.name, &found.rule)).collect();
        for rule in report.rules.iter().chain(fired.into_values()) {
            rules.index.entry(rule.name.to_string()).or_insert_with(|| {
                rules.list.push(Arc::clone(rule));
                rules.list.len() - 1
            });
        }
        rules
    }
}

fn descriptor(rule: &Meta) -> sarif::ReportingDescriptor {
    let or_name = |text: String| if text.is_empty() { rule.name.to_string() } else { text };
    let (page_text, short) = (or_name(rule.page()), or_name(rule.summary()));
    // Everything before the first heading.
    let full: Vec<_> = page_text.lines().take_while(|line| !line.trim_start().starts_with("## ")).collect();
    let full = Some(full.join("\n")).filter(|full| !full.trim().is_empty()).unwrap_or_else(|| short.to_owned());
    let help = sarif::MultiformatMessageString::builder().text(page_text.as_str()).markdown(page_text.as_str()).build();
    let level = json!(level(rule.severity));
    sarif::ReportingDescriptor::builder()
        .id(&*rule.name)
        .name(pascal_case(&rule.name))
        .short_description(text(&shorten(&one_line(&short), DESCRIPTION)))
        .full_description(text(&shorten(&one_line(&full), DESCRIPTION)))
        .help(help)
        .help_uri(page(rule))
        .default_configuration(sarif::ReportingConfiguration::builder().level(level).build())
        .properties(properties(rule))
        .build()
}

fn properties(rule: &Meta) -> sarif::PropertyBag {
    let security = rule.family.is_security();
    let subject = security.then_some("security").into_iter().chain([rule.family.as_str(), rule.tier.as_str()]);
    let mut tags: Vec<String> = Vec::new();
    for tag in subject.chain(rule.aliases.iter().map(|alias| &**alias)) {
        // The schema wants tags to differ: the family `security` is one.
        if tags.len() < TAGS && !tag.is_empty() && !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    let precision = if rule.tier == Tier::Default { "very-high" } else { "high" };
    let mut more = BTreeMap::from([
        ("precision".to_owned(), json!(precision)),
        ("problem.severity".to_owned(), json!(problem_severity(rule.severity))),
    ]);
    if security {
        more.insert("security-severity".to_owned(), json!(security_severity(rule.severity)));
    }
    sarif::PropertyBag::builder().tags(tags).additional_properties(more).build()
}

fn level(severity: Severity) -> sarif::ResultLevel {
    match severity {
        Severity::Critical | Severity::High => sarif::ResultLevel::Error,
        Severity::Medium | Severity::Low => sarif::ResultLevel::Warning,
        Severity::Info => sarif::ResultLevel::Note,
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium | Severity::Low => "warning",
        Severity::Info => "recommendation",
    }
}

/// A score within the band that GitHub shows under the same word; a string, since a number breaks the upload.
fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.5",
        Severity::Info => "0.5",
    }
}

fn result(diagnostic: &Diagnostic, rules: &Rules) -> sarif::Result {
    let related: Vec<_> = diagnostic.related.iter().zip(1..).map(|(place, id)| related(place, id)).collect();
    let fixes: Vec<_> = diagnostic.fix.iter().filter_map(fix).collect();
    let fingerprints = BTreeMap::from([("shipworthy/v1".to_owned(), diagnostic.fingerprint.clone())]);
    let index = rules.index.get(&*diagnostic.rule.name).copied().unwrap_or_default();
    let mut result = sarif::Result::builder()
        .rule_id(&*diagnostic.rule.name)
        .rule_index(index as i64)
        .level(level(diagnostic.severity))
        .message(sarif::Message::builder().text(message(diagnostic)).build())
        .locations(vec![location(diagnostic)])
        .build();
    result.related_locations = Some(related).filter(|list| !list.is_empty());
    result.fixes = Some(fixes).filter(|list| !list.is_empty());
    result.partial_fingerprints = Some(fingerprints).filter(|_| !diagnostic.fingerprint.is_empty());
    result
}

/// The text with a capital letter at its start: help follows a full stop here.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The message, which is the alert's title up to its first full stop, then the help and links to related places.
fn message(diagnostic: &Diagnostic) -> String {
    let mut message = without_links(&diagnostic.message);
    if message.is_empty() {
        message = diagnostic.rule.name.to_string();
    }
    if let Some(help) = diagnostic.help.as_deref().filter(|help| !help.is_empty()) {
        let help = without_links(help);
        message = format!("{message}. {}", capital(help.trim_end_matches('.')));
    }
    let links = diagnostic.related.iter().zip(1..).map(|(place, id)| format!("[{}]({id})", link_text(place)));
    let links = links.collect::<Vec<_>>().join(", ");
    if links.is_empty() { message } else { format!("{message}. See {links}.") }
}

/// An image can be named so that the message holds a link of its own.
fn without_links(text: &str) -> String {
    text.replace("](", "] (")
}

fn link_text(place: &Place) -> String {
    let text = match &*place.text {
        "" => format!("{}:{}", place.path, place.start.line),
        text => text.to_owned(),
    };
    text.replace(['[', ']', '(', ')', '\\'], " ").replace(['\n', '\r'], " ").trim().to_owned()
}

fn location(diagnostic: &Diagnostic) -> sarif::Location {
    let mut location = sarif::Location::builder().physical_location(physical(&diagnostic.primary)).build();
    location.logical_locations = diagnostic.resource.as_ref().and_then(logical).map(|logical| vec![logical]);
    location
}

fn related(place: &Place, id: i64) -> sarif::Location {
    let mut location = sarif::Location::builder().id(id).physical_location(physical(place)).build();
    let text = Some(without_links(&place.text)).filter(|text| !text.is_empty());
    location.message = text.map(|text| sarif::Message::builder().text(text).build());
    location
}

fn physical(place: &Place) -> sarif::PhysicalLocation {
    sarif::PhysicalLocation::builder().artifact_location(artifact(&place.path)).region(region(place)).build()
}

fn region(place: &Place) -> sarif::Region {
    sarif::Region::builder()
        .start_line(i64::from(place.start.line.max(1)))
        .start_column(i64::from(place.start.column.max(1)))
        .end_line(i64::from(place.end.line.max(1)))
        .end_column(i64::from(place.end.column.max(1)))
        .build()
}

/// The Kubernetes object: `Deployment/shop/web/container`.
fn logical(resource: &Resource) -> Option<sarif::LogicalLocation> {
    let parts = [Some(&resource.kind), resource.namespace.as_ref(), Some(&resource.name), resource.container.as_ref()];
    let parts: Vec<_> = parts.into_iter().flatten().filter(|part| !part.is_empty()).map(|part| &**part).collect();
    let qualified = Some(parts.join("/")).filter(|name| !name.is_empty())?;
    Some(sarif::LogicalLocation::builder().fully_qualified_name(qualified).kind("resource").build())
}

/// The fix, unless it is only ever to be shown: viewers apply what stands here.
fn fix(fix: &PlacedFix) -> Option<sarif::Fix> {
    if fix.safety == Safety::Display || fix.edits.is_empty() {
        return None;
    }
    let mut files: BTreeMap<&str, Vec<sarif::Replacement>> = BTreeMap::new();
    for edit in &fix.edits {
        files.entry(&edit.place.path).or_default().push(replacement(edit));
    }
    let changes = files.into_iter().map(|(path, replacements)| {
        sarif::ArtifactChange::builder().artifact_location(artifact(path)).replacements(replacements).build()
    });
    let mut made = sarif::Fix::builder().artifact_changes(changes.collect::<Vec<_>>()).build();
    let title = Some(without_links(&fix.title)).filter(|title| !title.is_empty());
    made.description = title.map(|title| sarif::Message::builder().text(title).build());
    Some(made)
}

fn replacement(edit: &PlacedEdit) -> sarif::Replacement {
    let mut replacement = sarif::Replacement::builder().deleted_region(region(&edit.place)).build();
    // Without content the region is deleted.
    let text = Some(&edit.text).filter(|text| !text.is_empty());
    replacement.inserted_content = text.map(|text| sarif::ArtifactContent::builder().text(text).build());
    replacement
}

fn invocation(report: &Report, cut: usize) -> sarif::Invocation {
    let note = |level: &str, text: String| {
        sarif::Notification::builder()
            .level(json!(level))
            .message(sarif::Message::builder().text(without_links(&text)).build())
            .build()
    };
    let errors = report.errors.iter().filter(|error| !error.is_empty());
    let mut notes: Vec<_> = errors.map(|error| note("error", error.clone())).collect();
    if cut > 0 {
        let text =
            format!("{} left out: a run holds {RESULTS} results at most, the worst are kept", count(cut, "finding"));
        notes.push(note("warning", text));
    }
    for (reason, number) in super::skipped_by_reason(&report.summary) {
        notes.push(note("note", format!("{} left unchecked: {reason}", count(number, "item"))));
    }
    for item in &report.summary.undecided {
        notes.push(note(
            "note",
            format!("{}: undecided {}: {}", item.rule, count(item.count as usize, "time"), item.reason),
        ));
    }
    let mut invocation = sarif::Invocation::builder().execution_successful(report.errors.is_empty()).build();
    invocation.tool_execution_notifications = Some(notes).filter(|notes| !notes.is_empty());
    // GitHub takes absolute addresses only where it knows what they are relative to.
    invocation.working_directory = places(report).any(is_absolute).then(|| root(&report.root));
    invocation
}

fn places(report: &Report) -> impl Iterator<Item = &str> {
    let all = report.diagnostics.iter().flat_map(|found| std::iter::once(&found.primary).chain(&found.related));
    all.map(|place| &*place.path)
}

fn root(path: &Path) -> sarif::ArtifactLocation {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    artifact(&format!("{}/", path.trim_end_matches('/')))
}

fn artifact(path: &str) -> sarif::ArtifactLocation {
    sarif::ArtifactLocation::builder().uri(uri(path)).build()
}

/// A relative path as a relative address, an absolute one as a `file` address.
fn uri(path: &str) -> String {
    if path.is_empty() {
        return ".".to_owned();
    }
    if let Some(share) = path.strip_prefix("//") {
        return format!("file://{}", percent_encode(share));
    }
    if path.starts_with('/') {
        return format!("file://{}", percent_encode(path));
    }
    match path.split_at_checked(2) {
        Some((drive, rest)) if is_absolute(path) => format!("file:///{drive}{}", percent_encode(rest)),
        _ => percent_encode(path.strip_prefix("./").unwrap_or(path)),
    }
}

fn is_absolute(path: &str) -> bool {
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    path.starts_with('/') || drive
}

/// Encodes all but RFC 3986's unreserved characters and `/`, so that no name reads as a scheme, query or fragment.
pub(super) fn percent_encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(byte as char),
            _ => encoded += &format!("%{byte:02X}"),
        }
    }
    encoded
}

fn text(text: &str) -> sarif::MultiformatMessageString {
    sarif::MultiformatMessageString::builder().text(text).build()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.chars().take(limit - 1).chain(['…']).collect()),
    }
}

/// SARIF wants a rule's name to be an identifier for people: `latest-base-image` becomes `LatestBaseImage`.
fn pascal_case(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined: String = words
        .map(|word| {
            let mut letters = word.chars();
            let first = letters.next().into_iter().flat_map(char::to_uppercase);
            first.chain(letters).collect::<String>()
        })
        .collect();
    if joined.is_empty() { name.to_owned() } else { shorten(&joined, 255).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_addresses() {
        let table = [
            ("app/Dockerfile", "app/Dockerfile"),
            ("./a.yaml", "a.yaml"),
            ("a b/%0A?#.yaml", "a%20b/%250A%3F%23.yaml"),
            ("http:x", "http%3Ax"),
            ("é/::", "%C3%A9/%3A%3A"),
            ("/etc/a b", "file:///etc/a%20b"),
            ("C:/x y", "file:///C:/x%20y"),
            ("//host/share", "file://host/share"),
        ];
        for (path, expected) in table {
            assert_eq!(uri(path), expected);
        }
    }

    #[test]
    fn names_become_identifiers() {
        assert_eq!(pascal_case("latest-base-image"), "LatestBaseImage");
        assert_eq!(pascal_case("policy/no-root_user"), "PolicyNoRootUser");
        assert_eq!(pascal_case("--"), "--");
    }

    #[test]
    fn long_descriptions_are_cut() {
        assert_eq!(shorten(&"é".repeat(2000), 1024).chars().count(), 1024);
        assert_eq!(shorten("short", 1024), "short");
    }
}
