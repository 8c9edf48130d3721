//! `gpu-without-visible-devices`.
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::kubernetes::Container;
use crate::rule::{Check, Sink};
use crate::yaml::Node;

crate::rule! {
    /// Flags a container that asks for a GPU of NVIDIA without `NVIDIA_VISIBLE_DEVICES`.
    ///
    /// ## Why
    /// Where the device plugin does not set it, the runtime's own default may show the container every GPU of the node.
    ///
    /// ```yaml bad
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: train
    ///     image: example.com/train:1.4
    ///     resources: {limits: {nvidia.com/gpu: 1}}
    ///                                          ^ container `train` asks for a GPU without `NVIDIA_VISIBLE_DEVICES`
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - name: train
    ///     image: example.com/train:1.4
    ///     env: [{name: NVIDIA_VISIBLE_DEVICES, value: void}]
    ///     resources: {limits: {nvidia.com/gpu: 1}}
    /// ```
    /// ```yaml good
    /// apiVersion: v1
    /// kind: Pod
    /// metadata: {name: web}
    /// spec:
    ///   containers:
    ///   - {name: train, image: "example.com/train:1.4", resources: {limits: {amd.com/gpu: 1}}}
    /// ```
    pub RULE {
        name: "gpu-without-visible-devices",
        aliases: &[
            "kyverno:check-nvidia-gpus",
        ],
        severity: Severity::Info, tier: Tier::Pedantic, family: Family::Resources, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Container(check)],
    }
}

fn check(container: Container<'_>, sink: &mut Sink<'_>) {
    let named = |item: Node<'_>| item.get("name").and_then(Node::text) == Some("NVIDIA_VISIBLE_DEVICES");
    let gpu = ["limits", "requests"].iter().find_map(|kind| container.resource(kind, "nvidia.com/gpu"));
    if let Some(gpu) = gpu.filter(|_| !container.items("env").any(named)) {
        sink.report_value(gpu, format!("{} asks for a GPU without `NVIDIA_VISIBLE_DEVICES`", container.title()))
            .caption("a GPU")
            .help("leave it to the device plugin, or set the variable");
    }
}
