//! The command line: reads the words, calls the engine, writes the reports, decides the exit code.
//!
//! Exit codes are the same in every format: 0 nothing at or above `--fail-on`; 1 something; 2 wrong usage, bad
//! configuration, an unreadable path or an internal error; 3 nothing to check.

mod args;
mod check;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;

pub use args::{Cli, Command};
use args::{ListFormat, SchemaOf};

use crate::finding::Meta;
use crate::rule::Rule;
use crate::select::Selector;
use crate::{catalog, policy, report, rules};

/// Something that ends the run: what is wrong and what to do.
#[derive(Debug)]
struct Failure(String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    // A panic is caught per file and becomes a finding; its trace is of no use to a reader.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = Cli::parse();
    match run(&cli) {
        Ok(code) => code,
        Err(Failure(message)) => {
            let _ = writeln!(anstream::stderr(), "error: {}", report::message(&message));
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Explain { rule, policies } => explain(rule, policies),
        Command::Rules { output_format, policies } => list(*output_format, policies),
        Command::Schema { of } => schema(*of),
    }
}

/// The built-in rules and those of policy files.
fn all_rules(policies: Vec<Rule>) -> Vec<Rule> {
    rules::all().cloned().chain(policies).collect()
}

fn metas(rules: &[Rule]) -> Vec<Arc<Meta>> {
    rules.iter().map(|rule| Arc::new(rule.meta.clone())).collect()
}

/// The rules of policy files; the first fault in one ends the run.
fn made_by(files: &[std::path::PathBuf]) -> Result<Vec<Rule>, Failure> {
    let mut made = Vec::new();
    for file in files {
        let loaded = policy::load(file).map_err(Failure)?;
        if let Some(fault) = loaded.faults.first() {
            return Err(Failure(format!("{}: {}", file.display(), fault.message)));
        }
        made.extend(loaded.rules);
    }
    Ok(made)
}

fn explain(word: &str, files: &[std::path::PathBuf]) -> Result<ExitCode, Failure> {
    let metas = metas(&all_rules(made_by(files)?));
    let selector = Selector::parse(word, &metas);
    let found: Vec<_> = match &selector {
        Ok(selector @ (Selector::Name(_) | Selector::Id(_))) => {
            metas.iter().filter(|rule| selector.matches(rule)).collect()
        }
        Ok(_) => return Err(Failure(format!("`{word}` is a group of rules; `shipworthy rules` lists them"))),
        Err(message) => return Err(Failure(message.clone())),
    };
    let pages: Vec<String> = found.into_iter().map(|rule| catalog::page(rule)).collect();
    print(&pages.join("\n"))
}

fn list(format: ListFormat, files: &[std::path::PathBuf]) -> Result<ExitCode, Failure> {
    let metas = metas(&all_rules(made_by(files)?));
    match format {
        ListFormat::Json => print(&pretty(&catalog::json(&metas))?),
        ListFormat::Markdown => print(&catalog::table(&metas)),
        ListFormat::Text => {
            let mut text = Vec::new();
            catalog::list(&metas, &mut text)?;
            print(&String::from_utf8_lossy(&text))
        }
    }
}

fn schema(of: SchemaOf) -> Result<ExitCode, Failure> {
    let schema = match of {
        SchemaOf::Findings => report::json::schema(),
        SchemaOf::Config => catalog::config_schema(&metas(&all_rules(Vec::new()))),
        SchemaOf::Rule => policy::own::schema(),
    };
    print(&pretty(&schema)?)
}

fn pretty(value: &serde_json::Value) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

/// Writes to standard output; a reader that has gone away is no error.
fn print(text: &str) -> Result<ExitCode, Failure> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(ExitCode::SUCCESS),
    }
}
