//! From an offset or a comment to the nodes that stand there.
//!
//! Both walk the tree as written, never through aliases: an offset lies where the text lies.

use super::{Comment, DocumentData, Entry, Kind, Node, NodeId, Yaml};
use crate::source::Span;

/// One step on the way from a document's root to a place.
#[derive(Clone, Copy, Debug)]
pub enum Step<'d> {
    /// Into an entry of a mapping.
    Key(Entry<'d>),
    /// Into an item of a sequence, by its index.
    Item(usize, Node<'d>),
}

/// A child as written: an entry of a mapping, or an item of a sequence.
#[derive(Clone, Copy)]
struct Child {
    index: usize,
    span: Span,
    /// The entry's value, or the item.
    value: NodeId,
}

impl Yaml {
    /// The document whose part of the file holds `offset`.
    pub fn document_at(&self, offset: usize) -> Option<super::Document<'_>> {
        self.document_data_at(offset).map(|data| self.document(data))
    }

    /// The way from the root of the document to the innermost entry or item at `offset`. The blanks, dash, anchor and
    /// tag before an item on its line belong to it.
    pub fn path_at(&self, offset: usize) -> Vec<Step<'_>> {
        let mut path = Vec::new();
        let Some(document) = self.document_data_at(offset) else { return path };
        let mut at = document.root;
        while let Some(child) = self.child_at(at, offset) {
            path.push(self.step(at, child));
            at = child.value;
        }
        path
    }

    /// The comment after something on `line` (from 1).
    pub fn comment_at_end_of_line(&self, line: u32) -> Option<&Comment> {
        if line == 0 || line > self.lines().count() {
            return None;
        }
        let span = self.lines().span(&self.text, line);
        let next = self.comments.partition_point(|comment| comment.span.start < span.start);
        self.comments.get(next).filter(|comment| comment.span.start < span.end && !comment.own_line)
    }

    /// What a comment on its own line stands above: the outermost entry or item that begins on the next line with
    /// content, with everything under it. Above `---` that is the whole document.
    pub fn covered_by(&self, comment: &Comment) -> Option<Span> {
        if !comment.own_line {
            return None;
        }
        let at = self.next_content(comment.span.end as usize)?;
        let document = self.document_data_at(at)?;
        let root = self.data(document.root).span;
        if self.text[at..].starts_with(['-', '%']) && document.span.start as usize <= at && at < root.start as usize {
            return Some(root);
        }
        let mut container = document.root;
        loop {
            match self.child_from(container, at) {
                Some(child) if (child.span.start as usize) < at => container = child.value,
                Some(child) => return Some(child.span),
                None => {
                    let span = self.data(container).span;
                    return (span.start as usize >= at).then_some(span);
                }
            }
        }
    }

    fn document_data_at(&self, offset: usize) -> Option<&DocumentData> {
        let after = self.documents.partition_point(|document| document.span.start as usize <= offset);
        let document = &self.documents[after.checked_sub(1)?];
        (offset <= document.span.end as usize).then_some(document)
    }

    /// Offset of the next byte after `offset` that is neither blank nor part of a comment.
    fn next_content(&self, offset: usize) -> Option<usize> {
        let mut at = offset;
        let mut next = self.comments.partition_point(|comment| (comment.span.start as usize) < offset);
        loop {
            at += self.text[at..].len() - self.text[at..].trim_start().len();
            match self.comments.get(next) {
                Some(comment) if comment.span.start as usize == at => at = comment.span.end as usize,
                _ => return (at < self.text.len()).then_some(at),
            }
            next += 1;
        }
    }

    fn step(&self, container: NodeId, child: Child) -> Step<'_> {
        match self.data(container).kind {
            Kind::Sequence => Step::Item(child.index, Node::new(self, child.value)),
            _ => {
                let key = self.children_of(self.data(container))[2 * child.index];
                Step::Key(Entry { key: Node::new(self, key), value: Node::new(self, child.value) })
            }
        }
    }

    /// The child of `container` that `offset` lies in.
    fn child_at(&self, container: NodeId, offset: usize) -> Option<Child> {
        let next = self.child_count(container, |child| child.span.start as usize <= offset);
        if let Some(before) = next.checked_sub(1).and_then(|index| self.child(container, index))
            && offset <= before.span.end as usize
        {
            return Some(before);
        }
        let child = self.child(container, next)?;
        let container = self.data(container).span;
        let gap = self.text.get(offset..child.span.start as usize)?;
        (container.start as usize <= offset && !gap.contains(['\n', '\r'])).then_some(child)
    }

    /// The first child of `container` that does not end before `offset`.
    fn child_from(&self, container: NodeId, offset: usize) -> Option<Child> {
        let next = self.child_count(container, |child| {
            // A value that is absent ends where it starts.
            (child.span.end as usize) <= offset && (child.span.start as usize) < offset
        });
        self.child(container, next)
    }

    /// How many children come first for which `holds`; they are in the order of the text.
    fn child_count(&self, container: NodeId, holds: impl Fn(&Child) -> bool) -> usize {
        let data = self.data(container);
        let children = data.children().len();
        let (mut low, mut high) = (0, if data.kind == Kind::Mapping { children / 2 } else { children });
        while low < high {
            let middle = low + (high - low) / 2;
            match self.child(container, middle) {
                Some(child) if holds(&child) => low = middle + 1,
                _ => high = middle,
            }
        }
        low
    }

    fn child(&self, container: NodeId, index: usize) -> Option<Child> {
        let data = self.data(container);
        let children = self.children_of(data);
        if data.kind == Kind::Mapping {
            let (key, value) = (*children.get(2 * index)?, *children.get(2 * index + 1)?);
            let span = self.data(key).span.cover(self.data(value).span);
            return Some(Child { index, span, value });
        }
        let value = *children.get(index)?;
        Some(Child { index, span: self.data(value).span, value })
    }
}
