//! `yaml-norway-and-octal`.
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{Object, PodSpec, Shape};
use crate::rule::{Check, Sink};
use crate::yaml::{Entry, Node, Scalar, Style};

crate::rule! {
    /// Flags a number or a truth value where the API takes only text, and file modes that are not what they look like.
    ///
    /// ## Why
    /// To YAML, `yes`, `on` and `NO` are truth values, and `1.10` is the number 1.1. A variable, label or annotation with
    /// such a value is refused; put it in quotes. A mode without the leading zero is a decimal number, so `644` is no mode at
    /// all.
    ///
    /// When the rule is asked for, decimal modes that look octal (`400`) and user ids with a leading zero are reported too.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels: {country: NO}
    ///                     ^^ the label `country` of Pod `web` is a truth value, and the API takes only text there
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env: [{name: PORT, value: 8080}]
    ///                               ^^^^ the variable `PORT` of container `web` is a number, and the API takes only text there
    /// ```
    /// ```yaml fixed
    /// apiVersion: v1
    /// kind: Pod
    /// metadata:
    ///   name: web
    ///   labels: {country: "NO"}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env: [{name: PORT, value: "8080"}]
    /// ```
    /// ```yaml bad default
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, annotations: {example.com/on: true}}
    ///                                                     ^^^^ the annotation `example.com/on` of ConfigMap `web` is a truth value
    /// data:
    ///   VERSION: 1.10
    ///            ^^^^ the key `VERSION` of ConfigMap `web` is a number
    ///   NOTHING:
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     args: [--port, 8080]
    ///                    ^^^^ an entry of `args` of container `web` is a number
    ///   volumes:
    ///   - {name: a, secret: {secretName: a, defaultMode: 644}}
    ///                                                    ^^^ the mode 644 of Pod `web` is a decimal number: it is 1204 in octal
    ///   - {name: b, secret: {secretName: b, defaultMode: 400}}
    ///                                                    ^^^ the mode 400 of Pod `web` is a decimal number: it is 620 in octal
    ///   - {name: c, secret: {secretName: c, defaultMode: 0400}}
    /// ```
    /// Texts, and nothing at all, are fine:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: ConfigMap
    /// metadata: {name: web, labels: {version: "1.10", tier:}}
    /// data: {A: "yes", B: 1.2.3, C: , D: 'on', E: "${PORT}", F: 10m}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", env: [{name: A, value: "1"}, {name: B, value:}], args: ["1", -v]}
    ///   volumes:
    ///   - {name: a, configMap: {name: a, defaultMode: 420}}
    ///   - {name: b, configMap: {name: b, defaultMode: 0755}}
    /// ```
    pub RULE {
        name: "yaml-norway-and-octal",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Object(&["*"], check), Check::PodSpec(check_pod)],
    }
}

fn check(object: Object<'_>, sink: &mut Sink<'_>) {
    let title = object.title();
    check_metadata(object.node.get("metadata"), &title, sink);
    match (object.api_version, object.kind) {
        ("v1", "ConfigMap") => check_map(object.node.get("data"), "key", &title, sink),
        ("v1", "Secret") => check_map(object.node.get("stringData"), "key", &title, sink),
        ("v1", "Service") => {
            let selector = object.node.get("spec").and_then(|spec| spec.get("selector"));
            check_map(selector, "selector label", &title, sink);
        }
        ("apps/v1", _) => {
            let selector = object.node.get("spec").and_then(|spec| spec.get("selector"));
            check_map(selector.and_then(|selector| selector.get("matchLabels")), "selector label", &title, sink);
        }
        _ => {}
    }
}

fn check_pod(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    if !pod.known || pod.shape != Shape::Pod {
        return;
    }
    let title = pod.object.title();
    if pod.object.kind != "Pod" {
        check_metadata(pod.template.and_then(|template| template.get("metadata")), &title, sink);
    }
    check_map(pod.node.get("nodeSelector"), "node label", &title, sink);
    for container in pod.containers() {
        let title = container.title();
        for variable in container.items("env") {
            let name = variable.get("name").and_then(Node::text).unwrap_or_default();
            if let Some(value) = variable.get("value") {
                check_text(value, &format!("the variable `{name}` of {title}"), sink);
            }
        }
        for key in ["command", "args"] {
            for word in container.node.get(key).into_iter().flat_map(Node::items) {
                check_text(word, &format!("an entry of `{key}` of {title}"), sink);
            }
        }
    }
    check_ids(pod, sink);
    for volume in pod.volumes() {
        check_modes(volume, &title, 0, sink);
    }
}

fn check_metadata(metadata: Option<Node<'_>>, title: &str, sink: &mut Sink<'_>) {
    for (key, what) in [("labels", "label"), ("annotations", "annotation")] {
        check_map(metadata.and_then(|metadata| metadata.get(key)), what, title, sink);
    }
}

fn check_map(map: Option<Node<'_>>, what: &str, title: &str, sink: &mut Sink<'_>) {
    for entry in map.into_iter().flat_map(Node::entries) {
        let key = entry.key_text().unwrap_or_default();
        check_text(entry.value, &format!("the {what} `{key}` of {title}"), sink);
    }
}

/// Reports a scalar that is neither text nor nothing.
fn check_text(value: Node<'_>, what: &str, sink: &mut Sink<'_>) {
    let is = match value.k8s() {
        Some(Scalar::Bool(_)) => "a truth value",
        Some(Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)) => "a number",
        _ => return,
    };
    let finding = sink.report_value(value, format!("{what} is {is}, and the API takes only text there"));
    finding.caption(format!("{is}, not text")).help("put it in quotes");
    if value.anchored().is_none() && value.style() == Style::Plain {
        let edit = (value.span(), format!("\"{}\"", value.raw()));
        finding.fix(Safety::Safe, "Put it in quotes", vec![edit]);
    }
}

/// The largest mode: `0777`.
const ALL_BITS: i64 = 0o777;
/// Decimal numbers that the API takes for modes, but that a reader takes for octal ones.
const LOOK_OCTAL: [i64; 4] = [400, 440, 444, 500];

/// Reports modes under a volume, those of its items and projected sources too.
fn check_modes(node: Node<'_>, title: &str, depth: u32, sink: &mut Sink<'_>) {
    for Entry { key, value } in node.entries() {
        let is_mode = matches!(key.text(), Some("defaultMode" | "mode"));
        let written = value.raw().starts_with(|c: char| matches!(c, '1'..='9'));
        match value.as_i64().filter(|_| is_mode && written) {
            Some(mode) if mode > ALL_BITS => report_mode(value, mode, title, sink),
            Some(mode) if LOOK_OCTAL.contains(&mode) => {
                report_mode(value, mode, title, sink);
                if let Some(last) = sink.findings.last_mut() {
                    last.pedantic();
                }
            }
            _ if depth < 4 => value.items().chain([value]).for_each(|below| check_modes(below, title, depth + 1, sink)),
            _ => {}
        }
    }
}

fn report_mode(value: Node<'_>, mode: i64, title: &str, sink: &mut Sink<'_>) {
    let help = format!("write `0{mode}` in YAML, or the decimal number that is meant");
    sink.report_value(value, format!("the mode {mode} of {title} is a decimal number: it is {mode:o} in octal"))
        .caption("not octal")
        .help(help);
}

/// Reports ids of users and groups with a leading zero, which are octal.
fn check_ids(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let own = pod.containers().into_iter().map(|container| container.node);
    let contexts = own.chain([pod.node]).filter_map(|node| node.get("securityContext"));
    for context in contexts {
        for key in ["runAsUser", "runAsGroup", "fsGroup"] {
            let Some(value) = context.get(key) else { continue };
            let Some(id) = value.as_i64().filter(|id| *id > 7) else { continue };
            let written = value.raw();
            if value.style() == Style::Plain && written.starts_with('0') && written.bytes().all(|b| b.is_ascii_digit())
            {
                sink.report_value(
                    value,
                    format!("`{key}: {written}` of {} is an octal number: it means {id}", pod.title()),
                )
                .caption("octal")
                .help("leave out the leading zero")
                .pedantic();
            }
        }
    }
}
