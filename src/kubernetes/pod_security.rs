//! The Pod Security Standards, version by version.
//!
//! The admission controller judges a pod by the checks of the version that a namespace pins. [`HISTORY`] is that
//! history as one table: which check exists from when, and what of it changed. Rules that carry an id of the standards
//! ask here, and their pages show the rows of their checks.

use super::{PodSpec, Version};

/// One row of the history: from `since` on, the check `id` is what `rule` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The check, with its level: `pss:baseline/sysctls`.
    pub id: &'static str,
    /// The first version of which the row is true.
    pub since: Version,
    /// What holds from then on.
    pub rule: &'static str,
}

const fn row(id: &'static str, since: u8, rule: &'static str) -> Row {
    Row { id, since: Version::minor(since), rule }
}

/// The history of every check, in the order of ids and versions.
pub const HISTORY: &[Row] = &[
    row("pss:baseline/appArmorProfile", 0, "type and annotations must be unset, the runtime's default or `Localhost`"),
    row("pss:baseline/capabilities_baseline", 0, "`add` may hold only what container runtimes give by default"),
    row("pss:baseline/hostNamespaces", 0, "`hostNetwork`, `hostPID` and `hostIPC` must not be true"),
    row("pss:baseline/hostPathVolumes", 0, "no volume may be a `hostPath`"),
    row("pss:baseline/hostPorts", 0, "no container may have a `hostPort`"),
    row("pss:baseline/hostProbesAndHostLifecycle", 34, "probes and lifecycle handlers must not name a `host`"),
    row("pss:baseline/privileged", 0, "`privileged` must not be true"),
    row("pss:baseline/procMount", 0, "`procMount` must be unset or `Default`"),
    row("pss:baseline/procMount", 35, "a pod with `hostUsers: false` may set `procMount`"),
    row("pss:baseline/seLinuxOptions", 0, "no `user`, no `role`, and a `type` of containers"),
    row("pss:baseline/seLinuxOptions", 31, "the type `container_engine_t` is allowed too"),
    row(
        "pss:baseline/seccompProfile_baseline",
        0,
        "seccomp annotations must name the runtime's profile or a local one",
    ),
    row(
        "pss:baseline/seccompProfile_baseline",
        19,
        "`seccompProfile.type` must be unset, `RuntimeDefault` or `Localhost`",
    ),
    row("pss:baseline/sysctls", 0, "only the safe sysctls of Kubernetes 1.0"),
    row("pss:baseline/sysctls", 27, "`net.ipv4.ip_local_reserved_ports` is safe too"),
    row("pss:baseline/sysctls", 29, "`net.ipv4.tcp_keepalive_*` and `tcp_fin_timeout` are safe too"),
    row("pss:baseline/sysctls", 32, "`net.ipv4.tcp_rmem` and `tcp_wmem` are safe too"),
    row("pss:baseline/sysctls", 37, "`net.ipv4.tcp_slow_start_after_idle` and `tcp_notsent_lowat` are safe too"),
    row("pss:baseline/windowsHostProcess", 0, "`windowsOptions.hostProcess` must not be true"),
    row("pss:restricted/allowPrivilegeEscalation", 8, "every container must set `allowPrivilegeEscalation: false`"),
    row("pss:restricted/allowPrivilegeEscalation", 25, "pods with `os.name: windows` are exempt"),
    row(
        "pss:restricted/capabilities_restricted",
        22,
        "every container must drop `ALL` and may add `NET_BIND_SERVICE` only",
    ),
    row("pss:restricted/capabilities_restricted", 25, "pods with `os.name: windows` are exempt"),
    row(
        "pss:restricted/procMount_restricted",
        35,
        "`procMount` must be unset or `Default`, with `hostUsers: false` too",
    ),
    row(
        "pss:restricted/restrictedVolumes",
        0,
        "volumes must be of the kinds that hold no part of the node or of a network disk",
    ),
    row("pss:restricted/runAsNonRoot", 0, "`runAsNonRoot: true` must hold for every container"),
    row("pss:restricted/runAsNonRoot", 35, "pods with `hostUsers: false` are exempt"),
    row("pss:restricted/runAsUser", 23, "`runAsUser` must not be 0"),
    row("pss:restricted/runAsUser", 35, "pods with `hostUsers: false` are exempt"),
    row(
        "pss:restricted/seccompProfile_restricted",
        19,
        "`RuntimeDefault` or `Localhost` must hold for every container",
    ),
    row("pss:restricted/seccompProfile_restricted", 25, "pods with `os.name: windows` are exempt"),
];

/// Whether the check `id` exists in `version`.
pub fn has(id: &str, version: Version) -> bool {
    HISTORY.iter().any(|row| row.id == id && row.since <= version)
}

/// Whether checks that speak of Linux alone exempt the pod: `os.name: windows`, from 1.25 on.
pub fn exempts_windows(pod: PodSpec<'_>, version: Version) -> bool {
    pod.is_declared_windows() && version >= Version::minor(25)
}

/// Whether checks of the user exempt the pod: `hostUsers: false`, from 1.35 on.
pub fn exempts_user_namespace(pod: PodSpec<'_>, version: Version) -> bool {
    pod.has_user_namespace() && version >= Version::minor(35)
}

/// Capabilities that the baseline lets a container add.
pub const BASELINE_CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Volume sources that the restricted standard allows.
pub const RESTRICTED_VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// Safe sysctls, with the version from which the standards know them.
const SAFE_SYSCTLS: [(u8, &str); 14] = [
    (0, "kernel.shm_rmid_forced"),
    (0, "net.ipv4.ip_local_port_range"),
    (0, "net.ipv4.ip_unprivileged_port_start"),
    (0, "net.ipv4.ping_group_range"),
    (0, "net.ipv4.tcp_syncookies"),
    (27, "net.ipv4.ip_local_reserved_ports"),
    (29, "net.ipv4.tcp_fin_timeout"),
    (29, "net.ipv4.tcp_keepalive_intvl"),
    (29, "net.ipv4.tcp_keepalive_probes"),
    (29, "net.ipv4.tcp_keepalive_time"),
    (32, "net.ipv4.tcp_rmem"),
    (32, "net.ipv4.tcp_wmem"),
    (37, "net.ipv4.tcp_notsent_lowat"),
    (37, "net.ipv4.tcp_slow_start_after_idle"),
];

/// Whether the standards of `version` call a sysctl safe. Names are compared as written: the standards do not know
/// that `net/ipv4/x` is the same.
pub fn is_safe_sysctl(name: &str, version: Version) -> bool {
    SAFE_SYSCTLS.iter().any(|(since, safe)| *safe == name && Version::minor(*since) <= version)
}

/// Whether the standards of `version` allow an SELinux type.
pub fn is_allowed_selinux_type(name: &str, version: Version) -> bool {
    let engine = name == "container_engine_t" && version >= Version::minor(31);
    engine || ["", "container_t", "container_init_t", "container_kvm_t"].contains(&name)
}
