//! `secret-login-in-run`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags a login to a cloud in the final stage.
    ///
    /// ## Why
    /// The login leaves its credentials in a file of the layer, and often in the command itself. Mount them for the one `RUN`
    /// that needs them: `RUN --mount=type=secret`.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN aws configure set aws_secret_access_key "$KEY"
    ///     ^^^^^^^^^^^^^ leaves a login in the layer
    /// RUN gcloud auth activate-service-account --key-file=/key.json && az login --service-principal -u app -p "$P"
    ///     ^^^^^^^^^^^ leaves a login in the layer
    ///                                                                  ^^^^^^^^ leaves a login in the layer
    /// RUN doctl auth init -t "$TOKEN"
    ///     ^^^^^^^^^^ leaves a login in the layer
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN --mount=type=secret,id=key aws configure set aws_secret_access_key "$(cat /run/secrets/key)"
    /// RUN aws configure set region eu-central-1 && az login --identity && gcloud auth list
    /// ```
    /// A stage that is only copied from:
    /// ```dockerfile good
    /// FROM debian:12.11-slim AS fetch
    /// RUN doctl auth init -t "$TOKEN" && doctl get x
    /// FROM debian:12.11-slim
    /// COPY --from=fetch /x /x
    /// ```
    pub RULE {
        name: "secret-login-in-run",
        aliases: &["trivy:DS-0031"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["aws", "gcloud", "az", "doctl"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let has_secret = run.instruction.mounts().any(|(_, mount)| mount.kind == "secret");
    if has_secret || !run.ships() {
        return;
    }
    let words: Vec<&str> = command.args.iter().filter_map(|word| word.literal()).collect();
    let flag = |names: &[&str]| command.flags().any(|flag| names.contains(&flag.name));
    let logs_in = match (command.program(), words.as_slice()) {
        ("aws", ["configure", "set", key, ..]) => matches!(*key, "aws_access_key_id" | "aws_secret_access_key"),
        ("gcloud", ["auth", "activate-service-account", ..]) => true,
        ("az", ["login", ..]) => flag(&["p", "password", "federated-token"]),
        ("doctl", ["auth", "init", ..]) => flag(&["t", "access-token"]),
        _ => false,
    };
    let Some(word) = command.args.first().filter(|_| logs_in) else { return };
    sink.report(run.head(command, word), format!("`{}` leaves a login in the image's layer", command.program()))
        .caption("leaves a login in the layer")
        .help("mount the credentials for this RUN only: `RUN --mount=type=secret,id=..`");
}
