//! `env-self-reference`.
use crate::dockerfile::Keyword;
use crate::dockerfile::Lookup;
use crate::document::InstructionView;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags `ENV` whose value uses a variable that the same line sets.
    ///
    /// ## Why
    /// All values of one `ENV` see the variables as they were before the line: the reference is empty.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// ENV HOME_DIR=/srv APP_DIR=$HOME_DIR/app
    ///                           ^^^^^^^^^ is not set yet
    /// ENV A=1 \
    ///     B="${A}"
    ///        ^^^^ is not set yet
    /// ```
    /// The variable of the line has a value from before, or belongs to the base image:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV A=1
    /// ENV A=2 B=$A
    /// ENV PATH=/opt/bin:$PATH MANPATH=$PATH
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV A=1 B='$A' C=\$A
    /// ENV D=1
    /// ENV E=$D
    /// ```
    /// Without a value of its own the default steps in:
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// ENV A=1 B=${A:-2}
    /// ```
    pub RULE {
        name: "env-self-reference",
        aliases: &["hadolint:DL3044"],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Instruction(&[Keyword::Env], check)],
    }
}

fn check(env: InstructionView<'_>, sink: &mut Sink<'_>) {
    let scope = env.file().scope_at(env.index);
    let pairs = env.instruction.pairs();
    for pair in pairs {
        for var in pair.value.iter().flat_map(|value| &value.vars) {
            let other = pairs.iter().find(|other| other.key.value == var.name && other.key.span != pair.key.span);
            let undeclared = matches!(scope.lookup(&var.name), Lookup::Undeclared | Lookup::Unset);
            if let (Some(other), true, None) = (other, undeclared, &var.modifier) {
                sink.report(var.span, format!("`{}` is not set yet: the same ENV sets it", var.name))
                    .caption("is not set yet")
                    .label(other.key.span, "set here")
                    .help("set it in an ENV of its own before this one");
            }
        }
    }
}
