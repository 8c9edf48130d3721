//! `may-run-as-root`.
use crate::base_images::{BaseUser, base_user};
use crate::finding::{Excuse, Family, Finding, FixKind, Severity, Tier};
use crate::kubernetes::{Container, PodSpec, pod_security, titles};
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a pod whose containers may run as root: nothing says that they must not.
    ///
    /// ## Why
    /// Root in a container is root on the node wherever the wall between them has a hole. Whether a container runs as
    /// root is up to the image, unless the pod says `runAsNonRoot: true`, which the kubelet checks, or `runAsUser`.
    ///
    /// A pod is reported once, at its `securityContext` or where that is missing.
    ///
    /// ```yaml bad
    /// apiVersion: batch/v1
    /// kind: CronJob
    /// metadata: {name: report}
    /// spec:
    ///   schedule: "0 3 * * *"
    ///   jobTemplate:
    ///     spec:
    ///       template:
    ///         spec:
    ///         ^^^^ the pod of CronJob `report` may run as root: nothing says otherwise of containers `report` and `send`
    ///           restartPolicy: Never
    ///           containers:
    ///           - {name: report, image: "example.com/report:1.4"}
    ///             #      ------ may run as root
    ///           - {name: send, image: "example.com/send:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext: {runAsNonRoot: true}
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsNonRoot: no}
    ///                                     ^^ Pod `web` may run as root: container `web` is allowed to
    /// ```
    /// What holds for the pod holds for its containers, sidecars and ephemeral ones too:
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   securityContext:
    ///     runAsNonRoot: true
    ///   initContainers:
    ///   - {name: proxy, image: "example.com/proxy:1.4", restartPolicy: Always}
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    ///   ephemeralContainers:
    ///   - {name: debug, image: "example.com/debug:1.4"}
    /// ```
    /// By default a number other than 0 will do, as will a user namespace, where root is nobody on the node. The
    /// standard asks for `runAsNonRoot` beside the number.
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsUser: 1000, allowPrivilegeEscalation: false}
    ///     resources: {limits: {memory: 64Mi}, requests: {cpu: 10m}}
    /// ---
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: isolated}
    /// spec:
    ///   hostUsers: false
    ///   containers:
    ///   - {name: web, image: "example.com/web:1.4"}
    /// ```
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: example.com/web:1.4
    ///     securityContext: {runAsUser: 1000}
    ///                                  ^^^^ container `web` sets `runAsUser` but not `runAsNonRoot: true`
    /// ```
    /// The image is built in the repository, and its Dockerfile ends with a number that is not root's:
    /// ```yaml good default
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: web
    ///     image: registry.example.com/web:1.4
    /// ```
    /// ```dockerfile with=web/Dockerfile
    /// FROM node:22.11-alpine
    /// USER 1000
    /// ```
    ///
    /// ## Pod Security Standards
    /// - `pss:restricted/runAsNonRoot`
    ///   - from 1.0: `runAsNonRoot: true` must hold for every container
    ///   - from 1.35: pods with `hostUsers: false` are exempt
    pub RULE {
        name: "may-run-as-root",
        aliases: &[
            "kube-linter:run-as-non-root", "trivy:KSV-0012", "checkov:CKV_K8S_23", "polaris:runAsRootAllowed",
            "kubescape:C-0013", "kubescape:C-0198", "kubescape:C-0211", "pss:restricted/runAsNonRoot",
            "kyverno:require-run-as-nonroot", "kyverno:service-mesh-require-run-as-nonroot",
            "kyverno:only-trustworthy-registries-set-root",
        ],
        severity: Severity::Medium, tier: Tier::Default, family: Family::PodSecurity, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::PodSpec(check)],
    }
}

const STANDARD: &str = "pss:restricted/runAsNonRoot";
/// Ids of checks that want `runAsNonRoot` itself and take no user id for it.
const STRICT: &[&str] =
    &["trivy:KSV-0012", STANDARD, "kyverno:require-run-as-nonroot", "kyverno:service-mesh-require-run-as-nonroot"];

/// What is known of the user of a container that lacks `runAsNonRoot: true`.
#[derive(PartialEq, Eq)]
enum User {
    /// The image decides, or it is 0.
    MayBeRoot,
    /// A number other than 0, written in the manifest or to be filled in.
    Numbered,
    /// The image is known to start as another user.
    ByImage,
}

fn check(pod: PodSpec<'_>, sink: &mut Sink<'_>) {
    let exempt = pod_security::exempts_user_namespace(pod, sink.version());
    let open: Vec<Container<'_>> =
        pod.containers().into_iter().filter(|container| !says_non_root(*container)).collect();
    let at_risk: Vec<Container<'_>> =
        open.iter().copied().filter(|container| user(*container) == User::MayBeRoot).collect();
    // The standards judge the manifest alone; a reader is spared what the Dockerfile in the tree settles.
    let by_standard = !sink.rule.choice.ids.is_empty();
    let finding = if !at_risk.is_empty() {
        let finding = report(pod, &at_risk, sink);
        if !by_standard {
            let images = at_risk.iter().map(|container| container.image().and_then(Node::text).unwrap_or_default());
            finding.unless(Excuse::ImagesStartAsNumber(images.map(str::to_owned).collect()));
        }
        if pod.is_windows() || pod.has_user_namespace() || !pod.known {
            finding.pedantic();
        }
        finding
    } else if let Some(first) = open.first() {
        report_unsaid(pod, *first, sink)
    } else if let Some(value) = pod.security_context("runAsNonRoot").filter(|value| value.as_bool() == Some(false)) {
        let message = format!("{} says `runAsNonRoot: false`, though its containers say otherwise", pod.title());
        sink.report_value(value, message).caption("contradicts the containers").pedantic().aliases(&[STANDARD])
    } else {
        return;
    };
    finding.about(pod.node.span());
    if exempt {
        finding.not_aliases(&[STANDARD]);
    }
}

fn says_non_root(container: Container<'_>) -> bool {
    // A value that is neither true nor false is filled in later.
    container.effective("runAsNonRoot").is_some_and(|value| value.as_bool() != Some(false))
}

fn user(container: Container<'_>) -> User {
    let by_image = || container.image().and_then(Node::text).map(base_user) == Some(BaseUser::NonRoot);
    match container.effective("runAsUser").map(Node::as_i64) {
        Some(Some(0)) => User::MayBeRoot,
        Some(_) => User::Numbered,
        None if by_image() => User::ByImage,
        None => User::MayBeRoot,
    }
}

fn report<'s>(pod: PodSpec<'_>, at_risk: &[Container<'_>], sink: &'s mut Sink<'_>) -> &'s mut Finding {
    let said = at_risk.iter().find_map(|container| container.effective("runAsNonRoot"));
    let finding = match said {
        Some(value) => {
            let message = format!("{} may run as root: {} is allowed to", pod.title(), titles(&at_risk[..1]));
            sink.report_value(value, message)
        }
        None => {
            let message = format!("{} may run as root: nothing says otherwise of {}", pod.title(), titles(at_risk));
            sink.report(pod.missing_in("securityContext"), message)
        }
    };
    finding.caption("`runAsNonRoot: true` is missing");
    for container in at_risk.iter().take(5) {
        finding.label(container.span(), "may run as root");
    }
    finding
        .help("set `runAsNonRoot: true` in the pod's `securityContext`, and `runAsUser` where the image starts as root")
}

/// The user is known not to be root, but the manifest does not say so in the word that some checks want.
fn report_unsaid<'s>(pod: PodSpec<'_>, container: Container<'_>, sink: &'s mut Sink<'_>) -> &'s mut Finding {
    if let Some(value) = container.effective("runAsUser") {
        let message = format!("{} sets `runAsUser` but not `runAsNonRoot: true`", container.title());
        return sink.report_value(value, message).caption("`runAsNonRoot` is not set").pedantic().aliases(STRICT);
    }
    let message = format!("{} does not say `runAsNonRoot: true`, though its image has another user", container.title());
    sink.report(pod.missing_in("securityContext"), message).caption("`runAsNonRoot: true` is missing").pedantic()
}
