//! Reads anything as YAML and as JSON, and walks the tree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use shipworthy::yaml::{Node, Yaml};
use shipworthy_fuzz::{check_line, check_span};

/// Nodes to look at; aliases make a small file a large tree.
const NODES: usize = 20_000;

fuzz_target!(|text: &str| {
    for yaml in [Yaml::parse(text.into()), Yaml::parse_json(text.into())] {
        yaml.errors().iter().for_each(|error| check_line(text, error.span));
        for comment in yaml.comments() {
            check_line(text, comment.span);
            yaml.covered_by(comment).into_iter().for_each(|span| check_span(text, span));
        }
        for repeated in yaml.duplicate_keys() {
            check_span(text, repeated.earlier);
            check_span(text, repeated.later);
        }
        let mut left = NODES;
        for document in yaml.documents() {
            check_span(text, document.span);
            walk(text, document.root, &mut left);
        }
    }
});

fn walk(text: &str, node: Node<'_>, left: &mut usize) {
    let Some(rest) = left.checked_sub(1) else { return };
    *left = rest;
    check_span(text, node.span());
    node.anchored().into_iter().for_each(|span| check_span(text, span));
    let _ = (node.text(), node.as_bool(), node.as_i64(), node.raw());
    node.yaml().path_at(node.span().start as usize);
    for entry in node.entries() {
        check_span(text, entry.key_span());
        walk(text, entry.value, left);
    }
    node.items().for_each(|item| walk(text, item, left));
}
