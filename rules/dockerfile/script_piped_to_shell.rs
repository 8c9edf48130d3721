//! `script-piped-to-shell`.
use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::finding::{Family, FixKind, Severity, Tier};
use crate::rule::{Check, Sink};
use crate::shell::{Command, Word};

crate::rule! {
    /// Flags a script that is downloaded and run at once: `curl .. | sh`.
    ///
    /// ## Why
    /// Whatever the server sends on the day of the build is run, mostly as root: the next release, an error page, half a
    /// script where the connection breaks. Download it into a file, compare its checksum, then run it.
    ///
    /// By default the rule speaks of `http://`, where anyone on the way may change the script; other addresses are shown only
    /// when asked for.
    ///
    /// ```dockerfile bad default
    /// FROM debian:12.11-slim
    /// RUN curl -sSL http://example.com/install | sudo bash -s -- --yes
    ///     ---- downloaded here
    ///                                                 ^^^^ runs what `curl` downloads
    /// ```
    /// ```dockerfile bad
    /// FROM debian:12.11-slim
    /// RUN wget -qO- https://example.com/install | sh
    ///                                             ^^ runs what `wget` downloads
    /// RUN curl -fsSL https://example.com/install.py | python3 -
    ///                                                 ^^^^^^^ runs what `curl` downloads
    /// RUN bash -c "$(curl -fsSL https://example.com/install)" && bash <(curl -s https://example.com/x)
    ///     ^^^^ runs what `curl` downloads
    ///                                                            ^^^^ runs what `curl` downloads
    /// ```
    /// ```dockerfile good default
    /// FROM debian:12.11-slim
    /// RUN curl -fsSL https://example.com/install | sh
    /// ```
    /// ```dockerfile good
    /// FROM debian:12.11-slim
    /// RUN curl -fsSLO https://example.com/install && sha256sum -c sums && sh install
    /// RUN curl -fsSL http://example.com/a.tgz | tar xz && curl -s http://example.com | python3 -m json.tool
    /// RUN curl -s http://example.com/key | gpg --dearmor | bash script.sh && sh -c "echo $(curl -s http://example.com)"
    /// ```
    pub RULE {
        name: "script-piped-to-shell",
        aliases: &[],
        severity: Severity::Medium, tier: Tier::Default, family: Family::Security, since: "0.1.0",
        fix: FixKind::None, options: &[],
        checks: &[Check::Dockerfile(check)],
    }
}

const SHELLS: [&str; 12] =
    ["sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python3", "perl", "ruby", "node", "php"];

fn check(document: &DockerDocument, sink: &mut Sink<'_>) {
    for run in document.views_of(&[Keyword::Run]) {
        let Some(script) = run.script() else { continue };
        for pipeline in &script.pipelines {
            let first = |stage: usize| script.stage(pipeline, stage).first();
            for stage in 1..pipeline.stages.len() {
                let pair = first(stage - 1).zip(first(stage));
                if let Some((load, shell)) = pair.filter(|(load, shell)| is_download(load) && reads_script(shell)) {
                    report(load, shell, sink);
                }
            }
        }
        for shell in script.commands.iter().filter(|command| SHELLS.contains(&command.program())) {
            let holds = |load: &&Command| {
                let of_it = |word: &Word| takes_output(word) && word.span.contains(load.span);
                is_download(load) && load.within.substitution && shell.args.iter().any(of_it)
            };
            if let Some(load) = script.commands.iter().find(holds) {
                report(load, shell, sink);
            }
        }
    }
}

fn report(load: &Command, shell: &Command, sink: &mut Sink<'_>) {
    let (what, by) = (load.program(), shell.program());
    let finding = sink.report(shell.name_span, format!("`{by}` runs what `{what}` downloads, unseen"));
    finding.caption(format!("runs what `{what}` downloads"));
    finding.label(load.name_span, "downloaded here").help("download it into a file, compare its checksum, then run it");
    let is_own = |word: &Word| ["localhost", "127.0.0.1"].iter().any(|host| word.known_prefix()[7..].starts_with(host));
    if !load.args.iter().any(|word| word.starts_with_literal("http://") && !is_own(word)) {
        finding.pedantic();
    }
}

fn is_download(command: &Command) -> bool {
    matches!(command.program(), "curl" | "wget")
}

/// Whether a shell runs what it is fed.
fn reads_script(shell: &Command) -> bool {
    let is_fed = shell.args.first().is_none_or(|word| word.is("-") || word.is("-s") || word.is("/dev/stdin"))
        || shell.has_flag(&["s"])
        || shell.operands().next().is_none() && !shell.has_flag(&["c", "m", "e", "r", "n", "version"]);
    SHELLS.contains(&shell.program()) && is_fed
}

/// Whether a word is nothing but what a command prints.
fn takes_output(word: &Word) -> bool {
    let raw = word.raw.trim_matches('"');
    raw.starts_with("$(") && raw.ends_with(')') || raw.starts_with("<(")
}
