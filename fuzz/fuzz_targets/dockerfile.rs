//! Reads anything as a Dockerfile, and its commands as shell.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shipworthy::document::DockerDocument;
use shipworthy_fuzz::{check_line, check_span};

fuzz_target!(|text: &str| {
    let document = DockerDocument::parse(text.into());
    document.file.errors.iter().for_each(|error| check_line(text, error.span));
    document.comments().for_each(|comment| check_span(text, comment));
    for view in document.views() {
        check_span(text, view.instruction.span);
        // A keyword may go on in the next line: `WOR\` and `KDIR`.
        check_span(text, view.instruction.keyword_span);
        for command in view.script().into_iter().flat_map(|script| &script.commands) {
            check_span(text, command.span);
            check_span(text, command.name_span);
            command.args.iter().for_each(|word| check_span(text, word.span));
        }
        document.dialect_at(view.index);
    }
});
