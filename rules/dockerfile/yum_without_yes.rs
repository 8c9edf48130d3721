//! `yum-without-yes`.
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Safety, Severity, Tier};
use crate::packages::{YUM, insert_after};
use crate::rule::{Check, Sink};
use crate::shell::Command;

crate::rule! {
    /// Flags `yum install` and its like without `-y`.
    ///
    /// ## Why
    /// `yum` asks whether to go on. Nobody answers in a build: it stops.
    ///
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// RUN yum install curl
    ///     ^^^^^^^^^^^ asks before it goes on
    /// ```
    /// ```dockerfile fixed
    /// FROM example.com/base:1
    /// RUN yum install -y curl
    /// ```
    /// ```dockerfile bad default
    /// FROM example.com/base:1
    /// ONBUILD RUN yum update
    ///             ^^^^^^^^^^ asks before it goes on
    /// RUN <<EOF
    /// sudo yum remove curl
    ///      ^^^^^^^^^^ asks before it goes on
    /// EOF
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN yum install -y curl && yum -y install git
    /// RUN yes | yum install make
    /// RUN yum search install
    /// ```
    /// ```dockerfile good
    /// FROM example.com/base:1
    /// RUN echo assumeyes=1 >> /etc/yum.conf && yum install curl
    /// RUN yum --assumeyes groupinstall tools && yum clean all
    /// ```
    pub RULE {
        name: "yum-without-yes",
        aliases: &["hadolint:DL3030"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::Sometimes, options: &[],
        checks: &[Check::Command(YUM.programs, check)],
    }
}

fn check(run: InstructionView<'_>, command: &Command, sink: &mut Sink<'_>) {
    let Some(word) = YUM.asks(run, command) else { return };
    let what = format!("{} {}", command.program(), word.raw);
    let finding =
        sink.report(run.head(command, word), format!("`{what}` asks before it goes on, and nobody answers in a build"));
    finding.caption("asks before it goes on").help("add `-y`");
    if let Some(edit) = insert_after(run, word, " -y") {
        finding.fix(Safety::Safe, "Insert `-y`", vec![edit]);
    }
}
