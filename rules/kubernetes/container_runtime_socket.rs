//! `container-runtime-socket`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::PodSpec;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod that mounts the socket of the node's container runtime.
    ///
    /// ## Why
    /// Who may speak to the runtime may start a privileged container: the socket is the node, read-only mounts of it
    /// included.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - {name: builder, image: "example.com/builder:1.4"}
    ///   volumes:
    ///   - name: docker
    ///     hostPath: {path: /var/run/docker.sock}
    ///                      ^^^^^^^^^^^^^^^^^^^^ volume `docker` gives Pod `builder` the socket of the container runtime
    ///   - name: containerd
    ///     hostPath:
    ///       path: /run/containerd/
    ///             ^^^^^^^^^^^^^^^^ volume `containerd` gives Pod `builder` the socket of the container runtime
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - {name: builder, image: "example.com/builder:1.4"}
    ///   volumes:
    ///   - {name: run, emptyDir: {}}
    /// ```
    /// The socket of something else is not the runtime's, and by default a folder that happens to hold the socket is
    /// silent:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: builder}
    /// spec:
    ///   containers:
    ///   - {name: builder, image: "example.com/builder:1.4"}
    ///   volumes:
    ///   - {name: dbus, hostPath: {path: /run/dbus/system_bus_socket}}
    ///   - {name: run, hostPath: {path: /var/run}}
    /// ```
    pub RULE {
        name: "container-runtime-socket",
        aliases: &[
            "kube-linter:docker-sock", "trivy:KSV-0006", "checkov:CKV_K8S_27", "kubescape:C-0074",
            "kyverno:disallow-container-sock-mounts", "kyverno:docker-socket-check",
        ],
        severity: Severity::Critical, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        replaces: &["host-path-volume"],
        checks: &[Check::PodSpec(check)],
    }
}

/// The sockets, below `/run`.
const SOCKETS: [&str; 8] = [
    "/docker.sock",
    "/dockershim.sock",
    "/cri-dockerd.sock",
    "/containerd/containerd.sock",
    "/k3s/containerd/containerd.sock",
    "/crio/crio.sock",
    "/podman/podman.sock",
    "/docker/containerd/containerd.sock",
];

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    for volume in pod.volumes() {
        let Some(value) = volume.get("hostPath").and_then(|host| host.get("path")) else { continue };
        let Some(path) = value.text().map(below_run) else { continue };
        let Some(path) = path else { continue };
        let holds =
            |socket: &&str| socket.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let Some(socket) = SOCKETS.iter().find(|socket| holds(socket)) else { continue };
        let name = volume.get("name").and_then(Node::text).unwrap_or_default();
        let shown = match value.text() {
            Some(written) if path == *socket => written.to_owned(),
            _ => format!("/run{socket}"),
        };
        let message = format!(
            "volume `{name}` gives {} the socket of the container runtime, `{shown}`: whoever speaks to it owns the node",
            pod.title()
        );
        let finding = sink.report_value(value, message);
        finding.caption("the container runtime's").about(volume.span());
        finding.help("build images with a tool that needs no daemon, and read metrics from the kubelet");
        if path.is_empty() {
            finding.pedantic();
        }
    }
}

/// What of a path lies below `/run`, which `/var/run` is a link to.
fn below_run(path: &str) -> Option<&str> {
    let path = path.trim_end_matches('/');
    let below = path.strip_prefix("/var/run").or_else(|| path.strip_prefix("/run"))?;
    (below.is_empty() || below.starts_with('/')).then_some(below)
}
