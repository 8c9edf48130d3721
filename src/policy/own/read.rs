//! From the text of a policy file to rules, and to what is wrong with it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::{API_VERSION, Definition, Example, Kind, Message, Part, Target};
use crate::dockerfile::Keyword;
use crate::finding::{Family, FixKind, Meta, Severity, Tier};
use crate::kubernetes::{Role, place};
use crate::policy::Loaded;
use crate::policy::cel::{Expression, Fault};
use crate::policy::model::{ROLES, Step};
use crate::rule::{Check, Rule};
use crate::select::nearest;
use crate::source::{Span, SyntaxError};
use crate::yaml::{Node, Yaml};

/// The keys of a rule, in the order of the documentation.
const KEYS: [&str; 12] = [
    "apiVersion",
    "kind",
    "name",
    "severity",
    "message",
    "help",
    "docs",
    "match",
    "where",
    "assert",
    "path",
    "examples",
];
/// The keys of `match`.
const MATCH_KEYS: [&str; 6] = ["instruction", "command", "stage", "kinds", "pods", "containers"];

/// Reads the rules of a file.
pub fn rules(text: &str) -> Loaded {
    let (definitions, faults) = definitions(text);
    let names = definitions.iter().map(|(_, definition)| definition.name).collect();
    let rules = definitions
        .into_iter()
        .map(|(meta, definition)| Rule { meta, checks: Cow::Owned(vec![Check::Policy(Arc::new(definition))]) });
    Loaded { rules: rules.collect(), names, faults }
}

/// Reads the definitions of a file, and what is wrong with the others.
pub fn definitions(text: &str) -> (Vec<(Meta, Definition)>, Vec<SyntaxError>) {
    let yaml = Yaml::parse(Arc::from(text));
    let (mut found, mut faults) = (Vec::new(), yaml.errors().to_vec());
    let mut names = HashSet::new();
    for document in yaml.documents() {
        let mut reader = Reader { faults: Vec::new() };
        let rule = reader.rule(document.root, &mut names);
        found.extend(rule.filter(|_| reader.faults.is_empty()));
        faults.extend(reader.faults);
    }
    if found.is_empty() && faults.is_empty() {
        let message = "the file holds no rule".to_owned();
        let help = Some(format!("a rule begins with `apiVersion: {API_VERSION}` and `kind: Rule`"));
        faults.push(SyntaxError { span: Span::empty(0), message, help });
    }
    faults.sort_by_key(|fault| fault.span);
    (found, faults)
}

struct Reader {
    faults: Vec<SyntaxError>,
}

impl Reader {
    fn fault(&mut self, span: Span, message: impl Into<String>) {
        self.faults.push(SyntaxError { span, message: message.into(), help: None });
    }

    fn fault_help(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.faults.push(SyntaxError { span, message: message.into(), help: Some(help.into()) });
    }

    fn rule(&mut self, root: Node<'_>, names: &mut HashSet<String>) -> Option<(Meta, Definition)> {
        if !root.is_mapping() {
            self.fault(root.span().first_line(root.yaml().text()), "a rule is a mapping");
            return None;
        }
        let kind = root.get("kind").filter(|kind| kind.text() == Some("Rule"));
        if kind.is_none() {
            let span = root.get("kind").map_or_else(|| place::missing_in(root), Node::span);
            self.fault_help(span, "the document is no rule: its `kind` is not `Rule`", "write `kind: Rule`");
            return None;
        }
        self.api_version(root);
        self.known_keys(root, &KEYS, "a rule");
        let name = self.name(root, names);
        let severity = self.severity(root);
        let target = self.target(root);
        // Without a target the variables are not known; the other keys are still looked at.
        let variables = target.as_ref().map(Target::variables);
        let message = self.message(root, variables);
        let condition = root.get("where").and_then(|node| self.expression(node, variables));
        let assertion = self.required(root, "assert").and_then(|node| self.expression(node, variables));
        let path = root.get("path").and_then(|node| self.path(node, target.as_ref()));
        let help = root.get("help").and_then(|node| self.text(node)).map(one_line);
        let docs = root.get("docs").and_then(|node| self.text(node)).map(str::to_owned);
        let (bad, good) = self.examples(root);
        let (name, severity, target, message, assertion) = (name?, severity?, target?, message?, assertion?);
        let page = Page {
            docs,
            message: root.get("message").and_then(Node::text).map(one_line).unwrap_or_default(),
            condition: root.get("where").and_then(Node::text),
            assertion: root.get("assert").and_then(Node::text).unwrap_or_default(),
            language: if target.is_dockerfile() { "dockerfile" } else { "yaml" },
            bad: &bad,
            good: &good,
        };
        let meta = meta(&name, severity, &page);
        let help = help.map(Cow::Owned);
        let at = root.get("name").map_or_else(Span::default, Node::span);
        Some((meta, Definition { name: at, target, condition, assertion, message, help, path, bad, good }))
    }

    fn api_version(&mut self, root: Node<'_>) {
        let Some(node) = self.required(root, "apiVersion") else { return };
        if node.text() != Some(API_VERSION) {
            let found = node.text().unwrap_or_default();
            self.fault_help(node.span(), format!("unknown apiVersion `{found}`"), format!("write `{API_VERSION}`"));
        }
    }

    fn known_keys(&mut self, mapping: Node<'_>, known: &[&str], what: &str) {
        for entry in mapping.raw_entries() {
            let key = entry.key_text().unwrap_or_default();
            if known.contains(&key) {
                continue;
            }
            let help = match nearest(&key.to_ascii_lowercase(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("{what} has the keys {}", known.join(", ")),
            };
            self.fault_help(entry.key_span(), format!("unknown key `{key}` in {what}"), help);
        }
        let twice: Vec<Span> = mapping.yaml().duplicate_keys().map(|key| key.later).collect();
        for entry in mapping.raw_entries().filter(|entry| twice.contains(&entry.key_span())) {
            self.fault(entry.key_span(), format!("the key `{}` is there twice", entry.key_text().unwrap_or_default()));
        }
    }

    fn required<'d>(&mut self, root: Node<'d>, key: &str) -> Option<Node<'d>> {
        match root.entry(key) {
            Some(entry) if !entry.value.is_null() => Some(entry.value),
            Some(entry) => {
                self.fault(entry.key_span(), format!("`{key}` is empty"));
                None
            }
            None => {
                self.fault(place::missing_in(root), format!("the rule has no `{key}`"));
                None
            }
        }
    }

    /// The text of a scalar, whatever it looks like to YAML: `assert: true` is an expression.
    fn text<'d>(&mut self, node: Node<'d>) -> Option<&'d str> {
        match node.text().filter(|text| !text.trim().is_empty()) {
            Some(text) => Some(text),
            None => {
                let span = if node.is_scalar() { node.span() } else { place::missing_in(node) };
                self.fault(span, "this wants a text");
                None
            }
        }
    }

    /// A text, or the texts of a list.
    fn texts<'d>(&mut self, node: Node<'d>) -> Vec<(Node<'d>, &'d str)> {
        if node.is_sequence() && node.is_empty() {
            self.fault(node.span().first_line(node.yaml().text()), "the list is empty");
        }
        let single = (!node.is_sequence()).then_some(node);
        node.items().chain(single).filter_map(|item| Some((item, self.text(item)?))).collect()
    }

    fn name(&mut self, root: Node<'_>, names: &mut HashSet<String>) -> Option<String> {
        let node = self.required(root, "name")?;
        let name = self.text(node)?;
        let good = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !good || name.starts_with('-') || name.ends_with('-') {
            self.fault_help(
                node.span(),
                format!("`{name}` is no name for a rule"),
                "use small letters, digits and dashes",
            );
            return None;
        }
        if !names.insert(name.to_owned()) {
            self.fault(node.span(), format!("another rule of this file is called `{name}`"));
            return None;
        }
        Some(name.to_owned())
    }

    fn severity(&mut self, root: Node<'_>) -> Option<Severity> {
        let Some(node) = root.get("severity") else { return Some(Severity::Medium) };
        let word = self.text(node)?;
        word.parse()
            .map_err(|_| {
                let known = Severity::ALL.map(Severity::as_str);
                let help = match nearest(&word.to_ascii_lowercase(), known.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("use {}", known.join(", ")),
                };
                self.fault_help(node.span(), format!("unknown severity `{word}`"), help);
            })
            .ok()
    }

    fn target(&mut self, root: Node<'_>) -> Option<Target> {
        let node = self.required(root, "match")?;
        if !node.is_mapping() {
            self.fault_help(node.span(), "`match` wants a mapping", format!("its keys are {}", MATCH_KEYS.join(", ")));
            return None;
        }
        let before = self.faults.len();
        self.known_keys(node, &MATCH_KEYS, "`match`");
        let of_dockerfile = ["instruction", "command", "stage"];
        let of_manifest = ["kinds", "pods", "containers"];
        let given = |keys: &[&str]| keys.iter().filter_map(|key| node.entry(key)).collect::<Vec<_>>();
        let (dockerfile, manifest) = (given(&of_dockerfile), given(&of_manifest));
        let one_too_many = dockerfile.get(1).or(manifest.first().filter(|_| !dockerfile.is_empty()));
        if let Some(entry) = one_too_many {
            let help = "write a rule of its own for each; only `kinds` goes with `pods` or `containers`";
            self.fault_help(entry.key_span(), "a rule matches one thing", help);
            return None;
        }
        let kinds = node.get("kinds").map(|node| self.kinds(node));
        let target = if let Some(node) = node.get("instruction") {
            Some(Target::Instruction(self.keywords(node)))
        } else if let Some(node) = node.get("command") {
            let programs = self.texts(node).into_iter().map(|(_, text)| text.to_owned());
            Some(Target::Command(programs.filter(|program| program != "*").collect()))
        } else if let Some(node) = node.get("stage") {
            self.stage(node)
        } else if let Some(node) = node.get("containers") {
            Some(Target::Container(kinds.unwrap_or_default(), self.roles(node)))
        } else if let Some(node) = node.get("pods") {
            self.switch(node).map(|()| Target::Pod(kinds.unwrap_or_default()))
        } else {
            kinds.map(Target::Object)
        };
        if target.is_none() && self.faults.len() == before {
            let help = format!("its keys are {}", MATCH_KEYS.join(", "));
            self.fault_help(place::missing_in(node), "`match` names nothing to look at", help);
        }
        target.filter(|_| self.faults.len() == before)
    }

    fn switch(&mut self, node: Node<'_>) -> Option<()> {
        if node.as_bool() == Some(true) {
            return Some(());
        }
        self.fault(node.span(), "`pods` is `true` or left out");
        None
    }

    fn stage(&mut self, node: Node<'_>) -> Option<Target> {
        match self.text(node)? {
            "final" => Some(Target::Stage { last: true }),
            "every" => Some(Target::Stage { last: false }),
            word => {
                self.fault_help(node.span(), format!("unknown stage `{word}`"), "use `final` or `every`");
                None
            }
        }
    }

    fn keywords(&mut self, node: Node<'_>) -> Vec<Keyword> {
        let mut keywords = Vec::new();
        for (item, word) in self.texts(node) {
            let keyword = Keyword::from_text(word);
            if keyword != Keyword::Unknown {
                keywords.push(keyword);
            } else if word != "*" {
                let known = Keyword::ALL.map(|keyword| keyword.as_str().to_ascii_lowercase());
                let help = match nearest(&word.to_ascii_lowercase(), known.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{}`?", near.to_ascii_uppercase()),
                    None => "use a keyword such as `FROM`, or `*`".to_owned(),
                };
                self.fault_help(item.span(), format!("unknown instruction `{word}`"), help);
            }
        }
        keywords
    }

    fn kinds(&mut self, node: Node<'_>) -> Vec<Kind> {
        let mut kinds = Vec::new();
        for (item, word) in self.texts(node) {
            match kind(word) {
                Some(kind) => kinds.push(kind),
                None => self.fault_help(
                    item.span(),
                    format!("`{word}` is no kind"),
                    "write `Deployment`, `v1/Pod`, `apps/v1/Deployment` or `*`",
                ),
            }
        }
        kinds
    }

    fn roles(&mut self, node: Node<'_>) -> Vec<Role> {
        let mut roles = Vec::new();
        for (item, word) in self.texts(node) {
            match ROLES.into_iter().find(|(known, _)| *known == word) {
                Some((_, role)) => roles.push(role),
                None if word == "all" => {}
                None => {
                    let help = "use `all`, or a list of `app`, `init`, `sidecar`, `ephemeral`";
                    self.fault_help(item.span(), format!("unknown role `{word}` of a container"), help);
                }
            }
        }
        roles
    }

    fn expression(&mut self, node: Node<'_>, variables: Option<&[&str]>) -> Option<Expression> {
        let text = self.text(node)?;
        let compiled = Expression::compile(text, variables?);
        compiled.map_err(|faults| self.expression_faults(node, text, 0, faults)).ok()
    }

    fn expression_faults(&mut self, node: Node<'_>, text: &str, offset: usize, faults: Vec<Fault>) {
        for fault in faults {
            let range = fault.range.start + offset..fault.range.end + offset;
            self.faults.push(SyntaxError {
                span: span_in(node, text, range),
                message: fault.message,
                help: fault.help,
            });
        }
    }

    /// Reads a message with its `{expressions}`; `{{` and `}}` stand for braces.
    fn message(&mut self, root: Node<'_>, variables: Option<&[&str]>) -> Option<Message> {
        let node = self.required(root, "message")?;
        let text = self.text(node)?;
        let before = self.faults.len();
        let mut parts = vec![String::new()].into_iter().map(Part::Text).collect::<Vec<_>>();
        let push = |parts: &mut Vec<Part>, piece: &str| match parts.last_mut() {
            Some(Part::Text(last)) => last.push_str(piece),
            _ => parts.push(Part::Text(piece.to_owned())),
        };
        let mut at = 0;
        while let Some(found) = text[at..].find(['{', '}']) {
            let brace = at + found;
            push(&mut parts, &text[at..brace]);
            let doubled = text[brace + 1..].starts_with(&text[brace..=brace]);
            if doubled {
                push(&mut parts, &text[brace..=brace]);
                at = brace + 2;
            } else if let (true, Some(length)) = (text[brace..].starts_with('{'), closing(&text[brace + 1..])) {
                let inner = &text[brace + 1..brace + 1 + length];
                match variables.map(|variables| Expression::compile(inner, variables)) {
                    Some(Ok(value)) => parts.push(Part::Value(value)),
                    Some(Err(faults)) => self.expression_faults(node, text, brace + 1, faults),
                    None => {}
                }
                at = brace + length + 2;
            } else {
                let span = span_in(node, text, brace..brace + 1);
                self.fault_help(span, "a brace without its other half in the message", "write `{{` for a brace");
                at = brace + 1;
            }
        }
        push(&mut parts, &text[at..]);
        self.one_sentence(node, text);
        let parts = parts.into_iter().map(|part| match part {
            Part::Text(text) => Part::Text(text.replace('\n', " ")),
            value => value,
        });
        (self.faults.len() == before).then(|| Message(parts.collect()))
    }

    fn one_sentence(&mut self, node: Node<'_>, text: &str) {
        if text.trim_end().ends_with('.') {
            let last = text.trim_end().len() - 1;
            self.fault(span_in(node, text, last..last + 1), "a message ends without a full stop");
        }
    }

    fn path(&mut self, node: Node<'_>, target: Option<&Target>) -> Option<Vec<Step>> {
        let text = self.text(node)?;
        match steps(text) {
            Ok(steps) => Some(steps).filter(|_| target.is_some()),
            Err(at) => {
                let range = at..at + text[at..].chars().next().map_or(0, char::len_utf8);
                let help =
                    "write keys with dots and indexes in brackets: `spec.ports[0].name`, `metadata.labels['a.b/c']`";
                self.fault_help(span_in(node, text, range), "the path cannot be read here", help);
                None
            }
        }
    }

    fn examples(&mut self, root: Node<'_>) -> (Vec<Example>, Vec<Example>) {
        let Some(node) = root.get("examples") else { return Default::default() };
        if !node.is_mapping() {
            self.fault_help(place::missing_in(node), "`examples` wants a mapping", "its keys are bad, good");
            return Default::default();
        }
        self.known_keys(node, &["bad", "good"], "`examples`");
        let mut list = |key: &str| {
            let texts = node.get(key).map(|node| self.texts(node)).unwrap_or_default();
            texts.into_iter().map(|(item, text)| Example { text: text.to_owned(), span: item.span() }).collect()
        };
        (list("bad"), list("good"))
    }
}

/// The text on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn kind(word: &str) -> Option<Kind> {
    let part = |part: &str| (part != "*").then(|| part.to_owned());
    let is_version =
        |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let parts: Vec<&str> = word.split('/').collect();
    if parts.iter().any(|part| part.is_empty() || part.contains(char::is_whitespace)) {
        return None;
    }
    match parts.as_slice() {
        [kind] => Some(Kind { kind: part(kind), ..Kind::default() }),
        [version, kind] if is_version(version) => {
            Some(Kind { group: Some(String::new()), version: part(version), kind: part(kind) })
        }
        [group, kind] => Some(Kind { group: part(group), version: None, kind: part(kind) }),
        [group, version, kind] => Some(Kind { group: part(group), version: part(version), kind: part(kind) }),
        _ => None,
    }
}

/// The length up to the brace that closes an expression in a message, brackets and quotes minded.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{') => depth += 1,
            (None, '}') if depth == 0 => return Some(at),
            (None, '}') => depth -= 1,
            _ => {}
        }
    }
    None
}

/// Reads a path: `spec.ports[0].name`, `metadata.labels['a.b/c']`. The error says where it cannot be read.
fn steps(text: &str) -> Result<Vec<Step>, usize> {
    let mut steps = Vec::new();
    let mut at = 0;
    let end = text.trim_end().len();
    while at < end {
        let rest = &text[at..end];
        if let Some(inner) = rest.strip_prefix('[') {
            let close = inner.find(']').ok_or(at)?;
            let content = &inner[..close];
            let quoted = ['\'', '"'].iter().find_map(|quote| content.strip_prefix(*quote)?.strip_suffix(*quote));
            steps.push(match (quoted, content.parse()) {
                (Some(key), _) => Step::Key(key.to_owned()),
                (None, Ok(index)) => Step::Index(index),
                (None, Err(_)) => return Err(at),
            });
            at += close + 2;
        } else {
            let dot = usize::from(rest.starts_with('.'));
            if (dot == 0) != steps.is_empty() {
                return Err(at);
            }
            let length = rest[dot..].find(['.', '[', ']']).unwrap_or(rest.len() - dot);
            let key = &rest[dot..dot + length];
            if key.is_empty() || key.contains(char::is_whitespace) {
                return Err(at);
            }
            steps.push(Step::Key(key.to_owned()));
            at += dot + length;
        }
    }
    if steps.is_empty() { Err(0) } else { Ok(steps) }
}

/// The place in the file of a part of a scalar's text. Both are the same but for blanks and quotes, whatever the style;
/// where escapes make them differ it is the whole scalar.
fn span_in(node: Node<'_>, text: &str, range: Range<usize>) -> Span {
    let raw = node.raw();
    let (start, inner) = match raw.chars().next() {
        Some('"' | '\'') if raw.len() >= 2 && node.style() != crate::yaml::Style::Plain => (1, &raw[1..raw.len() - 1]),
        _ => (0, raw),
    };
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let whole = node.span().first_line(node.yaml().text());
    if node.anchored().is_some() || dense(inner) != dense(text) {
        return whole;
    }
    let before = text[..range.start].chars().filter(|c| !c.is_whitespace()).count();
    let mut solid = inner.char_indices().filter(|(_, c)| !c.is_whitespace()).skip(before);
    let Some((first, _)) = solid.next() else { return whole };
    let within = text[range].chars().filter(|c| !c.is_whitespace()).count();
    let last = match within {
        0 | 1 => Some((first, inner[first..].chars().next().unwrap_or(' '))),
        more => solid.nth(more - 2),
    };
    let end = last.map_or(inner.len(), |(at, c)| at + c.len_utf8());
    let base = node.span().start as usize + start;
    Span::new(base + first, base + end).first_line(node.yaml().text())
}

/// What a rule's page is made of.
struct Page<'a> {
    docs: Option<String>,
    message: String,
    condition: Option<&'a str>,
    assertion: &'a str,
    language: &'a str,
    bad: &'a [Example],
    good: &'a [Example],
}

impl Page<'_> {
    fn text(&self) -> String {
        let mut page = match &self.docs {
            Some(docs) => docs.trim_end().to_owned(),
            None => format!("Flags where: {}.", self.message),
        };
        let block = |page: &mut String, fence: &str, text: &str| {
            *page += &format!("\n```{fence}\n{}\n```\n", text.trim_end());
        };
        page += "\n\n## Condition\n";
        if let Some(condition) = self.condition {
            block(&mut page, "cel", &format!("// where\n{condition}"));
        }
        block(&mut page, "cel", &format!("// assert\n{}", self.assertion));
        let examples = self.bad.iter().map(|example| ("bad", example));
        let examples: Vec<_> = examples.chain(self.good.iter().map(|example| ("good", example))).collect();
        if !examples.is_empty() {
            page += "\n## Examples\n";
        }
        for (kind, example) in examples {
            block(&mut page, &format!("{} {kind}", self.language), &example.text);
        }
        // Each line of a page begins with the blank that follows `///`.
        page.lines().map(|line| format!(" {line}\n")).collect()
    }
}

fn meta(name: &str, severity: Severity, page: &Page<'_>) -> Meta {
    Meta {
        name: Cow::Owned(format!("policy/{name}")),
        aliases: Cow::Borrowed(&[]),
        severity,
        tier: Tier::Default,
        family: Family::Policy,
        since: Cow::Borrowed(""),
        fix: FixKind::None,
        options: Cow::Borrowed(&[]),
        replaces: Cow::Borrowed(&[]),
        docs: Cow::Owned(page.text()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_keys_and_indexes() {
        let key = |key: &str| Step::Key(key.to_owned());
        assert_eq!(steps("spec.ports[0].name"), Ok(vec![key("spec"), key("ports"), Step::Index(0), key("name")]));
        assert_eq!(steps("labels['a.b/c']"), Ok(vec![key("labels"), key("a.b/c")]));
        for (text, at) in
            [("", 0), (".a", 0), ("a..b", 1), ("a.", 1), ("a[x]", 1), ("a[0", 1), ("a]b", 1), ("a[0]b", 4)]
        {
            assert_eq!(steps(text), Err(at), "{text}");
        }
    }

    #[test]
    fn a_kind_may_leave_group_and_version_open() {
        let read = |word| kind(word).map(|kind| (kind.group, kind.version, kind.kind));
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(read("Pod"), Some((None, None, some("Pod"))));
        assert_eq!(read("v1/Pod"), Some((some(""), some("v1"), some("Pod"))));
        assert_eq!(read("apps/Deployment"), Some((some("apps"), None, some("Deployment"))));
        assert_eq!(read("apps/*/Deployment"), Some((some("apps"), None, some("Deployment"))));
        assert_eq!(read("*"), Some((None, None, None)));
        assert_eq!(read("a/b/c/d"), None);
        assert_eq!(read("apps//Deployment"), None);
    }
}
