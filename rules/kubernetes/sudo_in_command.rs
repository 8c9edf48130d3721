//! `sudo-in-command`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that is started through `sudo`.
    ///
    /// ## Why
    /// Either the container may gain rights, which it should not, or the command fails.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     command: [sudo, -E, serve]
    ///               ^^^^ container `web` is started through `sudo`
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     command: [sh, -c, "exec sudo log"]
    ///                       ^^^^^^^^^^^^^^^ container `log` is started through `sudo`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", command: [serve, --user=pseudo]}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4", command: [cat, /etc/sudoers]}
    /// ```
    pub RULE {
        name: "sudo-in-command",
        aliases: &[
            "kubescape:C-0062",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let words = ["command", "args"].iter().filter_map(|key| container.node.get(key)).flat_map(Node::items);
    let sudo = |word: &Node<'_>| {
        let text = word.text().unwrap_or_default();
        text.split(|c: char| c.is_whitespace() || ";&|()".contains(c))
            .any(|part| matches!(part, "sudo" | "/usr/bin/sudo"))
    };
    if let Some(word) = words.into_iter().find(sudo) {
        sink.report_value(word, format!("{} is started through `sudo`", container.title()))
            .caption("`sudo`")
            .help("start the program as the user it should run as: `runAsUser`");
    }
}
