//! Walks the tree of the parser and puts down what it finds as commands.
//!
//! Of the tree only the structure is used: which words make a command, and where expansions lie. Values are decoded
//! from the text (`word.rs`), so a span that the parser got wrong gives an unknown word, not a wrong one.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use shuck_ast as ast;
use shuck_parser::parser::{ParseResult, Parser, ShellDialect, ShellProfile};

use super::command::{self, Options, Parts, ShellText};
use super::word::{self, Piece};
use super::{
    Assignment, Command, Dialect, ListOp, MAX_BYTES, MAX_COMMANDS, MAX_NESTING, MAX_SHELLS, Pipeline, Redirect, Script,
    Unread, Variable, Why, Within, Word,
};
use crate::source::{MappedText, Span};

/// Reads a body.
pub(super) fn text(body: &MappedText, dialect: Dialect) -> Script {
    let mut script = Script { dialect, ..Script::default() };
    if dialect == Dialect::Other {
        script.unread = Some(Unread { span: body.span(0..body.text().len()), why: Why::Shell });
    } else if body.text().contains("\r\n") {
        let body = without_carriage_returns(body);
        Reader::new(body.text(), Place::Map(&body), &mut script).whole(Within::default());
    } else {
        Reader::new(body.text(), Place::Map(body), &mut script).whole(Within::default());
    }
    script
}

/// A heredoc of a file with Windows line ends: taken at its word, every command's last argument would end with `\r`.
pub(super) fn without_carriage_returns(body: &MappedText) -> MappedText {
    let mut mapped = MappedText::default();
    let mut at = 0;
    for line in body.text().split_inclusive('\n') {
        match line.strip_suffix("\r\n") {
            Some(content) => {
                push(&mut mapped, Place::Map(body), content, at);
                push(&mut mapped, Place::Map(body), "\n", at + line.len() - 1);
            }
            None => push(&mut mapped, Place::Map(body), line, at),
        }
        at += line.len();
    }
    mapped
}

/// Appends `text`, which stands at `at` of what `place` leads from; character by character, as the place may jump.
fn push(mapped: &mut MappedText, place: Place, text: &str, at: usize) {
    for (offset, c) in text.char_indices() {
        let source = place.span(at + offset..at + offset + c.len_utf8()).start;
        mapped.push(&text[offset..offset + c.len_utf8()], source as usize);
    }
}

/// Reads the words of a JSON form.
pub(super) fn words(words: &[(String, Span)]) -> Script {
    let mut script = Script::default();
    let mut reader = Reader::new("", Place::Whole(Span::default()), &mut script);
    let plain = words.iter().map(|(text, span)| json_word(text, *span)).collect();
    reader.command(Parts { words: plain, ..Parts::default() }, Texts::Json(words), Within::default());
    script
}

fn json_word(text: &str, span: Span) -> Word {
    Word { span, text: Some(text.to_owned()), raw: text.to_owned(), quoted: true, ..Word::default() }
}

/// How offsets of the text at hand lead to the source.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Byte for byte.
    Map(&'a MappedText),
    /// All of it stands here.
    Whole(Span),
}

impl Place<'_> {
    fn span(self, range: Range<usize>) -> Span {
        match self {
            Self::Map(map) => map.span(range),
            Self::Whole(span) => span,
        }
    }
}

/// Where the words of a command come from, to read the text of `sh -c` from.
#[derive(Clone, Copy)]
enum Texts<'a> {
    Tree(&'a [&'a ast::Word]),
    Json(&'a [(String, Span)]),
}

struct Reader<'a, 's> {
    text: &'a str,
    place: Place<'a>,
    script: &'s mut Script,
    /// `set -e` and `set -o pipefail` at this point.
    options: Options,
    /// Depth of `sh -c` and `eval` texts.
    shells: usize,
    /// `time` before the next simple command: to the parser a keyword, here the first word.
    time: Option<Word>,
}

impl<'a, 's> Reader<'a, 's> {
    fn new(text: &'a str, place: Place<'a>, script: &'s mut Script) -> Self {
        Self { text, place, script, options: Options::default(), shells: 0, time: None }
    }

    /// Parses the text and walks all of it that is sure.
    fn whole(&mut self, within: Within) {
        let end = self.text.len();
        if end > MAX_BYTES {
            return self.unread(0..end, Why::TooLong);
        }
        if let Some(at) = too_deep(self.text) {
            return self.unread(at..end, Why::TooDeep);
        }
        let Some(parsed) = parse(self.text) else {
            return self.unread(0..end, Why::Syntax("the parser failed".to_owned()));
        };
        let sure_until = self.first_error(&parsed);
        let stmts = parsed.file.body.stmts.as_slice();
        let sure = stmts.partition_point(|stmt| stmt.span.end.offset() <= sure_until);
        self.list(&stmts[..sure], within);
    }

    /// Where the first error lies, which is told; the end of the text if there is none.
    fn first_error(&mut self, parsed: &ParseResult) -> usize {
        let end = self.text.len();
        if parsed.is_ok() {
            return end + 1;
        }
        let first = parsed.diagnostics.iter().min_by_key(|diagnostic| diagnostic.span.start.offset());
        let (at, message) = match first {
            Some(first) => (first.span.start.offset().min(end), first.message.as_str()),
            None => (0, "unknown error"),
        };
        self.unread(at..end, why(message));
        at
    }

    /// Notes the first thing that was not read.
    fn unread(&mut self, range: Range<usize>, why: Why) {
        if self.script.unread.is_none() {
            self.script.unread = Some(Unread { span: self.place.span(range), why });
        }
    }

    fn list(&mut self, stmts: &[ast::Stmt], within: Within) {
        let mut before = within.before;
        for (index, stmt) in stmts.iter().enumerate() {
            let is_last = index + 1 == stmts.len();
            let after = match stmt.terminator {
                Some(ast::StmtTerminator::Background(_)) => Some(ListOp::Background),
                Some(ast::StmtTerminator::Semicolon) => Some(ListOp::Then),
                None if is_last => within.after,
                None => Some(ListOp::Then),
            };
            self.stmt(stmt, Within { before, after, ..within });
            before = Some(after.unwrap_or(ListOp::Then));
        }
    }

    /// A list of its own: what stands around the group says nothing of its first and last command.
    fn body(&mut self, stmts: &ast::StmtSeq, within: Within) {
        self.list(stmts.as_slice(), Within { before: None, after: None, negated: false, ..within });
    }

    fn stmt(&mut self, stmt: &ast::Stmt, mut within: Within) {
        if self.script.commands.len() >= MAX_COMMANDS {
            return self.unread(self.range(stmt.span), Why::TooMany);
        }
        within.negated |= stmt.negated;
        match &stmt.command {
            ast::Command::Simple(simple) => {
                // A command of assignments alone has an empty name.
                let no_name = simple.args.is_empty() && self.range(simple.name.span).is_empty();
                let name = (!no_name).then_some(&simple.name);
                let words: Vec<_> = name.into_iter().chain(&simple.args).collect();
                self.simple(&words, &simple.assignments, &stmt.redirects, within);
            }
            ast::Command::Builtin(builtin) => self.builtin(builtin, &stmt.redirects, within),
            ast::Command::Decl(decl) => self.declaration(decl, &stmt.redirects, within),
            ast::Command::Binary(binary) => match binary.op {
                ast::BinaryOp::And | ast::BinaryOp::Or => self.and_or(stmt, within),
                ast::BinaryOp::Pipe | ast::BinaryOp::PipeAll => self.pipeline(stmt, within),
            },
            ast::Command::Compound(compound) => {
                self.time = None;
                self.compound(compound, within);
                self.group_redirects(&stmt.redirects, within);
            }
            ast::Command::Function(function) => self.function(&function.body, within),
            ast::Command::AnonymousFunction(function) => self.function(&function.body, within),
        }
    }

    /// The options a function sets are set when it is called, which is not known.
    fn function(&mut self, body: &ast::Stmt, within: Within) {
        let options = self.options;
        self.stmt(body, Within { function: true, before: None, after: None, negated: false, ..within });
        self.options = options;
    }

    /// `a && b || c` leans to the left, a thousand deep at worst: walked without recursion.
    fn and_or(&mut self, stmt: &ast::Stmt, within: Within) {
        let (first, links) = spine(stmt, |op| matches!(op, ast::BinaryOp::And | ast::BinaryOp::Or));
        let mut before = within.before;
        let mut stage = first;
        for link in &links {
            let op = if link.op == ast::BinaryOp::And { ListOp::And } else { ListOp::Or };
            self.stmt(stage, Within { before, after: Some(op), ..within });
            before = Some(op);
            stage = &link.right;
        }
        self.stmt(stage, Within { before, ..within });
    }

    fn pipeline(&mut self, stmt: &ast::Stmt, within: Within) {
        let (first, links) = spine(stmt, |op| matches!(op, ast::BinaryOp::Pipe | ast::BinaryOp::PipeAll));
        let index = self.script.pipelines.len();
        let operators = links.iter().map(|link| self.span(link.op_span)).collect();
        let span = self.span(stmt.span);
        let pipefail = self.options.pipefail;
        self.script.pipelines.push(Pipeline { stages: Vec::new(), operators, span, pipefail });
        let stages = std::iter::once(first).chain(links.iter().map(|link| &*link.right));
        for (stage, stmt) in stages.enumerate() {
            let start = self.script.commands.len();
            let options = self.options;
            self.stmt(stmt, Within { pipeline: Some(index), stage, ..within });
            self.options = options;
            let range = start..self.script.commands.len();
            self.script.pipelines[index].stages.push(range);
        }
    }

    fn compound(&mut self, compound: &ast::CompoundCommand, within: Within) {
        let inner = Within { pipeline: None, stage: 0, ..within };
        let condition = Within { condition: true, ..inner };
        let branch = Within { branch: true, condition: false, ..inner };
        use ast::CompoundCommand as C;
        match compound {
            C::If(node) => self.if_clause(node, condition, branch),
            C::For(node) => {
                node.words.iter().flatten().for_each(|word| self.inside(word, within));
                self.body(&node.body, branch);
            }
            C::Repeat(node) => self.body(&node.body, branch),
            C::Foreach(node) => self.body(&node.body, branch),
            C::ArithmeticFor(node) => self.body(&node.body, branch),
            C::While(node) => {
                self.body(&node.condition, condition);
                self.body(&node.body, branch);
            }
            C::Until(node) => {
                self.body(&node.condition, condition);
                self.body(&node.body, branch);
            }
            C::Case(node) => {
                self.inside(&node.word, within);
                node.cases.iter().for_each(|case| self.body(&case.body, branch));
            }
            C::Select(node) => {
                node.words.iter().for_each(|word| self.inside(word, within));
                self.body(&node.body, branch);
            }
            C::Subshell(body) => self.forked(|reader| reader.body(body, Within { subshell: true, ..inner })),
            C::BraceGroup(body) => self.body(body, inner),
            C::Arithmetic(_) => {}
            C::Time(node) => self.time(node, within),
            C::Conditional(node) => self.conditional(node, within),
            C::Coproc(node) => self.stmt(&node.body, Within { subshell: true, ..inner }),
            C::Always(node) => {
                self.body(&node.body, inner);
                self.body(&node.always_body, inner);
            }
        }
    }

    fn if_clause(&mut self, node: &ast::IfCommand, condition: Within, branch: Within) {
        self.body(&node.condition, condition);
        self.body(&node.then_branch, branch);
        for (elif, then) in &node.elif_branches {
            self.body(elif, condition);
            self.body(then, branch);
        }
        node.else_branch.iter().for_each(|body| self.body(body, branch));
    }

    fn time(&mut self, node: &ast::TimeCommand, within: Within) {
        let start = node.span.start.offset();
        self.time = Some(self.keyword(start, "time"));
        node.command.iter().for_each(|stmt| self.stmt(stmt, within));
        self.time = None;
    }

    /// `[[ ... ]]` is a command of that name whose arguments are its words.
    fn conditional(&mut self, node: &ast::ConditionalCommand, within: Within) {
        let mut leaves = Vec::new();
        conditional_words(&node.expression, &mut leaves);
        let name = self.plain_word(self.range(node.left_bracket_span));
        let words = std::iter::once(name).chain(leaves.iter().map(|leaf| self.word(leaf))).collect();
        let index = self.script.commands.len();
        self.command(Parts { words, ..Parts::default() }, Texts::Tree(&[]), within);
        let span = self.span(node.span);
        if let Some(command) = self.script.commands.get_mut(index) {
            command.span = span;
        }
        leaves.iter().for_each(|leaf| self.inside(leaf, within));
    }

    /// Runs `walk` as a subshell: options set in it end with it.
    fn forked(&mut self, walk: impl FnOnce(&mut Self)) {
        let options = self.options;
        walk(self);
        self.options = options;
    }

    fn simple(
        &mut self,
        words: &[&ast::Word],
        assignments: &[ast::Assignment],
        redirects: &[ast::Redirect],
        within: Within,
    ) {
        let parts = Parts {
            words: self.time.take().into_iter().chain(words.iter().map(|word| self.word(word))).collect(),
            assignments: assignments.iter().map(|assignment| self.assignment(assignment)).collect(),
            redirects: self.redirects(redirects),
        };
        self.command(parts, Texts::Tree(words), within);
        assignments.iter().for_each(|assignment| self.inside_assignment(assignment, within));
        words.iter().for_each(|word| self.inside(word, within));
        redirects.iter().for_each(|redirect| self.inside_redirect(redirect, within));
    }

    /// `exit 1`, `return`, `break`, `continue`: the parser gives no word for the name.
    fn builtin(&mut self, builtin: &ast::BuiltinCommand, redirects: &[ast::Redirect], within: Within) {
        let (name, first, rest, assignments, span) = match builtin {
            ast::BuiltinCommand::Break(c) => ("break", &c.depth, &c.extra_args, &c.assignments, c.span),
            ast::BuiltinCommand::Continue(c) => ("continue", &c.depth, &c.extra_args, &c.assignments, c.span),
            ast::BuiltinCommand::Return(c) => ("return", &c.code, &c.extra_args, &c.assignments, c.span),
            ast::BuiltinCommand::Exit(c) => ("exit", &c.code, &c.extra_args, &c.assignments, c.span),
        };
        let from = assignments.last().map_or(span.start.offset(), |last| last.span.end.offset());
        let name = self.keyword(from, name);
        let args: Vec<_> = first.iter().chain(rest).collect();
        let parts = Parts {
            words: self.time.take().into_iter().chain([name]).chain(args.iter().map(|word| self.word(word))).collect(),
            assignments: assignments.iter().map(|assignment| self.assignment(assignment)).collect(),
            redirects: self.redirects(redirects),
        };
        self.command(parts, Texts::Tree(&[]), within);
        assignments.iter().for_each(|assignment| self.inside_assignment(assignment, within));
        args.iter().for_each(|word| self.inside(word, within));
        redirects.iter().for_each(|redirect| self.inside_redirect(redirect, within));
    }

    /// `export A=1`, `local`, `declare`: the operands are words like any other.
    fn declaration(&mut self, decl: &ast::DeclClause, redirects: &[ast::Redirect], within: Within) {
        let name = self.plain_word(self.range(decl.variant_span));
        let time = self.time.take();
        let operand = |operand: &ast::DeclOperand| match operand {
            ast::DeclOperand::Flag(word) | ast::DeclOperand::Dynamic(word) => self.word(word),
            ast::DeclOperand::Name(name) => self.plain_word(self.range(name.span)),
            ast::DeclOperand::Assignment(assignment) => self.assignment_word(assignment),
        };
        let parts = Parts {
            words: time.into_iter().chain([name]).chain(decl.operands.iter().map(operand)).collect(),
            assignments: decl.assignments.iter().map(|assignment| self.assignment(assignment)).collect(),
            redirects: self.redirects(redirects),
        };
        self.command(parts, Texts::Tree(&[]), within);
        decl.assignments.iter().for_each(|assignment| self.inside_assignment(assignment, within));
        for operand in &decl.operands {
            match operand {
                ast::DeclOperand::Flag(word) | ast::DeclOperand::Dynamic(word) => self.inside(word, within),
                ast::DeclOperand::Assignment(assignment) => self.inside_assignment(assignment, within),
                ast::DeclOperand::Name(_) => {}
            }
        }
        redirects.iter().for_each(|redirect| self.inside_redirect(redirect, within));
    }

    /// Puts down one command, seen through its wrappers, and reads the text it gives to a shell.
    fn command(&mut self, parts: Parts, texts: Texts, mut within: Within) {
        within.errexit = self.options.errexit;
        within.pipefail = self.options.pipefail;
        let Some(command) = command::assemble(parts, within) else { return };
        let text_at = command::shell_text(&command);
        self.set_options(&command);
        let skipped = match texts {
            Texts::Tree(words) => words.len().checked_sub(command.args.len()),
            Texts::Json(words) => words.len().checked_sub(command.args.len()),
        };
        let nested_options = command::shell_options(&command);
        self.script.commands.push(command);
        if let (Some(found), Some(skipped)) = (text_at, skipped) {
            self.nested(found, texts, skipped, nested_options, within);
        }
    }

    /// Reads the text of `sh -c` or `eval`, if it is known.
    fn nested(&mut self, found: ShellText, texts: Texts, skipped: usize, options: Options, within: Within) {
        if self.shells >= MAX_SHELLS {
            return;
        }
        let range = found.range.start + skipped..found.range.end + skipped;
        let within = Within {
            shell_c: within.shell_c || !found.eval,
            eval: within.eval || found.eval,
            before: None,
            after: None,
            negated: false,
            pipeline: None,
            stage: 0,
            ..within
        };
        let options = if found.eval { self.options } else { options };
        match texts {
            Texts::Tree(words) => {
                let Some(inner) = words.get(range).and_then(|words| self.unquoted(words)) else { return };
                self.enter(inner.text(), Place::Map(&inner), options, found.eval, within);
            }
            Texts::Json(words) => {
                let Some((text, span)) = words.get(range.start) else { return };
                let mut inner = MappedText::default();
                let quotes = span.len().saturating_sub(text.len());
                let place = if quotes == 0 || quotes == 2 {
                    inner.push(text, span.start as usize + quotes / 2);
                    Place::Map(&inner)
                } else {
                    Place::Whole(*span)
                };
                self.enter(text, place, options, found.eval, within);
            }
        }
    }

    fn enter(&mut self, text: &str, place: Place, options: Options, same_shell: bool, within: Within) {
        let mut inner = Reader::new(text, place, self.script);
        inner.options = options;
        inner.shells = self.shells + 1;
        inner.whole(within);
        let options = inner.options;
        if same_shell {
            self.options = options;
        }
    }

    /// The text that `words`, joined by blanks, hand to a shell. Variables stay as they are; any other expansion makes
    /// the text unknown.
    fn unquoted(&self, words: &[&ast::Word]) -> Option<MappedText> {
        let mut mapped = MappedText::default();
        let mut known = true;
        for (index, word) in words.iter().enumerate() {
            let range = self.range(word.span);
            if index > 0 {
                mapped.push(" ", self.place.span(range.start..range.start).start as usize);
            }
            let expansions = self.expansions(word);
            word::scan(self.text, range, &expansions, |piece, range| {
                let text = &self.text[range.clone()];
                match piece {
                    Piece::Literal(text) => push(&mut mapped, self.place, text, range.start),
                    Piece::Expansion { .. } if word::variable_name(text).is_some() => {
                        push(&mut mapped, self.place, text, range.start);
                    }
                    Piece::Expansion { .. } | Piece::Unknown => known = false,
                }
            });
        }
        known.then_some(mapped)
    }

    fn set_options(&mut self, command: &Command) {
        if command.program() != "set" && !(command.program() == "shopt" && command.has_flag(&["o"])) {
            return;
        }
        let shopt = command.program() == "shopt";
        let on = !shopt || command.has_flag(&["s"]);
        command::apply_options(&mut self.options, &command.args, shopt.then_some(on));
    }

    fn word(&self, node: &ast::Word) -> Word {
        let mut word = self.decoded(self.range(node.span), &self.expansions(node));
        word.has_pattern |= node.has_active_brace_expansion();
        word
    }

    /// A word known to hold no expansion.
    fn plain_word(&self, range: Range<usize>) -> Word {
        self.decoded(range, &[])
    }

    fn decoded(&self, range: Range<usize>, expansions: &[Range<usize>]) -> Word {
        let mut word =
            Word { span: self.place.span(range.clone()), raw: self.text[range.clone()].to_owned(), ..Word::default() };
        let mut run = String::with_capacity(range.len());
        // No word is empty as written: this one's place is not known.
        let mut known = !range.is_empty();
        word.has_expansion = range.is_empty();
        let facts = word::scan(self.text, range, expansions, |piece, range| match piece {
            Piece::Literal(text) => run.push_str(text),
            Piece::Expansion { .. } | Piece::Unknown => {
                if known {
                    word.prefix = Some(run.clone());
                    known = false;
                }
                run.clear();
                let Piece::Expansion { quoted } = piece else { return };
                word.has_expansion = true;
                if let Some(name) = word::variable_name(&self.text[range.clone()]) {
                    let span = self.place.span(range);
                    word.variables.push(Variable { name: name.to_owned(), span, quoted });
                }
            }
        });
        word.quoted = facts.quoted;
        word.has_pattern = facts.has_pattern;
        if known {
            word.text = Some(run);
        } else {
            word.suffix = Some(run);
        }
        word
    }

    /// The word `keyword` at or after `from`.
    fn keyword(&self, from: usize, keyword: &str) -> Word {
        let rest = self.text.get(from..).unwrap_or_default();
        let start = from + rest.find(keyword).unwrap_or_default();
        self.plain_word(start..(start + keyword.len()).min(self.text.len()))
    }

    fn assignment(&self, node: &ast::Assignment) -> Assignment {
        let value = match &node.value {
            ast::AssignmentValue::Scalar(word) => self.word(word),
            ast::AssignmentValue::Compound(array) => {
                Word { text: None, has_expansion: true, ..self.plain_word(self.range(array.span)) }
            }
        };
        Assignment { name: node.target.name.to_string(), value, span: self.span(node.span) }
    }

    /// `A=b` as one word.
    fn assignment_word(&self, node: &ast::Assignment) -> Word {
        let range = self.range(node.span);
        match &node.value {
            ast::AssignmentValue::Scalar(word) => self.decoded(range, &self.expansions(word)),
            ast::AssignmentValue::Compound(_) => Word { text: None, has_expansion: true, ..self.plain_word(range) },
        }
    }

    /// The redirections of a command. The parser makes two of `&>> file`: its second has no text of its own.
    fn redirects(&self, nodes: &[ast::Redirect]) -> Vec<Redirect> {
        nodes.iter().filter_map(|node| self.redirect(node)).collect()
    }

    fn redirect(&self, node: &ast::Redirect) -> Option<Redirect> {
        let range = self.range(node.span);
        let written = &self.text[range.clone()];
        let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or_default();
        let op = operator(node.kind, written);
        let (target, heredoc) = match &node.target {
            ast::RedirectTarget::Word(word) if self.range(word.span).is_empty() => {
                // Of `2>&1` the parser keeps no place for the `1`.
                let at = written.find(op).filter(|_| op.ends_with('&'))?;
                (self.plain_word(range.start + at + op.len()..range.end), None)
            }
            ast::RedirectTarget::Word(word) => (self.word(word), None),
            ast::RedirectTarget::Heredoc(heredoc) => {
                (self.word(&heredoc.delimiter.raw), Some(self.span(heredoc.body.span)))
            }
        };
        Some(Redirect { op, fd: written[..digits].parse().ok(), target, heredoc, span: self.place.span(range) })
    }

    fn group_redirects(&mut self, redirects: &[ast::Redirect], within: Within) {
        let found = self.redirects(redirects);
        self.script.group_redirects.extend(found);
        redirects.iter().for_each(|redirect| self.inside_redirect(redirect, within));
    }

    /// The bytes of a node. A span that does not fit the text gives nothing.
    fn range(&self, span: ast::Span) -> Range<usize> {
        let (start, end) = (span.start.offset(), span.end.offset());
        if self.text.get(start..end).is_some() { start..end } else { 0..0 }
    }

    fn span(&self, span: ast::Span) -> Span {
        self.place.span(self.range(span))
    }

    /// Where the expansions of a word lie, ascending.
    fn expansions(&self, word: &ast::Word) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.collect_expansions(&word.parts, &mut found);
        found
    }

    fn collect_expansions(&self, parts: &[ast::WordPartNode], found: &mut Vec<Range<usize>>) {
        for part in parts {
            match &part.kind {
                ast::WordPart::Literal(_) | ast::WordPart::SingleQuoted { .. } | ast::WordPart::ZshQualifiedGlob(_) => {
                }
                ast::WordPart::DoubleQuoted { parts, .. } => self.collect_expansions(parts, found),
                _ => found.push(self.range(part.span)),
            }
        }
    }
}

/// What stands inside of words: command and process substitutions.
impl Reader<'_, '_> {
    fn inside(&mut self, word: &ast::Word, within: Within) {
        self.inside_parts(&word.parts, within);
    }

    fn inside_parts(&mut self, parts: &[ast::WordPartNode], within: Within) {
        for part in parts {
            match &part.kind {
                ast::WordPart::DoubleQuoted { parts, .. } => self.inside_parts(parts, within),
                ast::WordPart::CommandSubstitution { body, syntax } => {
                    self.substitution(body, *syntax, part.span, within);
                }
                ast::WordPart::ProcessSubstitution { body, .. } => self.substituted(body, within),
                ast::WordPart::ArithmeticExpansion { expression_word_ast, .. } => {
                    self.inside(expression_word_ast, within);
                }
                ast::WordPart::ParameterExpansion { operand_word_ast, .. }
                | ast::WordPart::IndirectExpansion { operand_word_ast, .. } => {
                    operand_word_ast.iter().for_each(|word| self.inside(word, within));
                }
                ast::WordPart::Parameter(parameter) => {
                    let word = parameter.bourne().and_then(ast::BourneParameterExpansion::operand_word_ast);
                    word.into_iter().for_each(|word| self.inside(word, within));
                }
                _ => {}
            }
        }
    }

    fn inside_assignment(&mut self, assignment: &ast::Assignment, within: Within) {
        match &assignment.value {
            ast::AssignmentValue::Scalar(word) => self.inside(word, within),
            ast::AssignmentValue::Compound(array) => {
                array.elements.iter().for_each(|element| self.inside(element.value(), within));
            }
        }
    }

    fn inside_redirect(&mut self, redirect: &ast::Redirect, within: Within) {
        match &redirect.target {
            ast::RedirectTarget::Word(word) => self.inside(word, within),
            ast::RedirectTarget::Heredoc(heredoc) => {
                for part in &heredoc.body.parts {
                    if let ast::HeredocBodyPart::CommandSubstitution { body, syntax } = &part.kind {
                        self.substitution(body, *syntax, part.span, within);
                    }
                }
            }
        }
    }

    /// Backslashes in backticks shift the parser's offsets: such text is decoded and parsed anew.
    fn substitution(
        &mut self,
        body: &ast::StmtSeq,
        syntax: ast::CommandSubstitutionSyntax,
        span: ast::Span,
        within: Within,
    ) {
        let range = self.range(span);
        let written = &self.text[range.clone()];
        if syntax == ast::CommandSubstitutionSyntax::DollarParen || !written.contains('\\') {
            return self.substituted(body, within);
        }
        let closed = written.len() > 1 && written.starts_with('`') && written.ends_with('`');
        if self.shells >= MAX_SHELLS || !closed {
            return;
        }
        let inner = self.backticks(range.start + 1..range.end - 1);
        let options = self.options;
        self.enter(inner.text(), Place::Map(&inner), options, false, substitution_of(within));
    }

    fn backticks(&self, range: Range<usize>) -> MappedText {
        let mut mapped = MappedText::default();
        let mut at = range.start;
        while let Some(c) = self.text[at..range.end].chars().next() {
            let next = self.text[at + c.len_utf8()..range.end].chars().next();
            if c == '\\' && matches!(next, Some('\\' | '`' | '$')) {
                at += 1;
            }
            let end = at + self.text[at..].chars().next().map_or(1, char::len_utf8);
            push(&mut mapped, self.place, &self.text[at..end], at);
            at = end;
        }
        mapped
    }

    fn substituted(&mut self, body: &ast::StmtSeq, within: Within) {
        self.forked(|reader| reader.list(body.as_slice(), substitution_of(within)));
    }
}

fn substitution_of(within: Within) -> Within {
    Within {
        substitution: true,
        condition: false,
        negated: false,
        pipeline: None,
        stage: 0,
        before: None,
        after: None,
        ..within
    }
}

/// The parser's limits have only their messages to be known by.
fn why(message: &str) -> Why {
    if message.contains("too deep") {
        Why::TooDeep
    } else if message.contains("fuel exhausted") || message.contains("chained operators") {
        Why::TooMany
    } else {
        Why::Syntax(message.to_owned())
    }
}

/// Parses with the grammar of bash. A panic of the parser is an error like any other.
fn parse(text: &str) -> Option<ParseResult> {
    let fuel = text.len().max(10_000);
    catch_unwind(AssertUnwindSafe(|| {
        let profile = ShellProfile::native(ShellDialect::Bash);
        Parser::with_limits_and_profile(text, MAX_NESTING, fuel, profile).parse()
    }))
    .ok()
}

/// Where text nests deeper than a parse may go: by brackets, or by keywords before one command.
fn too_deep(text: &str) -> Option<usize> {
    brackets_too_deep(text).or_else(|| keywords_too_deep(text))
}

/// `time time time ...` nests without the parser's counting it.
fn keywords_too_deep(text: &str) -> Option<usize> {
    let mut run = 0;
    text.split_ascii_whitespace().find_map(|word| {
        run = if matches!(word, "time" | "-p" | "coproc" | "!" | "--") { run + 1 } else { 0 };
        (run > MAX_NESTING).then(|| word.as_ptr() as usize - text.as_ptr() as usize)
    })
}

/// Where brackets nest deeper than any parse may go, quotes not looked at: kept far from the limit itself, as text in
/// quotes may hold brackets that nobody closes.
fn brackets_too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().enumerate().find_map(|(at, byte)| {
        match byte {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (depth > 4 * MAX_NESTING).then_some(at)
    })
}

fn operator(kind: ast::RedirectKind, written: &str) -> &'static str {
    use ast::RedirectKind as K;
    match kind {
        K::Append if written.starts_with("&>>") => "&>>",
        K::Output => ">",
        K::Clobber => ">|",
        K::Append => ">>",
        K::Input => "<",
        K::ReadWrite => "<>",
        K::HereDoc => "<<",
        K::HereDocStrip => "<<-",
        K::HereString => "<<<",
        K::DupOutput => ">&",
        K::DupInput => "<&",
        K::OutputBoth => "&>",
    }
}

/// The first operand of a chain that leans to the left, and its links in order.
fn spine(stmt: &ast::Stmt, belongs: impl Fn(ast::BinaryOp) -> bool) -> (&ast::Stmt, Vec<&ast::BinaryCommand>) {
    let mut links = Vec::new();
    let mut first = stmt;
    while let ast::Command::Binary(binary) = &first.command
        && belongs(binary.op)
    {
        links.push(binary);
        first = &binary.left;
    }
    links.reverse();
    (first, links)
}

fn conditional_words<'t>(expr: &'t ast::ConditionalExpr, found: &mut Vec<&'t ast::Word>) {
    match expr {
        ast::ConditionalExpr::Binary(binary) => {
            conditional_words(&binary.left, found);
            conditional_words(&binary.right, found);
        }
        ast::ConditionalExpr::Unary(unary) => conditional_words(&unary.expr, found),
        ast::ConditionalExpr::Parenthesized(inner) => conditional_words(&inner.expr, found),
        ast::ConditionalExpr::Word(word) | ast::ConditionalExpr::Regex(word) => found.push(word),
        ast::ConditionalExpr::Pattern(_) | ast::ConditionalExpr::VarRef(_) => {}
    }
}
