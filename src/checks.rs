//! Checks that several rules make in the same way, told apart by what they look at.
//!
//! The rules keep their pages, names and examples; what they do alike stands here once.

use regex::Regex;

use crate::document::InstructionView;
use crate::finding::Severity;
use crate::kubernetes::{Container, Object};
use crate::rule::Sink;
use crate::shell::Command;
use crate::source::Span;
use crate::workspace::{ObjectFacts, Workspace};
use crate::yaml::Node;

/// Reports the probe `key` (`livenessProbe`) of a container where it goes to a port that the container does not declare.
/// `word` is what messages call the probe: `liveness`.
pub fn probe_port(container: Container<'_>, key: &str, word: &str, sink: &mut Sink<'_>) {
    let Some(found) = container.undeclared_probe_port(key) else { return };
    let title = format!("the {word} probe of {} goes to", container.title());
    let port = found.port.text().unwrap_or_default();
    if found.named {
        let message = format!("{title} the port `{port}`, a name that none of its ports has: it always fails");
        sink.report_value(found.port, message)
            .caption("no port has this name")
            .help("name a port of the container, or write the number");
    } else {
        sink.report_value(found.port, format!("{title} port {port}, which is not among its `ports`"))
            .caption("not declared")
            .help("add the port to `ports`, if it is the one that is meant")
            .severity(Severity::Low)
            .pedantic();
    }
}

/// Reports an id (`runAsUser`, `runAsGroup`) below the option `minimum`, or none at all. `word` is `user` or `group`.
pub fn low_id(container: Container<'_>, key: &str, word: &str, sink: &mut Sink<'_>) {
    if container.pod.is_windows() || container.pod.has_user_namespace() {
        return;
    }
    let minimum = sink.number("minimum");
    let finding = match container.effective(key) {
        None => {
            let message = format!("{} does not say which {word} id it has", container.title());
            sink.report(container.missing_in("securityContext"), message)
        }
        Some(value) => match value.as_i64() {
            Some(id) if id < minimum => sink
                .report_value(value, format!("{} has the {word} id {id}, which is below {minimum}", container.title())),
            _ => return,
        },
    };
    finding.caption("may be an id of the node").help(format!("set `{key}` to an id that the node has no use for"));
}

/// A label or annotation that the configuration speaks of: the options `key` and `value`.
pub struct Entry {
    /// Its key.
    pub key: String,
    /// What its whole value is to match; any without one.
    value: Option<Regex>,
}

impl Entry {
    /// Reads the options; none where they say nothing, or nothing about this object.
    pub fn configured(object: Object<'_>, sink: &Sink<'_>) -> Option<Self> {
        let (key, value) = (sink.text("key"), sink.text("value"));
        if key.is_empty() || object.group().ends_with("kustomize.config.k8s.io") {
            return None;
        }
        let value = if value.is_empty() { None } else { Some(Regex::new(&format!("^(?:{value})$")).ok()?) };
        Some(Self { key: key.to_owned(), value })
    }

    /// Whether the value of an entry is one that is spoken of.
    pub fn fits(&self, node: Node<'_>) -> bool {
        self.value.as_ref().is_none_or(|value| value.is_match(node.text().unwrap_or_default()))
    }
}

/// Reports an object whose `metadata.<map>` lacks the configured entry. `word` is `label` or `annotation`.
pub fn missing_entry(object: Object<'_>, map: &str, word: &str, sink: &mut Sink<'_>) {
    let Some(wanted) = Entry::configured(object, sink) else { return };
    let key = &wanted.key;
    let found = object.metadata(map).and_then(|map| map.get(key));
    if found.is_some_and(|node| wanted.fits(node)) {
        return;
    }
    let span = found.map_or_else(|| object.span(), Node::span);
    let how = if found.is_some() { "has a value that is not allowed in" } else { "lacks" };
    sink.report(span, format!("{} {how} the {word} `{key}`", object.title()))
        .caption(format!("no fitting {word} `{key}`"))
        .help(format!("add the {word} `{key}`"));
}

/// Reports each backend of the objects that `sends` picks whose Service is known and lacks the port.
pub fn backend_ports(workspace: &Workspace, sends: fn(&ObjectFacts) -> bool, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects().filter(|(_, object)| sends(object)) {
        for backend in &object.relations.backends {
            let Some((port, span)) = &backend.port else { continue };
            let Some(missed) = workspace.missed_port(file, object, backend) else { continue };
            let (title, service) = (object.title(), missed.service.title());
            let message = format!("{title} sends to port {port} of {service}, which has the ports {}", missed.ports);
            sink.report_in(file.id, *span, message)
                .caption("the Service has no such port")
                .label_in(missed.file.id, missed.service.span, format!("the ports of {service}"))
                .help("name a `port` of the Service, not its `targetPort`");
        }
    }
}

/// Reports each backend of the objects that `sends` picks whose Service is nowhere; pedantic, it may be elsewhere.
pub fn backend_services(workspace: &Workspace, sends: fn(&ObjectFacts) -> bool, sink: &mut Sink<'_>) {
    for (file, object) in workspace.objects().filter(|(_, object)| sends(object)) {
        for backend in object.relations.backends.iter().filter(|one| !workspace.has_object("Service", &one.service)) {
            let (title, service) = (object.title(), &backend.service);
            let message = format!("{title} sends to the Service `{service}`, which is nowhere in the repository");
            sink.report_in(file.id, backend.span, message)
                .caption("no such Service")
                .help("correct the name, or add the Service")
                .pedantic();
        }
    }
}

/// What a rule says of a mode at fault: its place and how it is written.
type ReportMode = fn(Span, &str, &mut Sink<'_>);

/// Reports the mode that a `chmod` sets, if it is at fault.
pub fn chmod_mode(command: &Command, at_fault: fn(&str) -> bool, report: ReportMode, sink: &mut Sink<'_>) {
    let Some(mode) = command.operands().next() else { return };
    if mode.literal().is_some_and(at_fault) && !command.has_flag(&["reference"]) {
        report(mode.span, &mode.raw, sink);
    }
}

/// Reports the mode that `COPY --chmod` or `ADD --chmod` sets, if it is at fault.
pub fn copy_mode(copy: InstructionView<'_>, at_fault: fn(&str) -> bool, report: ReportMode, sink: &mut Sink<'_>) {
    let Some(mode) = copy.instruction.flag("chmod").and_then(|flag| flag.value.as_ref()) else { return };
    if mode.is_literal() && at_fault(&mode.value) {
        report(mode.span, &mode.value, sink);
    }
}

/// The bits of a mode written in octal.
pub fn octal_mode(mode: &str) -> Option<u32> {
    let is_octal = mode.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    is_octal.then(|| u32::from_str_radix(mode, 8).unwrap_or_default())
}

/// What the clauses of a symbolic mode give: `u+s,go=r` gives `("u", "+s")` and `("go", "=r")`. Those that only take
/// away are left out.
pub fn granting_clauses(mode: &str) -> impl Iterator<Item = (&str, &str)> {
    mode.split(',').filter_map(|clause| Some(clause.split_at(clause.find(['+', '='])?)))
}
