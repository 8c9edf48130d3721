//! `writable-root-filesystem`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags a container that may write to its image's files: `readOnlyRootFilesystem` is not true.
    ///
    /// ## Why
    /// Whoever gets into the container can change its programs or bring tools along. With a read-only root filesystem
    /// there is nothing to change; mount an `emptyDir` where the program needs to write.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///           ^^^ container `web` may write to its image's files
    ///     image: example.com/web:1.4
    ///   - name: log
    ///     image: example.com/log:1.4
    ///     securityContext:
    ///     ^^^^^^^^^^^^^^^ container `log` may write to its image's files
    ///       runAsNonRoot: true
    ///   - name: proxy
    ///     image: example.com/proxy:1.4
    ///     securityContext: {readOnlyRootFilesystem: off}
    ///                                               ^^^ container `proxy` may write to its image's files
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {readOnlyRootFilesystem: true}
    ///     volumeMounts: [{name: tmp, mountPath: /tmp}]
    ///   volumes: [{name: tmp, emptyDir: {}}]
    /// ```
    /// The API refuses the field in a pod for Windows:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   nodeSelector: {kubernetes.io/os: windows}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    pub RULE {
        name: "writable-root-filesystem",
        aliases: &[
            "kube-linter:no-read-only-root-fs", "trivy:KSV-0014", "checkov:CKV_K8S_22",
            "polaris:notReadOnlyRootFilesystem", "kube-score:container-security-context-readonlyrootfilesystem",
            "kubescape:C-0017", "kyverno:require-ro-rootfs",
        ],
        severity: Severity::Low, tier: Tier::Pedantic, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    if container.pod.is_windows() {
        return;
    }
    let message = || format!("{} may write to its image's files", container.title());
    let value = container.security_context("readOnlyRootFilesystem").filter(|value| !value.is_null());
    let finding = match value {
        None => sink.report(container.missing_in("securityContext"), message()),
        Some(value) if value.as_bool() == Some(false) => sink.report_value(value, message()),
        // True, or filled in later.
        Some(_) => return,
    };
    finding
        .caption("`readOnlyRootFilesystem: true` is missing")
        .about(container.node.span())
        .help("set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program writes");
}
