//! `image-port-vs-container-port`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Needs, Sink};
use crate::workspace::{BuiltContainer, Workspace};

crate::rule! {
    /// Flags a `containerPort` that the image of the container does not expose.
    ///
    /// ## Why
    /// One of the two is wrong, and whoever reads it looks for the program at the wrong port. The rule is silent where
    /// the number stands in the container's environment, command or arguments, or in `ENV`, `CMD` or `ENTRYPOINT` of
    /// the Dockerfile: the program may have been told to listen there.
    ///
    /// ```dockerfile bad file=web/Dockerfile
    /// FROM nginx:1.27
    /// EXPOSE 8080
    ///        ---- the image exposes 8080
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    ///     ports:
    ///     - containerPort: 80
    ///                      ^^ container `web` declares port 80, which its image does not expose
    /// ```
    /// ```dockerfile good file=web/Dockerfile
    /// FROM nginx:1.27
    /// EXPOSE 8000-8100
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    ///     ports: [{containerPort: 8080}]
    /// ```
    /// The program is told where to listen:
    /// ```dockerfile good file=web/Dockerfile
    /// FROM nginx:1.27
    /// EXPOSE 80
    /// ```
    /// ```yaml with=pod.yaml
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    ///     env: [{name: PORT, value: "8080"}]
    ///     ports: [{containerPort: 8080}]
    /// ```
    pub RULE {
        name: "image-port-vs-container-port",
        aliases: &[],
        severity: Severity::Low, tier: Tier::Default, family: Family::CrossFile, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Workspace { needs: Needs::Contradiction, check }],
    }
}

fn check(workspace: &Workspace, sink: &mut Sink<'_>) {
    for BuiltContainer { file, container, image, dockerfile, built, .. } in workspace.built_containers() {
        let Some((exposed, exposed_span)) = built.exposed.first() else { continue };
        for port in &container.ports {
            let Some(number) = port.number else { continue };
            let known = built.exposed.iter().any(|(exposed, _)| *exposed == number);
            if known || port.configured || built.numbers.contains(&number) {
                continue;
            }
            let name = &container.name;
            let message = format!("container `{name}` declares port {number}, which its image does not expose");
            sink.report_in(file.id, port.span, message).caption("not exposed").label(image, "this image").label_in(
                dockerfile.id,
                *exposed_span,
                format!("the image exposes {exposed}"),
            );
        }
    }
}
