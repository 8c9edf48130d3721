//! `json-form-expects-shell`.
use crate::dockerfile::{Instruction, Keyword, Word};
use crate::document::{DockerDocument, InstructionView};
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};

crate::rule! {
    /// Flags the JSON form with what only a shell understands: `["echo", "$HOME"]`.
    ///
    /// ## Why
    /// No shell reads the JSON form. `$HOME`, `&&` and `>` are given to the program as they stand, and `["npm start"]` looks
    /// for a program whose name holds a blank.
    ///
    /// By default the rule speaks of operators, of one-word commands with blanks and of variables that the file sets or that
    /// every container has; others, which the program itself may know, are shown only when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// ENV PORT=80
    /// ENTRYPOINT ["node", "server.js", "--port=${PORT}"]
    ///                                  ^^^^^^^^^^^^^^^^ is not replaced
    /// RUN ["echo", "a", ">", "/file"]
    ///                   ^^^ is given to the program
    /// ```
    /// ```dockerfile bad default
    /// FROM node:22.11-alpine
    /// CMD ["npm start"]
    ///      ^^^^^^^^^^^ is one word
    /// HEALTHCHECK CMD ["test", "-f", "$HOME/ready"]
    ///                                ^^^^^^^^^^^^^ is not replaced
    /// ```
    /// ```dockerfile bad
    /// FROM node:22.11-alpine
    /// CMD ["app", "$APP_MODE"]
    ///             ^^^^^^^^^^^ is not replaced
    /// ```
    /// ```dockerfile good
    /// FROM node:22.11-alpine
    /// CMD ["sh", "-c", "node server.js --port=$PORT > /log && true"]
    /// ENTRYPOINT ["/bin/bash", "-lc", "exec $HOME/app"]
    /// RUN ["python", "-c", "print('$HOME')"]
    /// ```
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// CMD ["app", "$APP_MODE", "^a$", "$(NAME)", "\\$HOME"]
    /// ```
    /// What the entrypoint is given may go to a shell:
    /// ```dockerfile good default
    /// FROM node:22.11-alpine
    /// ENTRYPOINT ["/bin/sh", "-c"]
    /// CMD ["echo $HOME"]
    /// ```
    /// ```dockerfile good default
    /// FROM mcr.microsoft.com/windows/servercore:ltsc2025
    /// CMD ["powershell", "Write-Host $HOME"]
    /// ```
    pub RULE {
        name: "json-form-expects-shell",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Correctness, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const EVERYWHERE: [&str; 6] = ["HOME", "PATH", "HOSTNAME", "PWD", "USER", "PORT"];
const OPERATORS: [&str; 9] = ["&&", "||", "|", ";", ">", ">>", "<", "2>&1", "&"];
/// Programs that read such text themselves.
const READERS: [&str; 22] = [
    "sh",
    "bash",
    "dash",
    "ash",
    "zsh",
    "ksh",
    "fish",
    "cmd",
    "powershell",
    "pwsh",
    "env",
    "envsubst",
    "awk",
    "gawk",
    "perl",
    "ruby",
    "su",
    "expect",
    "jq",
    "make",
    "xargs",
    "find",
];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    let keywords = [Keyword::Run, Keyword::Cmd, Keyword::Entrypoint, Keyword::Healthcheck];
    for view in document.views_of(&keywords) {
        let Some([program, rest @ ..]) = view.instruction.json_words() else { continue };
        let entrypoint = (view.instruction.keyword == Keyword::Cmd).then(|| entrypoint_of(view)).flatten();
        if entrypoint.is_some_and(may_read) || document.is_windows(view.index) {
            continue;
        }
        if rest.is_empty() && entrypoint.is_none() {
            check_single(program, sink);
        }
        let evaluates = |word: &Word| READERS.contains(&base_name(&word.value).trim_end_matches(".exe"));
        let has_script = rest.iter().any(|word| matches!(word.value.as_str(), "-c" | "-e" | "--eval" | "-r"));
        if evaluates(program) || rest.iter().any(evaluates) || has_script {
            continue;
        }
        for word in rest {
            check_word(view, word, sink);
        }
    }
}

/// The last `ENTRYPOINT` of the stage, for which the words of a `CMD` are arguments.
fn entrypoint_of(cmd: InstructionView<'_>) -> Option<&Instruction> {
    let stage = cmd.instruction.stage?;
    let found =
        cmd.document.chain_of(stage).find(|view| !view.onbuild && view.instruction.keyword == Keyword::Entrypoint);
    found.map(|view| view.instruction)
}

/// Whether an entrypoint may give its arguments to a shell: one in shell form takes none.
fn may_read(entrypoint: &Instruction) -> bool {
    let is_reader = |word: &Word| READERS.contains(&base_name(&word.value)) || word.value.ends_with(".sh");
    entrypoint.json_words().is_none_or(|words| words.is_empty() || words.iter().any(is_reader))
}

fn check_single(program: &Word, sink: &mut Sink<'_>) {
    let text = program.value.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    if first != text && !text.contains('\\') && !first.is_empty() {
        sink.report(program.span, format!("`{text}` is one word, the name of a program with a blank in it"))
            .caption("is one word, the name of a program")
            .help("make each word an element, or run it by `\"sh\", \"-c\"`");
    }
}

fn check_word(view: InstructionView<'_>, word: &Word, sink: &mut Sink<'_>) {
    let text = word.value.as_str();
    if OPERATORS.contains(&text) {
        sink.report(word.span, format!("`{text}` is given to the program, as there is no shell in the JSON form"))
            .caption("is given to the program")
            .help("run the command by `\"sh\", \"-c\"`");
        return;
    }
    let Some(name) = variable(text) else { return };
    let is_set = view.file().scope_at(view.index).lookup(name).is_declared() || EVERYWHERE.contains(&name);
    let finding = sink.report(word.span, format!("`${name}` is not replaced, as there is no shell in the JSON form"));
    finding.caption("is not replaced").help("write the value, or run the command by `\"sh\", \"-c\"`");
    if !is_set {
        finding.pedantic();
    }
}

/// The first variable that a shell would replace: `$NAME` or `${NAME}`.
fn variable(text: &str) -> Option<&str> {
    text.match_indices('$').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let braced = rest.strip_prefix('{');
        let name = braced.unwrap_or(rest);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
        let is_name = name[..end].starts_with(|c: char| c.is_ascii_uppercase() || c == '_' && braced.is_some());
        let closes = braced.is_none() || name[end..].starts_with(['}', ':']);
        (is_name && closes && !text[..at].ends_with('\\') && end > 1).then(|| &name[..end])
    })
}

fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
