//! A small report with a friendly half and a hostile one, in every format. A change of a snapshot is a change of what
//! users see.

use std::sync::Arc;

use serde_json::Value;

use super::*;
use crate::finding::{
    Diagnostic, Family, FixKind, Place, PlacedEdit, PlacedFix, Resource, Safety, Skipped, Snippet, Tier, Undecided,
};
use crate::source::{Source, Span};

const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx:latest
          securityContext:
            privileged: true
          ports:
            - containerPort: 8080
";

const SERVICE: &str = "\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      targetPort: 9090
";

fn rule(name: &'static str, severity: Severity, family: Family, aliases: &[&'static str]) -> Arc<Meta> {
    Arc::new(Meta {
        name: name.into(),
        aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
        severity,
        tier: Tier::Default,
        family,
        since: "0.1.0".into(),
        fix: FixKind::Sometimes,
        options: (&[]).into(),
        replaces: (&[]).into(),
        docs: format!("Flags what `{name}`\nsays.\n\nMore of it.\n\n## Why\nIt is bad.\n").into(),
    })
}

/// The place of the first `needle`, with two lines around it.
fn place(path: &str, text: &str, needle: &str, label: &str) -> Place {
    let at = text.find(needle).expect("the needle is there");
    let span = Span::new(at, at + needle.len());
    let source = Source::new(path, text);
    let lines = source.lines();
    let line = lines.line(span.start);
    let first_line = line.saturating_sub(2).max(1);
    let from = lines.start(first_line) as usize;
    let to = lines.span(text, (line + 2).min(lines.count())).end as usize;
    let snippet =
        Snippet { first_line, text: text[from..to].into(), span: Span::new(at - from, at - from + needle.len()) };
    Place {
        path: path.into(),
        span,
        start: lines.position(text, span.start),
        end: lines.position(text, span.end),
        text: label.into(),
        snippet,
    }
}

fn diagnostic(rule: &Arc<Meta>, message: &str, primary: Place) -> Diagnostic {
    Diagnostic {
        rule: Arc::clone(rule),
        aliases: rule.aliases.to_vec(),
        severity: rule.severity,
        message: message.into(),
        primary,
        related: Vec::new(),
        help: None,
        fix: None,
        resource: None,
        fingerprint: "0123456789abcdef".into(),
        excuse: None,
    }
}

fn report(rules: Vec<Arc<Meta>>, diagnostics: Vec<Diagnostic>) -> Report {
    let mut summary = Summary { files: 3, documents: 4, objects: 2, suppressed: 1, ..Summary::default() };
    for diagnostic in &diagnostics {
        *summary.findings.entry(diagnostic.severity).or_default() += 1;
    }
    Report { diagnostics, summary, rules, root: "/w/repo".into(), errors: Vec::new() }
}

fn friendly() -> Report {
    let privileged = rule("privileged-container", Severity::Critical, Family::PodSecurity, &["trivy:KSV-0017"]);
    let latest = rule("latest-image", Severity::Medium, Family::Image, &[]);
    let port = rule("unmatched-target-port", Severity::High, Family::Reference, &[]);
    let silent = rule("silent-rule", Severity::Info, Family::Style, &[]);

    let deploy = "k8s/deploy.yaml";
    let mut first = diagnostic(
        &latest,
        "container `web` uses the tag `latest`",
        place(deploy, DEPLOYMENT, "nginx:latest", "floats"),
    );
    first.help = Some("Name the version that was tested".into());
    first.fix = Some(PlacedFix {
        title: "Remove the tag".into(),
        safety: Safety::Unsafe,
        edits: vec![PlacedEdit { place: place(deploy, DEPLOYMENT, ":latest", ""), text: String::new() }],
    });
    let mut second = diagnostic(
        &privileged,
        "container `web` runs privileged",
        place(deploy, DEPLOYMENT, "true", "privileged here"),
    );
    second.related.push(place(deploy, DEPLOYMENT, "nginx:latest", "this image"));
    second.related.push(place(deploy, DEPLOYMENT, "Deployment", "of this object"));
    second.resource = Some(Resource {
        api_version: "apps/v1".into(),
        kind: "Deployment".into(),
        namespace: Some("shop".into()),
        name: "web".into(),
        container: Some("web".into()),
    });
    let mut third = diagnostic(
        &port,
        "Service `web` sends to port 9090, which no container of its pods has",
        place("k8s/service.yaml", SERVICE, "9090", ""),
    );
    third.related.push(place(deploy, DEPLOYMENT, "8080", "the only port"));

    let mut report = report(vec![silent, latest, privileged, port], vec![first, second, third]);
    let skip = |path: &str, reason: &'static str| Skipped { path: path.into(), reason: reason.into() };
    report.summary.skipped = vec![skip("a.yaml", "template"), skip("b.yaml", "patch"), skip("c.yaml", "template")];
    report.summary.undecided =
        vec![Undecided { rule: "missing-network-policy".into(), reason: "partial run".into(), count: 2 }];
    report
}

const HOSTILE_PATH: &str = "::error::a %0A|<script>`é\u{1b}[31m\u{202e}\n.yaml";

fn hostile() -> Report {
    let rule = rule("latest-base-image", Severity::High, Family::Security, &["hadolint:DL3007"]);
    let text = "FROM é\u{1a}\tx:\u{1b}]0;owned\u{7}latest\u{202e} # \u{9b}31m\r\nRUN a\rRUN b";
    let mut only = diagnostic(
        &rule,
        "image `[x](http://evil)` | <img> ::warning::\r\n##[error]x \u{1b}[2J",
        place(HOSTILE_PATH, text, "latest", "a\nb\u{1b}[0m ](z)"),
    );
    only.related.push(place("/etc/ö ü.yaml", SERVICE, "9090", "[y](http://evil)\\"));
    only.help = Some("see\n[there](http://evil)".into());
    let mut report = report(vec![], vec![only]);
    report.summary.skipped = vec![Skipped { path: HOSTILE_PATH.into(), reason: "a\u{1b}[0m".into() }];
    report.errors = vec!["cannot read `\u{1b}[31m`".into()];
    report
}

fn plain() -> Style {
    Style { width: 80, ..Style::default() }
}

fn written(format: Format, report: &Report, style: &Style) -> String {
    let mut out = Vec::new();
    write(format, report, style, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn valid(schema: &Value, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).expect("JSON");
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let errors: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
    value
}

/// The schema of OASIS, from the sources of serde-sarif 0.8.0.
fn sarif_schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/schemas/sarif-2.1.0.json");
    let mut schema: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("the schema is there")).expect("JSON");
    // Two patterns for languages end in a bracket that nothing opens, which is no regular expression here.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        language.as_object_mut().expect("an object").remove("pattern");
    }
    schema
}

#[test]
fn formats_are_known_by_name() {
    for format in Format::ALL {
        assert_eq!(format.as_str().parse(), Ok(format));
    }
    let error = "xml".parse::<Format>().expect_err("no such format");
    assert_eq!(error, "unknown format `xml`; use text, concise, json, sarif, github or markdown");
}

#[test]
fn text() {
    insta::assert_snapshot!(written(Format::Text, &friendly(), &plain()));
}

#[test]
fn text_in_ascii() {
    let style = Style { unicode: false, ..plain() };
    let text = written(Format::Text, &friendly(), &style);
    assert!(text.is_ascii(), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn text_with_colors_and_links() {
    let style = Style { color: true, hyperlinks: true, ..plain() };
    let mut report = friendly();
    report.diagnostics.truncate(1);
    let text = written(Format::Text, &report, &style);
    insta::assert_snapshot!(text.replace('\u{1b}', "<ESC>"));
}

#[test]
fn text_of_hostile_names() {
    insta::assert_snapshot!(written(Format::Text, &hostile(), &plain()));
}

#[test]
fn no_format_for_people_lets_a_control_character_through() {
    for format in [Format::Text, Format::Concise, Format::Github, Format::Markdown] {
        for unicode in [true, false] {
            let text = written(format, &hostile(), &Style { unicode, ..plain() });
            let raw: Vec<_> = text.chars().filter(|c| *c != '\n' && (c.is_control() || *c == '\u{202e}')).collect();
            assert_eq!(raw, Vec::<char>::new(), "{format}: {text}");
        }
    }
}

#[test]
fn no_line_of_a_log_begins_with_a_command_of_the_repository() {
    for format in [Format::Text, Format::Concise, Format::Markdown] {
        let text = written(format, &hostile(), &plain());
        assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{format}: {text}");
    }
}

#[test]
fn a_clean_run_says_what_was_checked() {
    let clean = report(vec![], vec![]);
    let expected = "No findings in 3 files (4 documents and 2 objects checked); 1 suppressed.\n";
    assert_eq!(written(Format::Text, &clean, &plain()), expected);
    assert_eq!(written(Format::Concise, &clean, &plain()), expected);
    assert_eq!(written(Format::Text, &clean, &Style { quiet: true, ..plain() }), "");
    assert_eq!(written(Format::Github, &clean, &plain()), "");
}

#[test]
fn a_place_without_text_is_still_told() {
    let mut report = friendly();
    report.diagnostics.truncate(1);
    report.diagnostics[0].primary.snippet = Snippet::default();
    assert!(written(Format::Text, &report, &plain()).contains("k8s/deploy.yaml:11:18"));
}

/// Any snippet, however wrong its span, must render.
#[test]
fn odd_spans_do_not_panic() {
    for text in ["", "a", "a\n", "é\r\nb\rc", "\t\t\u{1a}é\n\n", "\n"] {
        for start in 0..=text.len() + 2 {
            for end in start..=text.len() + 3 {
                let mut report = friendly();
                report.diagnostics.truncate(2);
                for diagnostic in &mut report.diagnostics {
                    diagnostic.primary.snippet =
                        Snippet { first_line: 0, text: text.into(), span: Span::new(start, end) };
                }
                let text = written(Format::Text, &report, &plain());
                assert!(text.contains("k8s/deploy.yaml:11:18"), "{start}..{end}: {text}");
                assert!(!text.contains("Failed"), "{start}..{end}: {text}");
            }
        }
    }
}

#[test]
fn narrow_terminals_do_not_panic() {
    for width in 0..30 {
        written(Format::Text, &friendly(), &Style { width, ..plain() });
    }
}

#[test]
fn concise() {
    insta::assert_snapshot!(written(Format::Concise, &friendly(), &plain()));
    insta::assert_snapshot!("concise_of_hostile_names", written(Format::Concise, &hostile(), &plain()));
}

#[test]
fn json() {
    let text = written(Format::Json, &friendly(), &plain());
    valid(&json::schema(), &text);
    insta::assert_snapshot!(text);
}

/// A terminal obeys U+009B and lays out U+202E; serde_json escapes only what JSON demands.
#[test]
fn json_and_sarif_escape_control_characters() {
    for format in [Format::Json, Format::Sarif] {
        let mut report = hostile();
        report.diagnostics[0].message.push_str("\u{9b}31m \u{202e} \u{e0001} é 😀");
        let text = written(format, &report, &plain());
        assert!(!text.contains(|c: char| c != '\n' && c.is_control()), "{text}");
        assert!(text.contains("\\u009b31m \\u202e \\udb40\\udc01 é 😀"), "{text}");
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let message = value.pointer("/findings/0/message").or(value.pointer("/runs/0/results/0/message/text"));
        assert!(message.and_then(Value::as_str).is_some_and(|text| text.contains("\u{9b}31m \u{202e} \u{e0001} é 😀")));
    }
}

#[test]
fn json_keeps_names_as_they_are() {
    let value = valid(&json::schema(), &written(Format::Json, &hostile(), &plain()));
    assert_eq!(value["findings"][0]["path"], HOSTILE_PATH);
    valid(&json::schema(), &written(Format::Json, &report(vec![], vec![]), &plain()));
}

#[test]
fn the_schema_refuses_what_the_format_does_not_write() {
    let validator = jsonschema::validator_for(&json::schema()).expect("a schema");
    let text = written(Format::Json, &friendly(), &plain());
    let good: Value = serde_json::from_str(&text).expect("JSON");
    for (pointer, wrong) in [
        ("/schema_version", Value::from(2)),
        ("/findings/0/severity", Value::from("bad")),
        ("/findings/0/start/line", Value::from(0)),
        ("/findings/0/fingerprint", Value::from("x")),
        ("/summary/skipped", Value::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).expect("there") = wrong;
        assert!(!validator.is_valid(&bad), "{pointer}");
    }
}

#[test]
fn sarif() {
    let value = valid(&sarif_schema(), &written(Format::Sarif, &friendly(), &plain()));
    insta::assert_snapshot!(serde_json::to_string_pretty(&value).expect("JSON"));
}

#[test]
fn sarif_of_hostile_names() {
    let value = valid(&sarif_schema(), &written(Format::Sarif, &hostile(), &plain()));
    let result = &value["runs"][0]["results"][0];
    let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "%3A%3Aerror%3A%3Aa%20%250A%7C%3Cscript%3E%60%C3%A9%1B%5B31m%E2%80%AE%0A.yaml");
    let uri = &result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "file:///etc/%C3%B6%20%C3%BC.yaml");
    assert_eq!(value["runs"][0]["invocations"][0]["workingDirectory"]["uri"], "file:///w/repo/");
    assert_eq!(value["runs"][0]["invocations"][0]["executionSuccessful"], false);
    let message = result["message"]["text"].as_str().expect("text");
    assert!(!message.contains("](http"), "{message}");
    assert!(message.ends_with("See [y  http://evil](1)."), "{message}");
    // The rule was not in the list of those that were on.
    assert_eq!(value["runs"][0]["tool"]["driver"]["rules"][0]["id"], "latest-base-image");
}

#[test]
fn sarif_has_no_null_and_no_empty_string() {
    fn check(value: &Value, path: &str) {
        match value {
            Value::Null => panic!("null at {path}"),
            Value::String(text) => assert!(!text.is_empty(), "empty string at {path}"),
            Value::Array(items) => items.iter().for_each(|item| check(item, path)),
            Value::Object(fields) => fields.iter().for_each(|(key, value)| check(value, &format!("{path}/{key}"))),
            _ => {}
        }
    }
    let mut bare = hostile();
    let one = &mut bare.diagnostics[0];
    (one.message, one.fingerprint, one.help) = (String::new(), String::new(), Some(String::new()));
    one.related[0].text.clear();
    one.resource = Some(Resource::default());
    let mut meta = (*one.rule).clone();
    meta.docs = "".into();
    one.rule = Arc::new(meta);
    for report in [friendly(), hostile(), bare] {
        check(&valid(&sarif_schema(), &written(Format::Sarif, &report, &plain())), "");
    }
}

#[test]
fn sarif_of_a_clean_run_still_lists_its_rules() {
    let mut clean = friendly();
    clean.diagnostics.clear();
    let value = valid(&sarif_schema(), &written(Format::Sarif, &clean, &plain()));
    assert_eq!(value["runs"][0]["results"], serde_json::json!([]));
    assert_eq!(value["runs"][0]["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(4));
}

fn many(number: usize) -> Report {
    let friendly = friendly();
    let cycle = friendly.diagnostics.iter().cloned().cycle().take(number).collect();
    report(friendly.rules.clone(), cycle)
}

#[test]
fn sarif_keeps_the_worst_where_there_are_too_many() {
    let text = written(Format::Sarif, &many(25_010), &plain());
    let value: Value = serde_json::from_str(&text).expect("JSON");
    let run = &value["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 25_000);
    let warnings = results.iter().filter(|result| result["level"] == "warning").count();
    assert_eq!(warnings, 25_010_usize.div_ceil(3) - 10);
    let note = &run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(note.as_str().is_some_and(|text| text.starts_with("10 findings left out")), "{note}");
}

/// Drawn from whole files this would take minutes.
#[test]
fn ten_thousand_findings_are_drawn_from_their_windows() {
    let report = many(10_000);
    let text = written(Format::Text, &report, &Style { color: true, ..plain() });
    assert!(text.lines().count() > 10_000);
}

#[test]
fn github() {
    let style = Style { workspace: Some("/w".into()), ..plain() };
    insta::assert_snapshot!(written(Format::Github, &friendly(), &style));
    insta::assert_snapshot!("github_of_hostile_names", written(Format::Github, &hostile(), &plain()));
}

#[test]
fn github_shows_ten_of_a_level_and_says_how_many_more() {
    let text = written(Format::Github, &many(45), &plain());
    let commands: Vec<_> = text.lines().take_while(|line| line.starts_with("::")).collect();
    assert_eq!(commands.iter().filter(|line| line.starts_with("::error ")).count(), 10);
    assert_eq!(commands.iter().filter(|line| line.starts_with("::warning ")).count(), 10);
    assert!(commands[0].contains("privileged-container"), "the worst come first: {}", commands[0]);
    let rest: Vec<_> = text.lines().skip(20).collect();
    assert_eq!(rest[0], "25 more findings, beyond the 10 annotations of a level that GitHub shows for a step:");
    assert_eq!(rest.len(), 26);
}

#[test]
fn github_gives_no_columns_where_lines_differ() {
    let mut report = friendly();
    report.diagnostics.truncate(1);
    report.diagnostics[0].primary.end.line += 1;
    assert!(!written(Format::Github, &report, &plain()).contains("col="));
}

#[test]
fn a_hostile_finding_beyond_the_annotations_is_no_command() {
    let mut report = hostile();
    report.diagnostics = vec![report.diagnostics[0].clone(); 11];
    let text = written(Format::Github, &report, &plain());
    let last = text.lines().last().expect("a line");
    assert!(!last.starts_with("::") && !last.contains("##["), "{last}");
}

#[test]
fn markdown() {
    insta::assert_snapshot!(written(Format::Markdown, &friendly(), &plain()));
    insta::assert_snapshot!("markdown_of_hostile_names", written(Format::Markdown, &hostile(), &plain()));
}

#[test]
fn markdown_stays_below_a_mebibyte() {
    let mut report = many(300);
    for (number, diagnostic) in report.diagnostics.iter_mut().enumerate() {
        diagnostic.message = "\u{e0001}|".repeat(10_000);
        diagnostic.primary.path = format!("{number}{}", "|<".repeat(5_000)).into();
    }
    report.errors = vec!["<".repeat(10_000); 1_000];
    let text = written(Format::Markdown, &report, &plain());
    assert!(text.len() < 1 << 20, "{}", text.len());
    assert_eq!(text.matches("<details>").count(), 200);
    assert!(text.contains("100 more findings"));
}
