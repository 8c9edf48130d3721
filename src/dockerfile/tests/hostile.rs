//! Files of ours with one fault each: exactly one error, on its line, and what follows is read.

use std::path::Path;

use super::*;
use crate::source::LineIndex;

#[test]
fn one_fault_is_one_error_and_hides_nothing() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/hostile/dockerfile");
    let mut paths: Vec<_> =
        std::fs::read_dir(directory).expect("the files").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    for path in &paths {
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let name = path.file_name().expect("a name").to_string_lossy();
        let (_, after) = text.split_once("expect: line ").expect("the line of the fault");
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        let expected: u32 = digits.parse().expect("a number");

        let file = parse(&text);
        assert_eq!(file.errors.len(), 1, "{name}: {:?}", file.errors);
        let error = &file.errors[0];
        assert_eq!(LineIndex::new(&text).line(error.span.start), expected, "{name}: {error:?}");
        assert!(!file.slice(error.span).contains(['\n', '\r']), "{name}: {error:?}");
        assert!(!error.span.is_empty(), "{name}: {error:?}");
        let planted = file.instructions.iter().any(|at| {
            at.keyword == Keyword::Workdir && !at.has_error && values(at) == ["relative/planted"] && at.stage.is_some()
        });
        assert!(planted, "{name}: what follows the fault is lost");
    }
    assert!(paths.len() >= 30, "only {} files", paths.len());
}
