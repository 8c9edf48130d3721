//! Views over the tree: `Copy`, a reference and an index.
//!
//! A view never stands on an alias: whoever reaches a value through `*alias` or `<<` gets the anchored value, together
//! with the place where it is used. [`Node::span`] is then the place of use, which is where a finding belongs, and
//! [`Node::anchored`] is where the value itself stands. Both hold for everything below: of aliases within aliases
//! the outermost is the place of use.

use std::collections::HashSet;

use super::scalar::{self, Scalar};
use super::{Kind, NodeData, NodeId, Style, Yaml, flag};
use crate::source::Span;

/// A value in the tree.
#[derive(Clone, Copy)]
pub struct Node<'d> {
    yaml: &'d Yaml,
    id: NodeId,
    place: Option<Span>,
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'d> {
    /// The key, nearly always a scalar.
    pub key: Node<'d>,
    /// The value; null where nothing is written.
    pub value: Node<'d>,
}

impl<'d> Entry<'d> {
    /// Where the key stands, or where the mapping that holds it is used.
    pub fn key_span(&self) -> Span {
        self.key.span()
    }

    /// From the key to the end of the value, or where the mapping that holds both is used.
    pub fn span(&self) -> Span {
        self.key.span().cover(self.value.span())
    }

    /// The key's text, unless it is a mapping or sequence.
    pub fn key_text(&self) -> Option<&'d str> {
        self.key.text()
    }

    /// The mappings that a `<<` entry brings in, strongest first: the first of a list.
    fn merged(&self) -> impl Iterator<Item = Node<'d>> + use<'d> {
        let value = self.value;
        value.is_mapping().then_some(value).into_iter().chain(value.items())
    }

    /// Whether the entry is `<<: ...`, to be merged into its mapping.
    pub fn is_merge(&self) -> bool {
        let data = self.key.data();
        !self.key.yaml.json
            && data.kind == Kind::Scalar
            && self.key.yaml.scalar_text(data) == "<<"
            && match self.key.tag() {
                None => data.style == Style::Plain,
                Some(tag) => tag == "!!merge",
            }
    }
}

impl<'d> Node<'d> {
    pub(super) fn new(yaml: &'d Yaml, id: NodeId) -> Self {
        Self { yaml, id, place: None }.followed()
    }

    /// The same place in the tree, or the anchored node where this is an alias.
    fn followed(self) -> Self {
        let data = self.data();
        match data.kind {
            Kind::Alias => Self { id: data.a, place: self.place.or(Some(data.span)), ..self },
            _ => self,
        }
    }

    fn child(self, id: NodeId) -> Self {
        Self { id, ..self }.followed()
    }

    pub(super) fn data(self) -> &'d NodeData {
        self.yaml.data(self.id)
    }

    fn children(self) -> &'d [NodeId] {
        self.yaml.children_of(self.data())
    }

    /// The file this node is part of.
    pub fn yaml(self) -> &'d Yaml {
        self.yaml
    }

    /// The node's index: the same for every use of an anchored node.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Where the node stands: its own bytes, or the alias through which it was reached. Block scalars begin at their
    /// first line, not at the `|`; anchors and tags are not part of the span.
    pub fn span(self) -> Span {
        self.place.unwrap_or(self.data().span)
    }

    /// The node's own bytes, where it was reached through an alias or `<<`.
    pub fn anchored(self) -> Option<Span> {
        self.place.map(|_| self.data().span)
    }

    /// The node's own bytes as they stand in the file, quotes and escapes included.
    pub fn raw(self) -> &'d str {
        &self.yaml.text[self.data().span.range()]
    }

    /// How the node is written.
    pub fn style(self) -> Style {
        self.data().style
    }

    /// The node's tag, resolved: `!!str` and so on for YAML's own, others in full.
    pub fn tag(self) -> Option<&'d str> {
        if !self.data().has(flag::TAGGED) {
            return None;
        }
        let tags = &self.yaml.tags;
        let at = tags.binary_search_by_key(&self.id, |(node, _)| *node).ok()?;
        Some(&tags[at].1)
    }

    /// Whether the node is a mapping.
    pub fn is_mapping(self) -> bool {
        self.data().kind == Kind::Mapping
    }

    /// Whether the node is a sequence.
    pub fn is_sequence(self) -> bool {
        self.data().kind == Kind::Sequence
    }

    /// Whether the node is a scalar, null included.
    pub fn is_scalar(self) -> bool {
        self.data().kind == Kind::Scalar
    }

    /// Whether the node is null, written or absent.
    pub fn is_null(self) -> bool {
        self.k8s() == Some(Scalar::Null)
    }

    /// Whether the node is an alias that leads nowhere; such a value is unknown.
    pub fn is_unknown(self) -> bool {
        self.data().kind == Kind::Dangling
    }
}

/// Scalars.
impl<'d> Node<'d> {
    /// A scalar's text, escapes and folding undone, whatever it means: `8080`, `~`, or nothing for an absent value.
    pub fn text(self) -> Option<&'d str> {
        let data = self.data();
        (data.kind == Kind::Scalar).then(|| self.yaml.scalar_text(data))
    }

    /// What kubectl takes a scalar for.
    pub fn k8s(self) -> Option<Scalar<'d>> {
        self.text().map(|text| match self.yaml.json {
            true => scalar::json(text, self.style()),
            false => scalar::k8s(text, self.style(), self.tag()),
        })
    }

    /// What the YAML 1.2 core schema takes a scalar for.
    pub fn core12(self) -> Option<Scalar<'d>> {
        self.text().map(|text| match self.yaml.json {
            true => scalar::json(text, self.style()),
            false => scalar::core12(text, self.style(), self.tag()),
        })
    }

    /// The text of what kubectl takes for a string.
    pub fn as_str(self) -> Option<&'d str> {
        match self.k8s()? {
            Scalar::Str(text) => Some(text),
            _ => None,
        }
    }

    /// What kubectl takes for true or false.
    pub fn as_bool(self) -> Option<bool> {
        match self.k8s()? {
            Scalar::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// What kubectl takes for a whole number; `1e3` and `2.0` are.
    pub fn as_i64(self) -> Option<i64> {
        self.k8s()?.as_i64()
    }
}

/// Mappings and sequences. Asked of anything else, these find nothing.
impl<'d> Node<'d> {
    /// The value of `key`, see [`Node::entry`].
    pub fn get(self, key: &str) -> Option<Node<'d>> {
        self.entry(key).map(|entry| entry.value)
    }

    /// The entry that holds for `key`: the last one that sets it, be it written here or brought in by `<<`. That is how
    /// kubectl reads it: a `<<` behind a key overrides the key.
    pub fn entry(self, key: &str) -> Option<Entry<'d>> {
        self.raw_entries().rev().find_map(|entry| match entry.is_merge() {
            true => entry.merged().find_map(|source| source.entry(key)),
            false => (entry.key_text() == Some(key)).then_some(entry),
        })
    }

    /// The entries that hold: each key once, as [`Node::entry`] finds it.
    pub fn entries(self) -> Entries<'d> {
        let data = self.data();
        if !data.has(flag::MERGES | flag::DUPLICATES) {
            return Entries(Effective::AsWritten(self.raw_entries()));
        }
        let mut entries = Vec::new();
        self.collect_backwards(&mut HashSet::new(), &mut entries);
        entries.reverse();
        Entries(Effective::Computed(entries.into_iter()))
    }

    /// The entries as written: repeated keys and `<<` as they stand.
    pub fn raw_entries(self) -> RawEntries<'d> {
        let children = if self.is_mapping() { self.children() } else { &[] };
        RawEntries { mapping: self, pairs: children.as_chunks().0.iter() }
    }

    /// The items of a sequence.
    pub fn items(self) -> Items<'d> {
        let children = if self.is_sequence() { self.children() } else { &[] };
        Items { sequence: self, children: children.iter() }
    }

    /// Number of entries as written, or of items.
    pub fn len(self) -> usize {
        let children = self.children().len();
        if self.is_mapping() { children / 2 } else { children }
    }

    /// Whether there is no entry and no item.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Adds the entries whose keys are not in `seen`, the last first. Recursion ends at `MAX_DEPTH`, which counts
    /// through aliases.
    fn collect_backwards(self, seen: &mut HashSet<&'d str>, entries: &mut Vec<Entry<'d>>) {
        for entry in self.raw_entries().rev() {
            if entry.is_merge() {
                entry.merged().for_each(|source| source.collect_backwards(seen, entries));
            } else if entry.key_text().is_none_or(|key| seen.insert(key)) {
                entries.push(entry);
            }
        }
    }
}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let data = self.data();
        write!(f, "{:?} {:?} at {:?}", data.kind, self.raw(), self.span())
    }
}

/// The entries of a mapping as written.
#[derive(Clone, Debug)]
pub struct RawEntries<'d> {
    mapping: Node<'d>,
    pairs: std::slice::Iter<'d, [NodeId; 2]>,
}

impl<'d> RawEntries<'d> {
    fn entry(&self, &[key, value]: &[NodeId; 2]) -> Entry<'d> {
        Entry { key: self.mapping.child(key), value: self.mapping.child(value) }
    }
}

impl<'d> Iterator for RawEntries<'d> {
    type Item = Entry<'d>;

    fn next(&mut self) -> Option<Entry<'d>> {
        self.pairs.next().map(|pair| self.entry(pair))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl DoubleEndedIterator for RawEntries<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.pairs.next_back().map(|pair| self.entry(pair))
    }
}

impl ExactSizeIterator for RawEntries<'_> {}

/// The items of a sequence.
#[derive(Clone, Debug)]
pub struct Items<'d> {
    sequence: Node<'d>,
    children: std::slice::Iter<'d, NodeId>,
}

impl<'d> Iterator for Items<'d> {
    type Item = Node<'d>;

    fn next(&mut self) -> Option<Node<'d>> {
        self.children.next().map(|id| self.sequence.child(*id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.children.size_hint()
    }
}

impl DoubleEndedIterator for Items<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.children.next_back().map(|id| self.sequence.child(*id))
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The entries of a mapping that hold.
#[derive(Clone, Debug)]
pub struct Entries<'d>(Effective<'d>);

#[derive(Clone, Debug)]
enum Effective<'d> {
    AsWritten(RawEntries<'d>),
    Computed(std::vec::IntoIter<Entry<'d>>),
}

impl<'d> Iterator for Entries<'d> {
    type Item = Entry<'d>;

    fn next(&mut self) -> Option<Entry<'d>> {
        match &mut self.0 {
            Effective::AsWritten(entries) => entries.next(),
            Effective::Computed(entries) => entries.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Effective::AsWritten(entries) => entries.size_hint(),
            Effective::Computed(entries) => entries.size_hint(),
        }
    }
}

impl ExactSizeIterator for Entries<'_> {}
