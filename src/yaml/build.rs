//! Parser events to the arena.
//!
//! Children become known before their parent ends, so ids wait in `pending` until the collection closes and are then
//! moved to `Yaml::children` in one run. A document at fault is unwound to the [`Mark`] taken at its start.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use granit_parser::{Event, Options, Parser, ScalarStyle, StructureStyle, Tag};

use super::{Comment, DocumentData, Kind, MAX_ALIAS_NODES, MAX_DEPTH, NodeData, NodeId, Style, Yaml, fault, flag};
use crate::source::{Span, SyntaxError};

pub(super) fn build(original: Arc<str>, json: bool) -> Yaml {
    let text = readable(&original);
    let mut builder = Builder::new(original, Arc::clone(&text), json);
    let mut from = 0;
    while let Some(next) = builder.read(&text, from) {
        from = next;
    }
    builder.finish()
}

/// The text to parse. Bytes that were not UTF-8 stand in the source as U+001A, a character that YAML forbids: `_` takes
/// its place, so that a stray byte, nearly always in a comment, does not lose the document. It is reported elsewhere.
fn readable(original: &Arc<str>) -> Arc<str> {
    match memchr::memchr(0x1a, original.as_bytes()) {
        Some(_) => original.replace('\u{1a}', "_").into(),
        None => Arc::clone(original),
    }
}

/// The parser's limits are ours or none: what it would refuse beyond them occurs in real files.
fn options() -> Options {
    granit_parser::options! {
        emit_unresolved_aliases: true,
        max_buffered_comment_events: usize::MAX,
        simple_key_max_lookahead: usize::MAX,
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
        max_directive_bytes: usize::MAX,
        max_reserved_directive_params: usize::MAX,
    }
}

/// A node that is done: what its parent and its anchor need to know of it.
#[derive(Clone, Copy)]
struct Done {
    id: NodeId,
    /// Nodes that a walk from here visits, aliases followed.
    size: u64,
    /// Collections on the longest way down from here, aliases followed.
    height: usize,
}

/// A collection that is still open.
struct Frame {
    id: NodeId,
    /// Where its children begin in `Builder::pending`.
    first: usize,
    anchor: usize,
    size: u64,
    height: usize,
}

/// What to unwind to when a document turns out to be at fault.
#[derive(Clone, Copy)]
struct Mark {
    nodes: usize,
    children: usize,
    decoded: usize,
    tags: usize,
    duplicates: usize,
}

struct Builder {
    yaml: Yaml,
    /// What the parser reads, see [`readable`].
    text: Arc<str>,
    frames: Vec<Frame>,
    pending: Vec<NodeId>,
    anchors: HashMap<usize, Done>,
    /// Nodes that the aliases of this document stand for.
    alias_nodes: u64,
    open: Option<Mark>,
    root: Option<NodeId>,
    /// Documents begun so far.
    begun: u32,
    /// Where the document before ends.
    boundary: usize,
    /// Whether that document takes in the comments to come.
    trailing: bool,
}

impl Builder {
    fn new(original: Arc<str>, text: Arc<str>, json: bool) -> Self {
        // Manifests have about one node for every 12 bytes.
        let nodes = Vec::with_capacity(text.len() / 12);
        let yaml = Yaml {
            text: original,
            json,
            nodes,
            children: Vec::new(),
            decoded: String::new(),
            tags: Vec::new(),
            documents: Vec::new(),
            empty_documents: 0,
            broken_documents: 0,
            comments: Vec::new(),
            duplicates: Vec::new(),
            errors: Vec::new(),
            lines: OnceLock::new(),
        };
        Self {
            yaml,
            text,
            frames: Vec::new(),
            pending: Vec::new(),
            anchors: HashMap::new(),
            alias_nodes: 0,
            open: None,
            root: None,
            begun: 0,
            boundary: 0,
            trailing: false,
        }
    }

    /// Reads from `from` to the end, over every fault the parser recovers from itself. Otherwise gives the offset of the
    /// next `---` line, where a new parser is to begin.
    fn read(&mut self, text: &str, from: usize) -> Option<usize> {
        let mut parser = Parser::new_from_str_with_options(&text[from..], options());
        while let Some(next) = parser.next_event() {
            let error = match next {
                Ok((event, span)) => {
                    let range = span.byte_range().unwrap_or(0..0);
                    match self.event(event, from + range.start..from + range.end) {
                        Ok(()) => continue,
                        Err(error) => error,
                    }
                }
                Err(error) => fault::describe(text, from, &error, self.floor(), self.open_bracket()),
            };
            let at = error.span.end as usize;
            let progress = self.fail(error);
            if !progress || parser.proceed_next_document().is_err() {
                return next_marker(text, at.max(from + 1));
            }
        }
        None
    }

    /// Drops the document at fault. Says no if the same error came just before: the parser is not getting on.
    fn fail(&mut self, error: SyntaxError) -> bool {
        let progress = self.yaml.errors.last() != Some(&error);
        self.trailing = false;
        if let Some(mark) = self.open.take() {
            self.yaml.nodes.truncate(mark.nodes);
            self.yaml.children.truncate(mark.children);
            self.yaml.decoded.truncate(mark.decoded);
            self.yaml.tags.truncate(mark.tags);
            self.yaml.duplicates.truncate(mark.duplicates);
            self.clear();
        } else if progress {
            self.begun += 1;
        }
        self.yaml.broken_documents += u32::from(progress);
        if progress {
            self.yaml.errors.push(error);
        }
        progress
    }

    fn finish(mut self) -> Yaml {
        let end = self.yaml.text.len();
        self.end_last_document(end);
        // The parser hands out some comments late and reports some errors at an earlier place.
        self.yaml.comments.sort_by_key(|comment| comment.span.start);
        self.yaml.errors.sort_by_key(|error| error.span);
        self.yaml.nodes.shrink_to_fit();
        self.yaml.children.shrink_to_fit();
        self.yaml.decoded.shrink_to_fit();
        self.yaml
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), SyntaxError> {
        match event {
            Event::DocumentStart(explicit, _) => self.start_document(explicit, range.start),
            Event::DocumentEnd => self.end_document(range),
            Event::Comment(..) => self.comment(range),
            Event::Scalar(text, style, anchor, tag) => self.scalar(&text, style, anchor, tag.as_deref(), range),
            Event::MappingStart(style, anchor, tag) => {
                return self.start(Kind::Mapping, style, anchor, tag.as_deref(), range);
            }
            Event::SequenceStart(style, anchor, tag) => {
                return self.start(Kind::Sequence, style, anchor, tag.as_deref(), range);
            }
            Event::MappingEnd | Event::SequenceEnd => self.end(range),
            Event::Alias(anchor) => return self.alias(anchor, range),
            Event::UnresolvedAlias(name) => {
                self.yaml.errors.push(fault::unknown_anchor(Span::new(range.start, range.end), &name));
                self.dangling(range);
            }
            // Anchor events are not asked for; the rest has no meaning for the tree.
            _ => {}
        }
        Ok(())
    }
}

/// Documents and comments.
impl Builder {
    fn start_document(&mut self, explicit: bool, start: usize) {
        if explicit {
            self.end_last_document(start);
        }
        self.trailing = false;
        let yaml = &self.yaml;
        self.open = Some(Mark {
            nodes: yaml.nodes.len(),
            children: yaml.children.len(),
            decoded: yaml.decoded.len(),
            tags: yaml.tags.len(),
            duplicates: yaml.duplicates.len(),
        });
        self.begun += 1;
        self.clear();
    }

    /// Forgets what belongs to one document.
    fn clear(&mut self) {
        self.root = None;
        self.frames.clear();
        self.pending.clear();
        self.anchors.clear();
        self.alias_nodes = 0;
    }

    fn end_document(&mut self, range: Range<usize>) {
        self.open = None;
        let start = self.boundary;
        self.boundary = start.max(range.end);
        let Some(root) = self.root.take() else { return };
        self.boundary = self.boundary.max(self.yaml.data(root).span.end as usize);
        if is_absent(self.yaml.data(root)) {
            self.yaml.empty_documents += 1;
            return;
        }
        let span = Span::new(start, self.boundary);
        self.trailing = true;
        self.yaml.documents.push(DocumentData { index: self.begun - 1, root, span });
    }

    /// Comments after a document's last node still are part of it: it ends where the next begins.
    fn end_last_document(&mut self, end: usize) {
        if self.trailing
            && let Some(last) = self.yaml.documents.last_mut()
        {
            last.span.end = last.span.end.max(end as u32);
        }
        self.boundary = self.boundary.max(end);
    }

    fn comment(&mut self, range: Range<usize>) {
        let text = &self.yaml.text;
        let before = text[..range.start].trim_end_matches([' ', '\t', '\u{feff}']);
        let own_line = before.is_empty() || before.ends_with(['\n', '\r']);
        let end = range.start + text[range.clone()].trim_end().len();
        self.yaml.comments.push(Comment { span: Span::new(range.start, end), own_line });
    }
}

/// Nodes.
impl Builder {
    fn push(&mut self, kind: Kind, style: Style, span: Span, tag: Option<&Tag>) -> NodeId {
        let id = self.yaml.nodes.len() as NodeId;
        let mut flags = 0;
        if let Some(tag) = tag {
            flags |= flag::TAGGED;
            self.yaml.tags.push((id, tag_text(tag)));
        }
        self.yaml.nodes.push(NodeData { span, a: 0, b: 0, kind, style, flags });
        id
    }

    /// Hands a node that is done to its parent, and to the aliases to come.
    fn attach(&mut self, done: Done, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, done);
        }
        match self.frames.last_mut() {
            None => self.root = Some(done.id),
            Some(parent) => {
                parent.size = parent.size.saturating_add(done.size);
                parent.height = parent.height.max(done.height + 1);
                self.pending.push(done.id);
            }
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, anchor: usize, tag: Option<&Tag>, range: Range<usize>) {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let span = self.scalar_span(style, range);
        let id = self.push(Kind::Scalar, style, span, tag);
        let content = match style {
            Style::Single | Style::Double if span.len() >= 2 => Span { start: span.start + 1, end: span.end - 1 },
            _ => span,
        };
        // The parser spells an absent value `~`.
        let absent = style == Style::Plain && span.is_empty();
        let (flags, bytes) = if absent || &self.text[content.range()] == value {
            (0, content)
        } else {
            let start = self.yaml.decoded.len();
            self.yaml.decoded.push_str(value);
            (flag::DECODED, Span::new(start, self.yaml.decoded.len()))
        };
        let node = &mut self.yaml.nodes[id as usize];
        node.flags |= flags;
        (node.a, node.b) = (bytes.start, bytes.end);
        self.attach(Done { id, size: 1, height: 0 }, anchor);
    }

    /// Block scalars run over the blank lines after them, says the parser.
    fn scalar_span(&self, style: Style, range: Range<usize>) -> Span {
        let Range { start, end } = range;
        match style {
            Style::Plain if start == end => Span::empty(self.absent_at(start)),
            Style::Literal | Style::Folded => Span::new(start, start + self.yaml.text[start..end].trim_end().len()),
            _ => Span::new(start, end),
        }
    }

    /// Where an absent value stands, after its colon or dash. The parser gives the next token, or the colon.
    fn absent_at(&self, given: usize) -> usize {
        let text = &self.yaml.text;
        if self.value_is_next() && text[given..].starts_with(':') {
            return given + 1;
        }
        let floor = self.floor().min(given);
        let mut at = given;
        for comment in self.yaml.comments.iter().rev() {
            at = floor + text[floor..at].trim_end().len();
            if comment.span.end as usize != at || (comment.span.start as usize) < floor {
                break;
            }
            at = comment.span.start as usize;
        }
        floor + text[floor..at].trim_end().len()
    }

    /// Where a block sequence begins: at its first dash. The parser gives its first item if the dash is not indented
    /// deeper than the key, so the dash is looked for behind the key, over comments, anchor and tag.
    fn first_dash(&self, given: usize) -> usize {
        let mut at = self.floor();
        while let Some(rest) = self.yaml.text.get(at..given) {
            let is_blank = |c: char| c.is_whitespace() || c == ':';
            at += match rest.bytes().next() {
                Some(b'-') => return at,
                Some(b'#') => rest.find(['\n', '\r']).unwrap_or(rest.len()),
                Some(b'&' | b'!') => rest.find(char::is_whitespace).unwrap_or(rest.len()),
                _ => match rest.find(|c| !is_blank(c)) {
                    Some(blanks) if blanks > 0 => blanks,
                    _ => break,
                },
            };
        }
        given
    }

    /// Whether a key waits for its value.
    fn value_is_next(&self) -> bool {
        self.frames.last().is_some_and(|frame| {
            let mapping = self.yaml.data(frame.id).kind == Kind::Mapping;
            mapping && (self.pending.len() - frame.first) % 2 == 1
        })
    }

    /// Where what comes next can begin at the earliest: the end of the sibling before, or the start of the parent.
    fn floor(&self) -> usize {
        let Some(frame) = self.frames.last() else { return self.boundary };
        let before = self.pending[frame.first..].last().unwrap_or(&frame.id);
        self.yaml.data(*before).span.end as usize
    }

    /// Where the innermost flow collection that is open begins.
    fn open_bracket(&self) -> Option<usize> {
        let data = self.yaml.data(self.frames.last()?.id);
        let start = data.span.start as usize;
        (data.style == Style::Flow && self.text[start..].starts_with(['{', '['])).then_some(start)
    }

    fn start(
        &mut self,
        kind: Kind,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        range: Range<usize>,
    ) -> Result<(), SyntaxError> {
        let span = Span::new(range.start, range.end);
        if self.frames.len() >= MAX_DEPTH {
            return Err(fault::too_deep(&self.yaml.text, span));
        }
        let style = match style {
            StructureStyle::Block => Style::Block,
            StructureStyle::Flow => Style::Flow,
        };
        let span = match kind {
            Kind::Sequence if style == Style::Block && self.value_is_next() => {
                Span::empty(self.first_dash(range.start))
            }
            _ => span,
        };
        let id = self.push(kind, style, span, tag);
        self.frames.push(Frame { id, first: self.pending.len(), anchor, size: 1, height: 1 });
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) {
        let Some(frame) = self.frames.pop() else { return };
        let yaml = &mut self.yaml;
        let children = self.pending.drain(frame.first..);
        let first = yaml.children.len();
        yaml.children.extend(children);
        let count = yaml.children.len() - first;
        // A block collection's end is the next token; `[a: b]` has a mapping without braces, which ends the same way.
        let last = yaml.children.last().filter(|_| count > 0).map(|id| yaml.data(*id).span.end);
        let node = &mut yaml.nodes[frame.id as usize];
        (node.a, node.b) = (first as u32, count as u32);
        node.span.end = match last {
            Some(end) if range.is_empty() => end,
            None if range.is_empty() => node.span.end,
            _ => range.end as u32,
        };
        if node.kind == Kind::Mapping {
            self.check_keys(frame.id);
        }
        self.attach(Done { id: frame.id, size: frame.size, height: frame.height }, frame.anchor);
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Result<(), SyntaxError> {
        let span = Span::new(range.start, range.end);
        // The anchor is known to the parser as soon as it is read, to us when its node is done.
        let Some(&target) = self.anchors.get(&anchor) else {
            self.yaml.errors.push(fault::cycle(&self.yaml.text, span));
            self.dangling(range);
            return Ok(());
        };
        self.alias_nodes = self.alias_nodes.saturating_add(target.size);
        if self.alias_nodes > MAX_ALIAS_NODES {
            return Err(fault::too_many_alias_nodes(&self.yaml.text, span));
        }
        if self.frames.len() + target.height > MAX_DEPTH {
            return Err(fault::too_deep(&self.yaml.text, span));
        }
        let id = self.push(Kind::Alias, Style::Plain, span, None);
        self.yaml.nodes[id as usize].a = target.id;
        self.attach(Done { id, ..target }, 0);
        Ok(())
    }

    fn dangling(&mut self, range: Range<usize>) {
        let id = self.push(Kind::Dangling, Style::Plain, Span::new(range.start, range.end), None);
        self.attach(Done { id, size: 1, height: 0 }, 0);
    }

    /// Marks a mapping that has `<<` or a key twice.
    fn check_keys(&mut self, mapping: NodeId) {
        let yaml = &self.yaml;
        let node = super::Node::new(yaml, mapping);
        let mut flags = 0;
        let mut repeated = Vec::new();
        let mut seen = KeySet::new(node.len());
        for entry in node.raw_entries() {
            if entry.is_merge() {
                flags |= flag::MERGES;
            } else if let Some(text) = entry.key_text()
                && let Some(earlier) = seen.insert(text, entry.key.id())
            {
                flags |= flag::DUPLICATES;
                repeated.push((earlier, entry.key.id()));
            }
        }
        self.yaml.duplicates.append(&mut repeated);
        self.yaml.nodes[mapping as usize].flags |= flags;
    }
}

/// Keys seen so far. Nearly every mapping is small enough for a list to beat a hash table.
enum KeySet<'d> {
    Few(Vec<(&'d str, NodeId)>),
    Many(HashMap<&'d str, NodeId>),
}

impl<'d> KeySet<'d> {
    fn new(entries: usize) -> Self {
        if entries <= 16 { Self::Few(Vec::with_capacity(entries)) } else { Self::Many(HashMap::with_capacity(entries)) }
    }

    /// Adds a key; gives the one before if it is not new.
    fn insert(&mut self, key: &'d str, id: NodeId) -> Option<NodeId> {
        match self {
            Self::Many(keys) => keys.insert(key, id),
            Self::Few(keys) => match keys.iter_mut().find(|(known, _)| *known == key) {
                Some((_, last)) => Some(std::mem::replace(last, id)),
                None => {
                    keys.push((key, id));
                    None
                }
            },
        }
    }
}

fn is_absent(data: &NodeData) -> bool {
    data.kind == Kind::Scalar && data.style == Style::Plain && data.span.is_empty() && data.flags == 0
}

fn tag_text(tag: &Tag) -> Box<str> {
    match tag.suffix_in_namespace("tag:yaml.org,2002:") {
        Some(name) => format!("!!{name}").into(),
        None => format!("{}{}", tag.handle(), tag.suffix()).into(),
    }
}

/// Offset of the next line, after `from`, that begins with `---`.
fn next_marker(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let found = memchr::memchr2_iter(b'\n', b'\r', bytes.get(from.saturating_sub(1)..)?);
    let mut starts = found.map(|at| from.saturating_sub(1) + at + 1);
    starts.find(|start| bytes[*start..].starts_with(b"---"))
}
