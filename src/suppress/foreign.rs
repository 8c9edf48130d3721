//! Suppressions that people wrote for other tools.
//!
//! Each keeps the reach its tool gives it, made generous where the tool is only strict about layout: hadolint's pragma
//! covers the next instruction although comments stand between. An id that no rule carries silences nothing, and is no
//! fault. Formats, from the tools' documentation:
//!
//! - hadolint: `# hadolint ignore=DL3003,SC2086`, `# hadolint global ignore=..`, `# hadolint stage ignore=..`
//! - ShellCheck: `# shellcheck disable=SC2086,SC2046` between the lines of a `RUN`, for the command below, or above it
//! - BuildKit: `# check=skip=StageNameCasing;error=true` at the top, `# check=skip=StageNameCasing // why` above an
//!   instruction
//! - Checkov: `# checkov:skip=CKV_DOCKER_3:why` anywhere in a Dockerfile; annotations with `checkov.io/skip` in the key
//! - Trivy: `# trivy:ignore:DS-0002`, with `:exp:2026-12-31`, above the line or at its end
//! - kube-linter, kube-score, Polaris: annotations of the object

use jiff::civil::Date;

use super::Suppression;
use crate::document::{DockerDocument, Document, ManifestDocument};
use crate::kubernetes::Object;
use crate::select::Selector;
use crate::source::{Source, Span};
use crate::yaml::{Entry, Node};

/// Words one of which stands in every file that has a foreign suppression.
const MARKS: [&str; 10] = [
    "hadolint",
    "shellcheck",
    "check",
    "trivy:",
    "kube-linter.io",
    "kube-score/",
    "polaris.fairwinds",
    "skip=",
    "io/skip",
    "checkov",
];

/// The suppressions of a file that were written for other tools.
pub(super) fn read(document: &Document, source: &Source, today: Date) -> Vec<Suppression> {
    let has = |mark: &&str| memchr::memmem::find(source.text.as_bytes(), mark.as_bytes()).is_some();
    if !MARKS.iter().any(has) {
        return Vec::new();
    }
    let mut found = Vec::new();
    match document {
        Document::Dockerfile(file) => dockerfile(file, source, today, &mut found),
        Document::Manifest(file) => manifest(file, source, today, &mut found),
    }
    found.retain(|suppression| !suppression.rules.is_empty());
    found
}

fn dockerfile(document: &DockerDocument, source: &Source, today: Date, found: &mut Vec<Suppression>) {
    let whole = Span::new(0, source.text.len());
    if let Some(directive) = document.file.directive("check") {
        found.push(Suppression { covers: whole, rules: buildkit(&directive.value) });
    }
    for comment in document.comments() {
        let text = source.text[comment.range()].trim_start_matches('#').trim();
        // Each of the forms below has one of these; nearly every other comment has none.
        if memchr::memchr2(b'=', b':', text.as_bytes()).is_none() {
            continue;
        }
        let below = || document.covered_by(comment);
        if let Some(pragma) = text.strip_prefix("hadolint ") {
            hadolint(pragma.trim(), whole, &below, found);
        } else if let Some(directive) = text.strip_prefix("shellcheck ") {
            let covers = below().map(|line| to_end_of_command(document, line));
            found.extend(covers.map(|covers| Suppression { covers, rules: shellcheck(directive) }));
        } else if let Some(list) = text.strip_prefix("check=") {
            let list = list.split(" //").next().unwrap_or_default();
            found.extend(below().map(|covers| Suppression { covers, rules: buildkit(list) }));
        } else if let Some(id) = checkov_id(text) {
            found.push(Suppression { covers: whole, rules: vec![id] });
        } else {
            let rules = trivy(text, today);
            found.extend(below().filter(|_| !rules.is_empty()).map(|covers| Suppression { covers, rules }));
        }
    }
}

fn hadolint(pragma: &str, whole: Span, below: &dyn Fn() -> Option<Span>, found: &mut Vec<Suppression>) {
    let (reach, rest) = match pragma.split_once(char::is_whitespace) {
        Some(("global", rest)) => (Some(whole), rest),
        Some(("stage", rest)) => (below(), rest),
        _ => (below(), pragma),
    };
    let list = rest.trim().strip_prefix("ignore").map(str::trim_start).and_then(|rest| rest.strip_prefix('='));
    let (Some(covers), Some(list)) = (reach, list) else { return };
    let list = list.split('#').next().unwrap_or_default();
    let ids = list.split(',').filter_map(|id| id.split_whitespace().next());
    let tool = |id: &str| if id.starts_with("SC") || id.starts_with("sc") { "shellcheck" } else { "hadolint" };
    found.push(Suppression { covers, rules: ids.map(|id| foreign_id(tool(id), id)).collect() });
}

/// `disable=SC2086,2046 # why`, `disable=SC3000-SC4000`, `disable=all`.
fn shellcheck(directive: &str) -> Vec<Selector> {
    let words = directive.split('#').next().unwrap_or_default().split_whitespace();
    let lists = words.filter_map(|word| word.strip_prefix("disable="));
    let number = |id: &str| id.trim_start_matches(['S', 'C', 's', 'c']).parse::<u32>().ok();
    let mut rules = Vec::new();
    for id in lists.flat_map(|list| list.split(',')) {
        match id.split_once('-') {
            _ if id == "all" => rules.push(Selector::Group("shellcheck:".to_owned())),
            Some((first, last)) => {
                let (Some(first), Some(last)) = (number(first), number(last)) else { continue };
                let within = |id: &&str| number(id).is_some_and(|id| (first..=last).contains(&id));
                rules.extend(crate::shell::lint::ids().filter(within).map(|id| foreign_id("shellcheck", id)));
            }
            None => rules.extend(number(id).map(|id| foreign_id("shellcheck", &format!("SC{id}")))),
        }
    }
    rules
}

/// A line of a `RUN`, stretched over the commands that begin on it.
fn to_end_of_command(document: &DockerDocument, line: Span) -> Span {
    let commands = (0..document.file.instructions.len())
        .filter(|index| document.file.instructions[*index].span.contains(line))
        .filter_map(|index| document.script(index))
        .flat_map(|script| &script.commands);
    let begins = |command: &&crate::shell::Command| (line.start..line.end).contains(&command.span.start);
    commands.filter(begins).fold(line, |all, command| all.cover(command.span))
}

/// `skip=StageNameCasing,JSONArgsRecommended;error=true`.
fn buildkit(value: &str) -> Vec<Selector> {
    let skip = value.split(';').find_map(|part| part.trim().strip_prefix("skip="));
    let names = skip.into_iter().flat_map(|list| list.split(',')).map(str::trim).filter(|name| !name.is_empty());
    names
        .map(|name| match name {
            "all" => Selector::Group("buildkit:".to_owned()),
            name => foreign_id("buildkit", name),
        })
        .collect()
}

/// `checkov:skip=CKV_DOCKER_3:why`.
fn checkov_id(text: &str) -> Option<Selector> {
    let rest = ["checkov:skip=", "bridgecrew:skip=", "cortex:skip="].iter().find_map(|mark| text.split_once(mark))?.1;
    let id = rest.split([':', ' ', '\t']).next().filter(|id| !id.is_empty())?;
    Some(foreign_id("checkov", id))
}

/// `trivy:ignore:DS-0002:exp:2026-12-31 trivy:ignore:KSV-0014`.
fn trivy(text: &str, today: Date) -> Vec<Selector> {
    let mut rules = Vec::new();
    for word in text.split_whitespace() {
        let Some(rest) = word.trim_start_matches('#').strip_prefix("trivy:ignore:") else { continue };
        let (id, expiry) = match rest.split_once(":exp:") {
            Some((id, day)) => (id, day.parse::<Date>().ok()),
            None => (rest.split(':').next().unwrap_or_default(), None),
        };
        let id = id.split('[').next().unwrap_or_default();
        match id {
            _ if expiry.is_some_and(|day| day < today) => {}
            "" => {}
            "*" => rules.push(Selector::Group("trivy:".to_owned())),
            id => rules.push(foreign_id("trivy", &trivy_id(id))),
        }
    }
    rules
}

/// Trivy's ids in their present form: `AVD-DS-0002` and `DS002` are `DS-0002`.
fn trivy_id(id: &str) -> String {
    let upper = id.to_ascii_uppercase();
    let plain = upper.strip_prefix("AVD-").unwrap_or(&upper);
    match plain.find(|c: char| c.is_ascii_digit()) {
        Some(at) if !plain.contains('-') => format!("{}-{:0>4}", &plain[..at], &plain[at..]),
        _ => plain.to_owned(),
    }
}

fn foreign_id(tool: &str, id: &str) -> Selector {
    Selector::Id(format!("{tool}:{id}").to_ascii_lowercase())
}

fn manifest(document: &ManifestDocument, source: &Source, today: Date, found: &mut Vec<Suppression>) {
    let yaml = &document.yaml;
    for comment in yaml.comments() {
        let rules = trivy(yaml.comment_text(comment), today);
        if rules.is_empty() {
            continue;
        }
        let line = source.lines().line(comment.span.start);
        let covers = match comment.own_line {
            true => yaml.covered_by(comment),
            false => Some(source.lines().span(&source.text, line)),
        };
        found.extend(covers.map(|covers| Suppression { covers, rules }));
    }
    for object in document.objects() {
        let templates = object.pod_specs().into_iter().filter_map(|pod| pod.template?.get("metadata"));
        let metadata = object.node.get("metadata").into_iter().chain(templates);
        for annotations in metadata.filter_map(|metadata| metadata.get("annotations")) {
            for annotation in annotations.entries() {
                let rules = annotation_rules(annotation);
                found.push(Suppression { covers: whole_object(object), rules });
            }
        }
    }
}

fn whole_object(object: Object<'_>) -> Span {
    object.node.span()
}

/// The rules that one annotation silences for its object.
fn annotation_rules(annotation: Entry<'_>) -> Vec<Selector> {
    let (Some(key), value) = (annotation.key_text(), annotation.value) else { return Vec::new() };
    let text = value.text().unwrap_or_default();
    if let Some(check) = key.strip_prefix("ignore-check.kube-linter.io/") {
        return vec![foreign_id("kube-linter", check)];
    }
    if let Some(check) = key.strip_prefix("polaris.fairwinds.com/") {
        return polaris(check, value);
    }
    match key {
        "kube-linter.io/ignore-all" => vec![Selector::Group("kube-linter:".to_owned())],
        "kube-score/ignore" => kube_score(text),
        _ if ["checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip"].iter().any(|mark| key.contains(mark)) => {
            let id = text.split(['=', ':']).next().unwrap_or_default().trim();
            vec![foreign_id("checkov", id)]
        }
        _ => Vec::new(),
    }
}

fn polaris(key: &str, value: Node<'_>) -> Vec<Selector> {
    let on = value.as_bool() == Some(true) || value.text() == Some("true");
    match key.strip_suffix("exempt").filter(|_| on) {
        Some("") => vec![Selector::Group("polaris:".to_owned())],
        Some(check) => vec![foreign_id("polaris", check.trim_end_matches('-'))],
        None => Vec::new(),
    }
}

fn kube_score(list: &str) -> Vec<Selector> {
    list.split(',').map(str::trim).filter(|id| !id.is_empty()).map(|id| foreign_id("kube-score", id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_trivy_are_read_in_all_their_forms() {
        for id in ["DS-0002", "ds-0002", "AVD-DS-0002", "DS002"] {
            assert_eq!(trivy_id(id), "DS-0002", "{id}");
        }
    }

    #[test]
    fn what_expired_silences_nothing() {
        let today = jiff::civil::date(2026, 11, 22);
        assert_eq!(trivy("trivy:ignore:DS-0002:exp:2026-11-21", today), []);
        assert_eq!(trivy("trivy:ignore:DS-0002:exp:2026-11-22", today).len(), 1);
        assert_eq!(trivy("trivy:ignore:DS-0002 trivy:ignore:DS-0001", today).len(), 2);
    }

    #[test]
    fn the_ids_of_a_shellcheck_directive_are_read() {
        let ids = |ids: &[&str]| ids.iter().map(|id| foreign_id("shellcheck", id)).collect::<Vec<_>>();
        assert_eq!(shellcheck("disable=SC2086,2046 # split on purpose"), ids(&["SC2086", "SC2046"]));
        assert_eq!(shellcheck("source=/dev/null disable=SC2034"), ids(&["SC2034"]));
        assert_eq!(shellcheck("disable=SC2006-SC2010"), ids(&["SC2006", "SC2007", "SC2009", "SC2010"]));
        assert_eq!(shellcheck("disable=all"), [Selector::Group("shellcheck:".to_owned())]);
        assert_eq!(shellcheck("shell=bash"), []);
    }

    #[test]
    fn the_skip_list_of_a_check_directive_is_read() {
        assert_eq!(buildkit("skip=StageNameCasing,FromAsCasing;error=true").len(), 2);
        assert_eq!(buildkit("skip=all"), [Selector::Group("buildkit:".to_owned())]);
        assert_eq!(buildkit("error=true"), []);
    }
}
