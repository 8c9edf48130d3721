//! Tests of the parser: BuildKit's facts one by one, files of ours with one fault each, properties that hold of any
//! text, and a comparison with another parser over a directory of real files.

mod facts;
mod graph;
mod hostile;
mod oracle;
mod properties;

use super::*;

fn parse(text: &str) -> Dockerfile {
    Dockerfile::parse(text)
}

/// Reads text that must be without error.
fn clean(text: &str) -> Dockerfile {
    let file = parse(text);
    assert_eq!(file.errors, [], "in {text:?}");
    file
}

/// The last instruction of text that must be without error.
fn last(text: &str) -> Instruction {
    clean(text).instructions.pop().expect("an instruction")
}

/// The only error of `text`: what it is about, and its message.
fn error(text: &str) -> (String, String) {
    let file = parse(text);
    let [error] = file.errors.as_slice() else { panic!("not one error in {text:?}: {:?}", file.errors) };
    assert!(!file.slice(error.span).contains('\n'), "{error:?} crosses a line");
    (file.slice(error.span).to_owned(), error.message.clone())
}

fn keywords(file: &Dockerfile) -> Vec<Keyword> {
    file.instructions.iter().map(|instruction| instruction.keyword).collect()
}

fn values(instruction: &Instruction) -> Vec<&str> {
    instruction.words().iter().map(|word| word.value.as_str()).collect()
}

fn shell(instruction: &Instruction) -> &str {
    instruction.shell_text().expect("shell form").text()
}
