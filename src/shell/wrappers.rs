//! The programs that only start another one, as a table.
//!
//! `values` are the options that take the next word as their value, `operands` how many words stand between the
//! options and the program (`timeout 5 cmd`), `instead` the options after which no program follows (`command -v x`).

/// How to find the program behind a wrapper.
pub(super) struct Spec {
    /// Basename of the wrapper.
    pub name: &'static str,
    /// Options, with their dashes, that take the next word.
    pub values: &'static [&'static str],
    /// Words between the options and the program.
    pub operands: usize,
    /// Whether `NAME=value` words may stand before the program.
    pub assignments: bool,
    /// Options, with their dashes, that make it no wrapper.
    pub instead: &'static [&'static str],
}

const PLAIN: Spec = Spec { name: "", values: &[], operands: 0, assignments: false, instead: &["--help", "--version"] };

/// The wrapper called `name`.
pub(super) fn find(name: &str) -> Option<&'static Spec> {
    WRAPPERS.iter().find(|spec| spec.name == name)
}

const WRAPPERS: &[Spec] = &[
    Spec {
        name: "sudo",
        values: &[
            "-u",
            "-g",
            "-h",
            "-p",
            "-C",
            "-c",
            "-r",
            "-t",
            "-T",
            "-U",
            "-D",
            "-R",
            "--user",
            "--group",
            "--host",
            "--prompt",
            "--chdir",
            "--chroot",
            "--close-from",
            "--role",
            "--type",
            "--other-user",
        ],
        assignments: true,
        instead: &["-l", "-v", "-k", "-K", "-V", "-e", "--list", "--validate", "--edit", "--help", "--version"],
        ..PLAIN
    },
    Spec { name: "doas", values: &["-u", "-C"], instead: &["-L", "-C"], ..PLAIN },
    Spec {
        name: "env",
        values: &["-u", "-C", "--unset", "--chdir"],
        assignments: true,
        instead: &["-S", "--split-string", "--help", "--version"],
        ..PLAIN
    },
    Spec {
        name: "xargs",
        values: &[
            "-I",
            "-n",
            "-P",
            "-L",
            "-d",
            "-E",
            "-s",
            "-a",
            "--max-args",
            "--max-procs",
            "--max-lines",
            "--delimiter",
            "--max-chars",
            "--arg-file",
        ],
        ..PLAIN
    },
    Spec { name: "command", instead: &["-v", "-V"], ..PLAIN },
    Spec { name: "builtin", ..PLAIN },
    Spec { name: "exec", values: &["-a"], ..PLAIN },
    Spec { name: "time", values: &["-f", "-o", "--format", "--output"], ..PLAIN },
    Spec { name: "nice", values: &["-n", "--adjustment"], ..PLAIN },
    Spec {
        name: "ionice",
        values: &["-c", "-n", "--class", "--classdata"],
        instead: &["-p", "-P", "-u", "--pid"],
        ..PLAIN
    },
    Spec { name: "chrt", operands: 1, instead: &["-p", "--pid", "-m"], ..PLAIN },
    Spec { name: "taskset", operands: 1, instead: &["-p", "--pid"], ..PLAIN },
    Spec { name: "nohup", ..PLAIN },
    Spec { name: "setsid", ..PLAIN },
    Spec { name: "timeout", values: &["-s", "-k", "--signal", "--kill-after", "-t"], operands: 1, ..PLAIN },
    Spec { name: "stdbuf", values: &["-i", "-o", "-e", "--input", "--output", "--error"], ..PLAIN },
    Spec { name: "chroot", operands: 1, ..PLAIN },
    Spec { name: "gosu", operands: 1, ..PLAIN },
    Spec { name: "su-exec", operands: 1, ..PLAIN },
    Spec { name: "s6-setuidgid", operands: 1, ..PLAIN },
    Spec {
        name: "setpriv",
        values: &["--reuid", "--regid", "--groups", "--inh-caps", "--ambient-caps", "--bounding-set", "--securebits"],
        instead: &["-d", "--dump", "--help", "--version"],
        ..PLAIN
    },
    Spec { name: "flock", values: &["-w", "-E", "--timeout", "--wait"], operands: 1, instead: &["-u", "-c"], ..PLAIN },
    Spec { name: "tini", values: &["-p", "-e"], ..PLAIN },
    Spec { name: "dumb-init", values: &["-r", "--rewrite"], ..PLAIN },
    Spec { name: "fakeroot", values: &["-s", "-i", "-l", "--lib", "--faked"], ..PLAIN },
    Spec { name: "eatmydata", ..PLAIN },
    Spec { name: "unbuffer", ..PLAIN },
    Spec { name: "chronic", ..PLAIN },
    Spec { name: "catchsegv", ..PLAIN },
    Spec { name: "linux32", ..PLAIN },
    Spec { name: "linux64", ..PLAIN },
    Spec { name: "setarch", operands: 1, ..PLAIN },
    Spec { name: "busybox", instead: &["--install", "--list", "--list-full", "--help"], ..PLAIN },
    Spec { name: "noglob", ..PLAIN },
    Spec { name: "proxychains", values: &["-f"], ..PLAIN },
    Spec { name: "torsocks", ..PLAIN },
    Spec { name: "xvfb-run", values: &["-n", "-s", "-e", "-f", "-p", "-w", "--server-args", "--server-num"], ..PLAIN },
    Spec { name: "dbus-run-session", ..PLAIN },
];

/// The shells whose `-c` text is read.
pub(super) const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"];

/// Programs that pass the value of `-c` to a shell.
pub(super) const USER_SHELLS: &[&str] = &["su", "runuser"];
