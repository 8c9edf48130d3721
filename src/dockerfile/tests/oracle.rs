//! Comparison with `parse-dockerfile` over the directory named by `SHIPWORTHY_CORPUS`.

use std::path::{Path, PathBuf};

use parse_dockerfile as oracle;

use super::*;
use crate::source::LineIndex;

/// What both parsers tell of an instruction.
#[derive(Debug, PartialEq)]
struct Seen {
    keyword: &'static str,
    line: u32,
    stage: Option<String>,
    heredocs: Vec<String>,
}

fn files_below(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { files_below(&path, found) } else { found.push(path) }
    }
}

fn ours(file: &Dockerfile) -> Vec<Seen> {
    let lines = LineIndex::new(&file.text);
    let see = |at: &Instruction| Seen {
        keyword: at.keyword.as_str(),
        line: lines.line(at.keyword_span.start),
        stage: match &at.args {
            Args::From { alias: Some(alias), .. } => Some(alias.value.clone()),
            _ => None,
        },
        heredocs: if at.keyword == Keyword::Run { bodies(file, at) } else { Vec::new() },
    };
    file.instructions.iter().map(see).collect()
}

fn bodies(file: &Dockerfile, run: &Instruction) -> Vec<String> {
    let body = |heredoc: &Heredoc| {
        let body = heredoc.body(&file.text);
        let strip = |line: &str| line.trim_start_matches('\t').to_owned();
        if heredoc.strip_tabs { body.split_inclusive('\n').map(strip).collect() } else { body.to_owned() }
    };
    run.heredocs.iter().map(body).collect()
}

fn theirs(text: &str, file: &oracle::Dockerfile<'_>) -> Vec<Seen> {
    use oracle::Instruction as I;
    let lines = LineIndex::new(text);
    let see = |at: &I<'_>| {
        let (keyword, span) = match at {
            I::Add(i) => ("ADD", &i.add.span),
            I::Arg(i) => ("ARG", &i.arg.span),
            I::Cmd(i) => ("CMD", &i.cmd.span),
            I::Copy(i) => ("COPY", &i.copy.span),
            I::Entrypoint(i) => ("ENTRYPOINT", &i.entrypoint.span),
            I::Env(i) => ("ENV", &i.env.span),
            I::Expose(i) => ("EXPOSE", &i.expose.span),
            I::From(i) => ("FROM", &i.from.span),
            I::Healthcheck(i) => ("HEALTHCHECK", &i.healthcheck.span),
            I::Label(i) => ("LABEL", &i.label.span),
            I::Maintainer(i) => ("MAINTAINER", &i.maintainer.span),
            I::Onbuild(i) => ("ONBUILD", &i.onbuild.span),
            I::Run(i) => ("RUN", &i.run.span),
            I::Shell(i) => ("SHELL", &i.shell.span),
            I::Stopsignal(i) => ("STOPSIGNAL", &i.stopsignal.span),
            I::User(i) => ("USER", &i.user.span),
            I::Volume(i) => ("VOLUME", &i.volume.span),
            I::Workdir(i) => ("WORKDIR", &i.workdir.span),
            _ => ("?", &(0..0)),
        };
        let stage = match at {
            I::From(from) => from.as_.as_ref().map(|(_, name)| name.value.to_string()),
            _ => None,
        };
        let heredocs = match at {
            I::Run(run) => run.here_docs.iter().map(|heredoc| heredoc.value.to_string()).collect(),
            _ => Vec::new(),
        };
        Seen { keyword, line: lines.line(span.start as u32), stage, heredocs }
    };
    file.instructions.iter().map(see).collect()
}

/// Checks what holds of any text on parts of a real file: cut off, and with a stretch missing.
fn check_torn(text: &str) {
    let at = |tenth: usize| (text.len() * tenth / 10..).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    for tenth in 1..9 {
        super::properties::check(&text[..at(tenth)]);
        super::properties::check(&format!("{}{}", &text[..at(tenth)], &text[at(tenth + 1)..]));
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "the report is what the test is run for")]
fn agrees_with_another_parser_over_a_corpus() {
    let Some(corpus) = std::env::var_os("SHIPWORTHY_CORPUS") else {
        return eprintln!("SHIPWORTHY_CORPUS is not set: nothing compared");
    };
    let mut paths = Vec::new();
    files_below(Path::new(&corpus), &mut paths);
    paths.sort();
    let (mut compared, mut rejected, mut with_errors, mut differing) = (0, 0, 0, 0);
    let texts: Vec<_> = paths.iter().filter_map(|path| Some((path, std::fs::read_to_string(path).ok()?))).collect();
    let instructions: usize = texts.iter().map(|(_, text)| parse(text).instructions.len()).sum();
    for (path, text) in &texts {
        super::properties::check(text);
        check_torn(text);
        let file = parse(text);
        let place = |at: u32| LineIndex::new(text).line(at);
        for error in &file.errors {
            eprintln!("error   {}:{}: {}", path.display(), place(error.span.start), error.message);
        }
        with_errors += usize::from(!file.errors.is_empty());
        match oracle::parse(text) {
            Err(error) => {
                rejected += 1;
                eprintln!("oracle  {}: {error} (ours: {} errors)", path.display(), file.errors.len());
            }
            Ok(parsed) => {
                compared += 1;
                let (ours, theirs) = (ours(&file), theirs(text, &parsed));
                if ours != theirs {
                    differing += 1;
                    let first = ours.iter().zip(&theirs).find(|(a, b)| a != b);
                    eprintln!(
                        "differs {}: {} against {} instructions, {first:?}",
                        path.display(),
                        ours.len(),
                        theirs.len()
                    );
                }
            }
        }
    }
    eprintln!(
        "{} files, {instructions} instructions; compared {compared}, differing {differing}, rejected by the oracle {rejected}, with errors of ours {with_errors}",
        texts.len()
    );
    assert_eq!(differing, 0);
}
