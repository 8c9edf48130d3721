//! YAML text to a tree with spans.
//!
//! A file becomes one [`Yaml`]: a flat arena of nodes in which every scalar, key, mapping, sequence and alias knows its
//! bytes. `granit-parser` does the scanning and stays behind `build.rs`; everything it does not promise is ours: where
//! a block collection ends, aliases, `<<`, duplicate keys, what a plain scalar means, limits, and going on after a fault.
//!
//! How it is laid out, in reading order:
//!
//! - this file: the arena and what can be asked of a whole file;
//! - `node.rs`: [`Node`] and [`Entry`], the `Copy` views through which rules read;
//! - `scalar.rs`: what an unquoted word means to kubectl and to the YAML 1.2 core schema;
//! - `place.rs`: from an offset or a comment to the nodes it stands at;
//! - `build.rs`: parser events to the arena;
//! - `fault.rs`: parser errors in our words.
//!
//! Reading never fails. A document at fault gives a [`SyntaxError`] and is left out; reading goes on at the next `---`.
//! An alias without an anchor is an error too, but only its own value is lost: such a node is neither scalar, mapping
//! nor sequence.
//!
//! Memory: 20 bytes a node and 4 a child. A scalar's text is the file's own slice; only what decoding changes (escapes,
//! folded lines, block scalars) is copied, into one string for the whole file. Nothing is freed node by node, so a
//! hostile file cannot overflow the stack on drop.

mod build;
mod fault;
mod node;
mod place;
mod scalar;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use crate::source::{LineIndex, Span, SyntaxError};

pub use node::{Entries, Entry, Items, Node, RawEntries};
pub use place::Step;
pub use scalar::Scalar;

/// How deep mappings and sequences may nest, aliases expanded. The document that goes deeper is a syntax error, so that
/// whatever walks a tree may recurse.
pub const MAX_DEPTH: usize = 128;

/// How many nodes one document's aliases may stand for, as a walk that follows every alias would count them.
pub const MAX_ALIAS_NODES: u64 = 100_000;

/// Index of a node in its [`Yaml`].
pub type NodeId = u32;

/// How a node is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// A scalar without quotes, an absent value included.
    Plain,
    /// A scalar in `'`.
    Single,
    /// A scalar in `"`.
    Double,
    /// A block scalar after `|`.
    Literal,
    /// A block scalar after `>`.
    Folded,
    /// A mapping or sequence by indentation.
    Block,
    /// A mapping in `{}` or a sequence in `[]`.
    Flow,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Text that is the slice of the file, or of `Yaml::decoded` (`DECODED`): bytes `a..b`.
    Scalar,
    /// Keys and values by turns: `b` entries of `Yaml::children` from `a` on.
    Mapping,
    /// `b` items of `Yaml::children` from `a` on.
    Sequence,
    /// Stands for node `a`, which is not itself an alias.
    Alias,
    /// An alias that could not be followed; reported as an error.
    Dangling,
}

/// Bits of [`NodeData::flags`].
mod flag {
    /// The scalar's text lies in `Yaml::decoded`.
    pub const DECODED: u8 = 1;
    /// The node has an entry in `Yaml::tags`.
    pub const TAGGED: u8 = 2;
    /// The mapping has a `<<` key.
    pub const MERGES: u8 = 4;
    /// The mapping has a key twice.
    pub const DUPLICATES: u8 = 8;
}

#[derive(Clone, Copy, Debug)]
struct NodeData {
    span: Span,
    a: u32,
    b: u32,
    kind: Kind,
    style: Style,
    flags: u8,
}

impl NodeData {
    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// Where the children lie in `Yaml::children`; nothing for scalars and aliases.
    fn children(&self) -> std::ops::Range<usize> {
        match self.kind {
            Kind::Mapping | Kind::Sequence => self.a as usize..(self.a + self.b) as usize,
            Kind::Scalar | Kind::Alias | Kind::Dangling => 0..0,
        }
    }
}

/// A `#` comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From the `#` to the end of the line, trailing blanks left out.
    pub span: Span,
    /// Whether nothing but blanks stands before it on its line.
    pub own_line: bool,
}

/// A key that stands twice in one mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DuplicateKey<'d> {
    /// The key before, whose value is lost.
    pub earlier: Span,
    /// The key that repeats it.
    pub later: Span,
    /// The key's text.
    pub key: &'d str,
}

#[derive(Clone, Copy, Debug)]
struct DocumentData {
    index: u32,
    root: NodeId,
    span: Span,
}

/// One document that was read in full.
#[derive(Clone, Copy, Debug)]
pub struct Document<'d> {
    /// Which document of the file it is, from 0; empty documents and those at fault count.
    pub index: usize,
    /// Its outermost node.
    pub root: Node<'d>,
    /// Its part of the file, from where the one before ends to where the next begins, comments and `---` included.
    pub span: Span,
}

/// A YAML or JSON file as a tree.
#[derive(Debug)]
pub struct Yaml {
    text: Arc<str>,
    json: bool,
    nodes: Vec<NodeData>,
    children: Vec<NodeId>,
    decoded: String,
    /// Ascending by node.
    tags: Vec<(NodeId, Box<str>)>,
    documents: Vec<DocumentData>,
    empty_documents: u32,
    broken_documents: u32,
    comments: Vec<Comment>,
    duplicates: Vec<(NodeId, NodeId)>,
    errors: Vec<SyntaxError>,
    lines: OnceLock<LineIndex>,
}

impl Yaml {
    /// Reads a YAML file. What cannot be read is in [`Yaml::errors`].
    pub fn parse(text: Arc<str>) -> Self {
        build::build(text, false)
    }

    /// Reads a JSON file: only unquoted `true`, `false`, `null` and numbers are not strings, and `<<` is a key as any.
    pub fn parse_json(text: Arc<str>) -> Self {
        build::build(text, true)
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The documents that were read in full, in order. Empty ones are left out.
    pub fn documents(&self) -> impl ExactSizeIterator<Item = Document<'_>> + DoubleEndedIterator {
        self.documents.iter().map(|data| self.document(data))
    }

    /// Number of documents that hold nothing, or nothing but comments, after a `---`.
    pub fn empty_documents(&self) -> usize {
        self.empty_documents as usize
    }

    /// Number of documents left out because of a syntax error.
    pub fn broken_documents(&self) -> usize {
        self.broken_documents as usize
    }

    /// What could not be read, by place.
    pub fn errors(&self) -> &[SyntaxError] {
        &self.errors
    }

    /// Every comment of the documents that were read, by place.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// A comment's text after the `#`, blanks at both ends left out.
    pub fn comment_text(&self, comment: &Comment) -> &str {
        self.text[comment.span.range()].trim_start_matches('#').trim()
    }

    /// Keys that stand twice in one mapping, in the order in which the mappings end. `<<` may be repeated.
    pub fn duplicate_keys(&self) -> impl ExactSizeIterator<Item = DuplicateKey<'_>> {
        self.duplicates.iter().map(|&(earlier, later)| DuplicateKey {
            earlier: self.data(earlier).span,
            later: self.data(later).span,
            key: self.scalar_text(self.data(later)),
        })
    }

    fn document(&self, data: &DocumentData) -> Document<'_> {
        Document { index: data.index as usize, root: Node::new(self, data.root), span: data.span }
    }

    fn data(&self, id: NodeId) -> &NodeData {
        &self.nodes[id as usize]
    }

    fn children_of(&self, data: &NodeData) -> &[NodeId] {
        &self.children[data.children()]
    }

    fn scalar_text(&self, data: &NodeData) -> &str {
        let range = data.a as usize..data.b as usize;
        if data.has(flag::DECODED) { &self.decoded[range] } else { &self.text[range] }
    }

    fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(&self.text))
    }
}
