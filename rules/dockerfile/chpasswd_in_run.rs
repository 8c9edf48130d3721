//! `chpasswd-in-run`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::Command;
use crate::shell::Script;
use crate::source::Span;

crate::rule! {
    /// Flags a password that is set in `RUN`.
    ///
    /// ## Why
    /// The command stays in the image's history, and the password with it: whoever can pull the image can read it.
    ///
    /// By default the rule speaks of passwords written in the file. One that comes from a variable or a secret is shown when
    /// asked for.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN useradd app && echo "app:hunter2" | chpasswd
    ///                         ^^^^^^^^^^^^^ sets a password
    /// RUN chpasswd <<< 'root:toor'
    ///                  ^^^^^^^^^^^ sets a password
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN echo "app:$(cat /run/secrets/password)" | /usr/sbin/chpasswd
    ///                                               ^^^^^^^^^^^^^^^^^^ sets a password
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// RUN echo "app:$(cat /run/secrets/password)" | chpasswd
    /// RUN echo "app:$HASH" | chpasswd -e
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN useradd --password '!' app && echo chpasswd
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN passwd --lock root
    /// ```
    pub RULE {
        name: "chpasswd-in-run",
        aliases: &["checkov:CKV2_DOCKER_17"],
        severity: Severity::High, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Command(&["chpasswd"], check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let literal = run.script().and_then(|script| written(script, command));
    let finding = sink.report(
        literal.unwrap_or(command.name_span),
        "a password is set by a command that stays in the image's history",
    );
    finding.caption("sets a password").help("set no password in an image; give it when the container starts");
    if literal.is_none() {
        finding.pedantic();
    }
}

/// The word that holds `user:password`, where both are written.
fn written(script: &Script, command: &Command) -> Option<Span> {
    let pipeline = command.within.pipeline.and_then(|number| script.pipelines.get(number));
    let fed = command.redirects.iter().filter(|redirect| redirect.op == "<<<").map(|redirect| &redirect.target);
    let piped = pipeline
        .into_iter()
        .filter_map(|pipeline| script.stage(pipeline, command.within.stage.checked_sub(1)?).first());
    let printed = piped.filter(|first| matches!(first.program(), "echo" | "printf")).flat_map(|first| &first.args);
    let mut words = fed.chain(printed);
    let word = words.find(|word| {
        word.literal().and_then(|text| text.split_once(':')).is_some_and(|(_, password)| is_password(password))
    })?;
    Some(word.span)
}

fn is_password(text: &str) -> bool {
    !text.is_empty() && !text.starts_with(['*', '!', '%', '$'])
}
