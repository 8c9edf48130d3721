//! `duplicate-env-var`.
use std::collections::HashMap;

use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::kubernetes::{Container, place};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags an environment variable that one container sets twice.
    ///
    /// ## Why
    /// The last one wins, and the value of the first is lost without a word; server-side apply refuses the object.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - name: LOG_LEVEL
    ///       value: info
    ///     - name: PORT
    ///       value: "8080"
    ///     - name: LOG_LEVEL
    ///             ^^^^^^^^^ container `web` sets `LOG_LEVEL` twice
    ///       value: debug
    /// ```
    /// The same value twice can go:
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - name: LOG_LEVEL
    ///       value: info
    ///     - name: LOG_LEVEL
    ///             ^^^^^^^^^ container `web` sets `LOG_LEVEL` twice
    ///       value: info
    /// ```
    /// ```yaml fixed
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     env:
    ///     - name: LOG_LEVEL
    ///       value: info
    /// ```
    /// Two containers are two environments, and names differ by case:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   initContainers:
    ///   - {name: wait, image: "example.com/wait:1.4", env: [{name: PORT, value: "1"}]}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", env: [{name: PORT, value: "1"}, {name: port, value: "2"}]}
    /// ```
    /// A variable may replace one of a ConfigMap:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     envFrom: [{configMapRef: {name: defaults}}]
    ///     env: [{name: PORT, value: "1"}]
    /// ```
    pub RULE {
        name: "duplicate-env-var",
        aliases: &[
            "kube-linter:duplicate-env-var", "kube-score:environment-variable-key-duplication", "kubescape:C-0295",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let mut seen: HashMap<&str, Node<'_>> = HashMap::new();
    for item in container.items("env") {
        let Some(value) = item.get("name") else { continue };
        let Some(name) = value.text().filter(|name| !crate::kubernetes::is_placeholder(name)) else { continue };
        let Some(earlier) = seen.insert(name, item) else { continue };
        let same = earlier.raw() == item.raw();
        let lost = if same { "" } else { ": only this value counts" };
        let finding = sink.report_value(value, format!("{} sets `{name}` twice{lost}", container.title()));
        finding.caption("set before").label(place::item(earlier), "set here first").sub_code(name.to_owned());
        finding.help("keep one of the two");
        let lines = place::lines_of_item(earlier).and(place::lines_of_item(item));
        if let (true, Some(lines)) = (same, lines) {
            finding.fix(Safety::Safe, format!("Remove the second `{name}`"), vec![(lines, String::new())]);
        }
    }
}
