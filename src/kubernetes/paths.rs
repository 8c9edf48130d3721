//! Where pod specifications stand, by kind.
//!
//! Built-in kinds and the custom resources that run containers, from their published API types. What is not in the
//! table is searched by structure: a mapping with `containers: [{name, image}]`.

/// How containers are written in what a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A pod specification.
    Pod,
    /// Tekton: `steps` and `sidecars`.
    Steps,
    /// Argo Workflows: `container`, `script`, `containerSet`, `initContainers`, `sidecars`.
    WorkflowTemplate,
}

/// One row: group, kind, path, shape. Path segments are keys; `*` stands for every entry or item.
type Row = (&'static str, &'static str, &'static str, Shape);

/// The table. An empty path is the object itself.
const POD_PATHS: &[Row] = &[
    ("", "Pod", "spec", Shape::Pod),
    ("", "PodTemplate", "template.spec", Shape::Pod),
    ("", "ReplicationController", "spec.template.spec", Shape::Pod),
    ("apps", "Deployment", "spec.template.spec", Shape::Pod),
    ("apps", "StatefulSet", "spec.template.spec", Shape::Pod),
    ("apps", "DaemonSet", "spec.template.spec", Shape::Pod),
    ("apps", "ReplicaSet", "spec.template.spec", Shape::Pod),
    ("extensions", "Deployment", "spec.template.spec", Shape::Pod),
    ("extensions", "DaemonSet", "spec.template.spec", Shape::Pod),
    ("extensions", "ReplicaSet", "spec.template.spec", Shape::Pod),
    ("batch", "Job", "spec.template.spec", Shape::Pod),
    ("batch", "CronJob", "spec.jobTemplate.spec.template.spec", Shape::Pod),
    ("argoproj.io", "Rollout", "spec.template.spec", Shape::Pod),
    ("argoproj.io", "Workflow", "spec.templates.*", Shape::WorkflowTemplate),
    ("argoproj.io", "WorkflowTemplate", "spec.templates.*", Shape::WorkflowTemplate),
    ("argoproj.io", "ClusterWorkflowTemplate", "spec.templates.*", Shape::WorkflowTemplate),
    ("argoproj.io", "CronWorkflow", "spec.workflowSpec.templates.*", Shape::WorkflowTemplate),
    ("serving.knative.dev", "Service", "spec.template.spec", Shape::Pod),
    ("serving.knative.dev", "Configuration", "spec.template.spec", Shape::Pod),
    ("serving.knative.dev", "Revision", "spec", Shape::Pod),
    ("tekton.dev", "Task", "spec", Shape::Steps),
    ("tekton.dev", "ClusterTask", "spec", Shape::Steps),
    ("tekton.dev", "TaskRun", "spec.taskSpec", Shape::Steps),
    ("tekton.dev", "Pipeline", "spec.tasks.*.taskSpec", Shape::Steps),
    ("apps.openshift.io", "DeploymentConfig", "spec.template.spec", Shape::Pod),
    ("kubeflow.org", "PyTorchJob", "spec.pytorchReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "TFJob", "spec.tfReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "MPIJob", "spec.mpiReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "XGBoostJob", "spec.xgbReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "MXJob", "spec.mxReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "PaddleJob", "spec.paddleReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "JAXJob", "spec.jaxReplicaSpecs.*.template.spec", Shape::Pod),
    ("kubeflow.org", "Notebook", "spec.template.spec", Shape::Pod),
    ("keda.sh", "ScaledJob", "spec.jobTargetRef.template.spec", Shape::Pod),
    ("batch.volcano.sh", "Job", "spec.tasks.*.template.spec", Shape::Pod),
    ("jobset.x-k8s.io", "JobSet", "spec.replicatedJobs.*.template.spec.template.spec", Shape::Pod),
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet", "spec.leaderWorkerTemplate.leaderTemplate.spec", Shape::Pod),
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet", "spec.leaderWorkerTemplate.workerTemplate.spec", Shape::Pod),
    ("apps.kruise.io", "CloneSet", "spec.template.spec", Shape::Pod),
    ("apps.kruise.io", "StatefulSet", "spec.template.spec", Shape::Pod),
    ("apps.kruise.io", "DaemonSet", "spec.template.spec", Shape::Pod),
    ("ray.io", "RayCluster", "spec.headGroupSpec.template.spec", Shape::Pod),
    ("ray.io", "RayCluster", "spec.workerGroupSpecs.*.template.spec", Shape::Pod),
    ("ray.io", "RayJob", "spec.rayClusterSpec.headGroupSpec.template.spec", Shape::Pod),
    ("ray.io", "RayJob", "spec.rayClusterSpec.workerGroupSpecs.*.template.spec", Shape::Pod),
    ("ray.io", "RayService", "spec.rayClusterConfig.headGroupSpec.template.spec", Shape::Pod),
    ("ray.io", "RayService", "spec.rayClusterConfig.workerGroupSpecs.*.template.spec", Shape::Pod),
    ("agents.x-k8s.io", "Sandbox", "spec.podTemplate.spec", Shape::Pod),
    ("extensions.agents.x-k8s.io", "SandboxTemplate", "spec.podTemplate.spec", Shape::Pod),
];

/// Groups whose objects hold pieces of pods that are patterns or schemas, not pods.
const NOT_PODS: [&str; 8] = [
    "apiextensions.k8s.io",
    "admissionregistration.k8s.io",
    "kyverno.io",
    "policies.kyverno.io",
    "templates.gatekeeper.sh",
    "constraints.gatekeeper.sh",
    "mutations.gatekeeper.sh",
    "kustomize.config.k8s.io",
];

/// The rows of an object's group and kind.
pub fn pod_paths(group: &str, kind: &str) -> impl Iterator<Item = (&'static str, Shape)> {
    POD_PATHS.iter().filter(move |row| row.0 == group && row.1 == kind).map(|row| (row.2, row.3))
}

/// Whether an object that has no row may hold pods all the same: it is a custom resource, and no policy or schema.
pub fn may_hold_pods(group: &str) -> bool {
    let built_in = group.is_empty() || group.ends_with(".k8s.io") && !group.ends_with(".x-k8s.io");
    let built_in = built_in || ["apps", "batch", "extensions", "autoscaling", "policy"].contains(&group);
    !built_in && !NOT_PODS.contains(&group)
}
