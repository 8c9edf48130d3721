//! `container-runtime-socket-in-image`.
use crate::dockerfile::{Keyword, Word};
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a `VOLUME` or mount at the socket of the container runtime.
    ///
    /// ## Why
    /// Whoever reaches the socket controls every container of the machine, and with them the machine. As a `VOLUME` it becomes
    /// an empty directory in each container that is not given the socket, which is never meant.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// VOLUME /var/run/docker.sock /data
    ///        ^^^^^^^^^^^^^^^^^^^^ is the socket
    /// VOLUME ["/run/containerd/containerd.sock"]
    ///         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is the socket
    /// RUN --mount=type=bind,source=docker.sock,target=/var/run/docker.sock docker ps
    ///                                                 ^^^^^^^^^^^^^^^^^^^^ is the socket
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// VOLUME /var/run/app.sock /var/lib/docker
    /// RUN ls /var/run/docker.sock
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV DOCKER_HOST=unix:///var/run/docker.sock
    /// ```
    pub RULE {
        name: "container-runtime-socket-in-image",
        aliases: &[],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const SOCKETS: [&str; 5] = ["docker.sock", "containerd.sock", "crio.sock", "podman.sock", "buildkitd.sock"];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for view in document.views_of(&[Keyword::Volume, Keyword::Run]) {
        let volumes = view.instruction.words().into_iter().filter(|_| view.instruction.keyword == Keyword::Volume);
        let targets = view.instruction.mounts().filter_map(|(_, mount)| mount.target());
        let is_socket = |word: &&Word| SOCKETS.iter().any(|socket| word.value.ends_with(socket));
        for word in volumes.chain(targets).filter(is_socket) {
            sink.report(word.span, format!("`{}` is the socket of the container runtime", word.value))
                .caption("is the socket of the container runtime")
                .help("give it to the container when it starts, if it must have it");
        }
    }
}
