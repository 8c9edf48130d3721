//! The driver, and one instruction: keyword, flags, and what each keyword makes of the rest.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::expand::{Fault, Lexer, Word};
use super::heredoc::{self, Announced, Ending, Endings};
use super::lines::{self, Joined, Logical, MAX_LINE, Physical, is_blank};
use super::words::{self, Json};
use super::{
    Args, Command, Comment, Directive, Dockerfile, Form, Heredoc, Instruction, Keyword, Pair, Piece, PieceKind,
    directives,
};
use crate::source::{Span, SyntaxError};

/// Reads a whole file.
pub(super) fn parse(text: Arc<str>) -> Dockerfile {
    let mut reader = Reader::new(&text);
    reader.read();
    let Reader { directives, escape, instructions, comments, errors, pieces, .. } = reader;
    let mut file = Dockerfile {
        text: Arc::clone(&text),
        directives,
        escape: escape as char,
        instructions,
        comments,
        stages: Vec::new(),
        edges: Vec::new(),
        errors,
        pieces,
        definitions: Default::default(),
        stage_definitions: OnceLock::new(),
        names: Default::default(),
    };
    file.define_globals();
    file.link();
    file
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    escape: u8,
    directives: Vec<Directive>,
    instructions: Vec<Instruction>,
    comments: Vec<Comment>,
    /// Where the comments since the last instruction begin.
    comments_from: usize,
    errors: Vec<SyntaxError>,
    pieces: Vec<Piece>,
    endings: Endings<'a>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            escape: b'\\',
            directives: Vec::new(),
            instructions: Vec::with_capacity((text.len() / 40).min(1024)),
            comments: Vec::new(),
            comments_from: 0,
            errors: Vec::new(),
            pieces: Vec::new(),
            endings: Endings::default(),
        }
    }

    fn read(&mut self) {
        if self.text.starts_with('\u{feff}') {
            self.piece(PieceKind::ByteOrderMark, '\u{feff}'.len_utf8());
        }
        self.head();
        while self.at < self.text.len() {
            let line = Physical::at(self.text, self.at);
            let bare = line.content(self.text).trim_start();
            if bare.is_empty() {
                self.piece(PieceKind::Blank, line.next);
            } else if bare.starts_with('#') {
                self.comment(line);
            } else {
                self.instruction();
            }
        }
    }

    /// Takes everything up to `end` as a piece; blank lines that follow each other are one.
    fn piece(&mut self, kind: PieceKind, end: usize) {
        match self.pieces.last_mut() {
            Some(last) if kind == PieceKind::Blank && last.kind == kind => last.span.end = end as u32,
            _ => self.pieces.push(Piece { kind, span: Span::new(self.at, end) }),
        }
        self.at = end;
    }

    fn comment(&mut self, line: Physical) {
        self.too_long(line);
        let start = line.end - line.content(self.text).trim_start().len();
        self.piece(PieceKind::Comment(self.comments.len()), line.next);
        self.comments.push(Comment { span: Span::new(start, line.end), inside: None });
    }

    /// Reads the directives.
    fn head(&mut self) {
        let first = Physical::at(self.text, self.at);
        let shebang = first.content(self.text).starts_with("#!");
        if shebang {
            self.comment(first);
        }
        while self.at < self.text.len() {
            let line = Physical::at(self.text, self.at);
            let Some(directive) = directives::read(self.text, line) else { return };
            let fault = directives::check(self.text, &directive, &self.directives);
            if fault.is_none() && !shebang && directive.name == "escape" {
                self.escape = directives::escape(&directive).unwrap_or(self.escape);
            }
            self.errors.extend(fault);
            self.piece(PieceKind::Directive(self.directives.len()), line.next);
            self.directives.push(directive);
        }
    }

    /// Notes a line that BuildKit does not read for its length.
    fn too_long(&mut self, line: Physical) -> bool {
        if !line.is_too_long() {
            return false;
        }
        let mut end = line.start + 80;
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.errors.push(SyntaxError {
            span: Span::new(line.start, end),
            message: format!("the line is longer than {MAX_LINE} bytes, which is more than BuildKit reads"),
            help: Some("break it with continuations, or move what it holds into a file".to_owned()),
        });
        true
    }

    fn instruction(&mut self) {
        let index = self.instructions.len();
        let logical = lines::logical(self.text, self.at, self.escape);
        let comments_above = self.comments_from..self.comments.len();
        let inside = logical.comments.iter().map(|span| Comment { span: *span, inside: Some(index) });
        self.comments.extend(inside);
        self.comments_from = self.comments.len();

        let mut parser = Parser { source: &logical.joined, escape: self.escape, faults: Vec::new() };
        let all = 0..logical.joined.text().len();
        let mut instruction = parser.instruction(all, false);
        let mut faults = parser.faults;
        let announced = parser_heredocs(&logical.joined, &instruction);
        let too_long = logical.too_long.is_some_and(|line| self.too_long(line));
        let Logical { joined, mut next, mut span, empty, .. } = logical;
        let heredocs = self.heredocs(&joined, announced, &mut next, &mut span, &mut faults);

        let (has_error, text) = (too_long || !faults.is_empty(), self.text);
        if !too_long {
            // One error for an instruction: the first fault that was met.
            self.errors.extend(faults.into_iter().next().map(|fault| fault.in_source(&joined, text)));
        }
        instruction.take_heredocs(heredocs);
        instruction.span = span;
        instruction.has_error = has_error;
        instruction.comments_above = comments_above;
        instruction.empty_continuation_lines = empty;
        if let Some(inner) = &mut instruction.onbuild {
            inner.span.end = span.end;
            inner.has_error = has_error;
        }
        self.piece(PieceKind::Instruction(index), next);
        self.instructions.push(instruction);
    }

    /// Reads the bodies that follow; moves `next` and the end of `span` behind them.
    fn heredocs(
        &mut self,
        joined: &Joined<'a>,
        announced: Vec<Announced>,
        next: &mut usize,
        span: &mut Span,
        faults: &mut Vec<Fault>,
    ) -> Vec<Heredoc> {
        let mut heredocs = Vec::with_capacity(announced.len());
        for word in announced {
            let start = *next;
            let (body_end, terminator) = match self.endings.find(self.text, start, &word.name, word.strip_tabs) {
                Ending::Line(line) => (line.start, Some(line)),
                Ending::Nearly(line) => {
                    let help = format!("write `{}` alone on its line, with nothing before or after it", word.name);
                    faults.insert(0, unterminated(&word).help(help));
                    (line.start, Some(line))
                }
                Ending::None => {
                    let help = format!("end the body with a line that holds only `{}`", word.name);
                    faults.insert(0, unterminated(&word).help(help));
                    (self.next_keyword(start), None)
                }
            };
            *next = terminator.map_or(body_end, |line| line.next);
            let end = terminator.map_or(body_end, |line| line.end);
            let name_start = end - terminator.map_or(0, |line| line.content(self.text).trim_start().len());
            span.end = span.end.max(self.text[..end].trim_end().len() as u32);
            heredocs.push(Heredoc {
                word_span: joined.span(word.word),
                delimiter: word.name_span,
                quoted: word.quoted,
                strip_tabs: word.strip_tabs,
                fd: word.fd,
                body_span: Span::new(start, body_end),
                terminator_span: Span::new(name_start, end),
                name: word.name,
            });
            if terminator.is_none() {
                break;
            }
        }
        heredocs
    }

    /// Where reading resumes after a heredoc that never ends: the next line that begins with a keyword in capitals.
    fn next_keyword(&self, from: usize) -> usize {
        let mut at = from;
        while at < self.text.len() {
            let line = Physical::at(self.text, at);
            let word = line.content(self.text).split(|c: char| c.is_whitespace()).next().unwrap_or_default();
            if Keyword::ALL.iter().any(|keyword| keyword.as_str() == word) {
                return at;
            }
            at = line.next;
        }
        self.text.len()
    }
}

fn unterminated(word: &Announced) -> Fault {
    Fault::new(word.word.clone(), format!("the heredoc `{}` never ends", word.name))
}

/// The heredocs that an instruction may have.
fn parser_heredocs(joined: &Joined<'_>, instruction: &Instruction) -> Vec<Announced> {
    let inner = instruction.effective();
    let json = matches!(&inner.args, Args::Command(Command::Json(_)) | Args::Copy { form: Form::Json, .. });
    if inner.keyword.takes_heredocs() && !json { heredoc::announced(joined) } else { Vec::new() }
}

impl Instruction {
    /// Gives the heredocs to the instruction they belong to, and takes their words out of what `COPY` copies.
    fn take_heredocs(&mut self, heredocs: Vec<Heredoc>) {
        if let Some(inner) = &mut self.onbuild {
            return inner.take_heredocs(heredocs);
        }
        if let Args::Copy { sources, .. } = &mut self.args {
            // Both are in file order: one pass over the two, whatever their number.
            let mut rest = heredocs.as_slice();
            sources.retain(|word| {
                while rest.first().is_some_and(|heredoc| heredoc.word_span.end <= word.span.start) {
                    rest = &rest[1..];
                }
                !rest.first().is_some_and(|heredoc| heredoc.word_span.contains(word.span))
            });
        }
        self.heredocs = heredocs;
    }
}

/// Reads one instruction out of its joined text.
struct Parser<'j, 'a> {
    source: &'j Joined<'a>,
    escape: u8,
    /// What is wrong, in the order met.
    faults: Vec<Fault>,
}

impl<'j, 'a> Parser<'j, 'a> {
    fn joined(&self) -> &'j str {
        self.source.text()
    }

    fn fault(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn instruction(&mut self, range: Range<usize>, inner: bool) -> Instruction {
        let text = self.joined();
        let range = words::trim(text, range);
        let keyword_end = text[range.clone()].bytes().position(is_blank).map_or(range.end, |at| range.start + at);
        let word = &text[range.start..keyword_end];
        let keyword = Keyword::from_text(word);
        let (flags, rest) = words::flags(self.source, keyword_end..range.end, self.escape, &mut self.faults);
        let body = words::trim(text, rest..range.end);
        let mut instruction = Instruction {
            keyword,
            keyword_span: self.source.span(range.start..keyword_end),
            keyword_text: word.to_owned(),
            span: self.source.span(range.clone()),
            flags,
            body_span: self.source.span(body.clone()),
            args: Args::Unreadable,
            heredocs: Vec::new(),
            stage: None,
            onbuild: None,
            comments_above: 0..0,
            empty_continuation_lines: Vec::new(),
            has_error: false,
        };
        let key = range.start..keyword_end;
        match keyword {
            Keyword::Onbuild if inner => instruction.args = Args::Onbuild,
            Keyword::Onbuild if !body.is_empty() => {
                instruction.args = Args::Onbuild;
                instruction.onbuild = Some(Box::new(self.instruction(body, true)));
            }
            _ => instruction.args = self.args(keyword, key, body).unwrap_or(Args::Unreadable),
        }
        instruction
    }

    /// Reads what follows the flags; `None` when it cannot be told what it is, the fault being noted.
    fn args(&mut self, keyword: Keyword, key: Range<usize>, body: Range<usize>) -> Option<Args> {
        let name = keyword.as_str();
        match keyword {
            Keyword::Unknown => return self.unknown(key),
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint => {}
            Keyword::Copy | Keyword::Add if body.is_empty() => {
                self.fault(Fault::new(key, format!("{name} needs a source and a destination")));
                return None;
            }
            _ if body.is_empty() => {
                let what = match keyword {
                    Keyword::From => "an image",
                    Keyword::Healthcheck => "`CMD` and a command, or `NONE`",
                    Keyword::Shell => "a JSON array such as `[\"/bin/bash\", \"-c\"]`",
                    Keyword::Onbuild => "an instruction",
                    _ => "an argument",
                };
                self.fault(Fault::new(key, format!("{name} needs {what}")));
                return None;
            }
            _ => {}
        }
        match keyword {
            Keyword::From => Some(self.from(body)),
            Keyword::Run | Keyword::Cmd | Keyword::Entrypoint => self.command(body).map(Args::Command),
            Keyword::Shell => self.shell(body),
            Keyword::Healthcheck => self.healthcheck(body),
            Keyword::Env | Keyword::Label => self.pairs(keyword, body),
            Keyword::Arg => Some(self.arg(body)),
            Keyword::Copy | Keyword::Add => self.copy(name, body),
            Keyword::Volume => self.volume(body),
            Keyword::Expose => {
                let words = words::split_blanks(self.joined(), body).into_iter().map(|word| self.word(word)).collect();
                Some(Args::Words { form: Form::Shell, words })
            }
            Keyword::Maintainer => Some(Args::Words { form: Form::Shell, words: vec![Word::plain(self.source, body)] }),
            _ => Some(Args::Words { form: Form::Shell, words: vec![self.word(body)] }),
        }
    }

    /// Reads a word in which quotes, escapes and variables mean something.
    fn word(&mut self, range: Range<usize>) -> Word {
        Lexer::word(self.source, range.clone(), self.escape).unwrap_or_else(|fault| {
            self.fault(fault);
            Word::plain(self.source, range)
        })
    }

    fn unknown(&mut self, key: Range<usize>) -> Option<Args> {
        let word = &self.joined()[key.clone()];
        let shown: String = word.chars().take(40).collect();
        let fault = Fault::new(key.clone(), format!("`{shown}` is not an instruction"));
        let fault = match did_you_mean(word) {
            _ if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains(&word) => {
                Fault::new(key, "a merge conflict was left in the file").help("keep one side and remove the markers")
            }
            _ if word.contains('\u{a0}') => fault.help("it holds a no-break space; write a blank"),
            Some(keyword) => fault.help(format!("did you mean `{keyword}`?")),
            None => {
                let escape = self.escape as char;
                fault.help(format!("if it goes on from the line above, that line must end with `{escape}`"))
            }
        };
        self.fault(fault);
        None
    }

    fn from(&mut self, body: Range<usize>) -> Args {
        let text = self.joined();
        let words = words::split_blanks(text, body.clone());
        let is_as = |range: &Range<usize>| text[range.clone()].eq_ignore_ascii_case("as");
        let image = self.word(words[0].clone());
        let (mut as_span, mut alias) = (None, None);
        match words.as_slice() {
            [_] => {}
            [_, r#as, name] if is_as(r#as) => {
                as_span = Some(self.source.span(r#as.clone()));
                alias = Some(Word::plain(self.source, name.clone()));
                if !is_stage_name(&text[name.clone()]) {
                    let message = format!("`{}` cannot be the name of a stage", &text[name.clone()]);
                    let help = "begin with a letter; go on with letters, digits, `-`, `_` and `.`";
                    self.fault(Fault::new(name.clone(), message).help(help));
                }
            }
            [_, r#as] if is_as(r#as) => {
                self.fault(Fault::new(r#as.clone(), "the name of the stage is missing after `AS`"));
            }
            [_, extra, ..] => {
                let fault = Fault::new(extra.start..body.end, "FROM takes one image, and `AS name` after it");
                let comment = text[extra.clone()].starts_with('#');
                let help = if comment { "put the comment on its own line" } else { "remove what follows the image" };
                self.fault(fault.help(help));
            }
            [] => {}
        }
        Args::From { image, as_span, alias }
    }

    /// Reads a JSON array of strings; `Err` when it is JSON of another kind.
    fn json(&mut self, body: &Range<usize>, expanded: bool) -> Result<Option<Vec<Word>>, ()> {
        let strings = match words::json(self.source, body.clone()) {
            Json::No => return Ok(None),
            Json::NotStrings(range) => {
                let fault = Fault::new(range, "each element of the JSON array must be a string");
                self.fault(fault.help("put it in double quotes"));
                return Err(());
            }
            Json::Strings(strings) => strings,
        };
        let read = |(string, range): (Joined<'a>, Range<usize>)| {
            let (all, span) = (0..string.text().len(), self.source.span(range.clone()));
            let plain = || Word::plain(&string, all.clone());
            let word = if !expanded {
                plain()
            } else {
                Lexer::word(&string, all.clone(), self.escape).unwrap_or_else(|fault| {
                    self.faults.push(Fault { range, ..fault });
                    plain()
                })
            };
            Word { span, ..word }
        };
        Ok(Some(strings.into_iter().map(read).collect()))
    }

    fn command(&mut self, body: Range<usize>) -> Option<Command> {
        match self.json(&body, false) {
            Err(()) => None,
            Ok(Some(words)) => Some(Command::Json(words)),
            Ok(None) => Some(Command::Shell(self.source.mapped(body))),
        }
    }

    fn shell(&mut self, body: Range<usize>) -> Option<Args> {
        match self.json(&body, false) {
            Err(()) => None,
            Ok(Some(words)) if !words.is_empty() => Some(Args::Command(Command::Json(words))),
            Ok(_) => {
                let fault = Fault::new(body, "SHELL needs a JSON array of strings, with one at least");
                self.fault(fault.help("write it like `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]`"));
                None
            }
        }
    }

    fn healthcheck(&mut self, body: Range<usize>) -> Option<Args> {
        let text = self.joined();
        let slice = &text[body.clone()];
        let end = body.start + slice.find(char::is_whitespace).unwrap_or(slice.len());
        let rest = words::trim(text, end..body.end);
        let kind = body.start..end;
        match text[kind.clone()].to_ascii_uppercase().as_str() {
            "NONE" if rest.is_empty() => Some(Args::None { span: self.source.span(kind) }),
            "NONE" => {
                self.fault(Fault::new(rest, "HEALTHCHECK NONE takes nothing after it"));
                Some(Args::None { span: self.source.span(kind) })
            }
            "CMD" if rest.is_empty() => {
                self.fault(Fault::new(kind, "the command is missing after HEALTHCHECK CMD"));
                None
            }
            "CMD" => match self.command(rest.clone())? {
                Command::Json(words) if words.is_empty() => {
                    self.fault(Fault::new(rest, "the command after HEALTHCHECK CMD is empty"));
                    None
                }
                command => Some(Args::Command(command)),
            },
            _ => {
                let fault = Fault::new(kind, "HEALTHCHECK needs `CMD` before its command, or `NONE`");
                self.fault(fault.help("write `HEALTHCHECK CMD command`"));
                None
            }
        }
    }

    fn pairs(&mut self, keyword: Keyword, body: Range<usize>) -> Option<Args> {
        let (name, text) = (keyword.as_str(), self.joined());
        let words = words::split_quoted(text, body.clone(), self.escape);
        let first = words.first()?.clone();
        if !text[first].contains('=') {
            let key_end = text[body.clone()].bytes().position(is_blank).map_or(body.end, |at| body.start + at);
            if key_end == body.end {
                let fault = Fault::new(body, format!("{name} gives no value"));
                self.fault(fault.help(format!("write `{name} name=value`")));
                return None;
            }
            let value = words::trim(text, key_end..body.end);
            let key = self.word(body.start..key_end);
            let (value, span) = (Some(self.word(value)), self.source.span(body));
            return Some(Args::Pairs(vec![Pair { key, value, legacy: true, span }]));
        }
        Some(Args::Pairs(words.into_iter().filter_map(|word| self.pair(name, word)).collect()))
    }

    /// Reads `key=value`.
    fn pair(&mut self, name: &str, word: Range<usize>) -> Option<Pair> {
        let text = self.joined();
        let span = self.source.span(word.clone());
        let Some(equals) = text[word.clone()].find('=').map(|at| word.start + at) else {
            let shown: String = text[word.clone()].chars().take(40).collect();
            let fault = Fault::new(word, format!("`{shown}` has no `=`: {name} takes `name=value` words"));
            self.fault(fault.help("quote a value that holds blanks"));
            return None;
        };
        if equals == word.start {
            self.fault(Fault::new(word, "the name before `=` is missing"));
            return None;
        }
        let key = self.word(word.start..equals);
        let value = Some(self.word(equals + 1..word.end));
        Some(Pair { key, value, legacy: false, span })
    }

    fn arg(&mut self, body: Range<usize>) -> Args {
        let words = words::split_quoted(self.joined(), body, self.escape);
        let read = |word: Range<usize>| {
            if self.joined()[word.clone()].contains('=') {
                return self.pair("ARG", word);
            }
            let span = self.source.span(word.clone());
            Some(Pair { key: self.word(word), value: None, legacy: false, span })
        };
        Args::Pairs(words.into_iter().filter_map(read).collect())
    }

    fn copy(&mut self, name: &str, body: Range<usize>) -> Option<Args> {
        let (form, mut words) = match self.json(&body, true) {
            Err(()) => return None,
            Ok(Some(words)) => (Form::Json, words),
            Ok(None) => {
                let ranges = words::split_blanks(self.joined(), body.clone());
                if let Some(last) = ranges.last().filter(|_| ranges.len() > 1) {
                    self.heredoc_destination(name, last.clone());
                }
                (Form::Shell, ranges.into_iter().map(|word| self.copied(word)).collect())
            }
        };
        let dest = words.pop();
        match dest {
            Some(dest) if !words.is_empty() => Some(Args::Copy { form, sources: words, dest }),
            _ => {
                let fault = Fault::new(body, format!("{name} has no destination"));
                self.fault(fault.help(format!("write `{name} source destination`")));
                None
            }
        }
    }

    /// A word of `COPY`; the name of a heredoc is read by its own rules.
    fn copied(&mut self, word: Range<usize>) -> Word {
        match heredoc::announcement(self.source, word.clone()) {
            Some(_) => Word::plain(self.source, word),
            None => self.word(word),
        }
    }

    fn heredoc_destination(&mut self, name: &str, last: Range<usize>) {
        if heredoc::announcement(self.source, last.clone()).is_some() {
            self.fault(Fault::new(last, format!("a heredoc cannot be the destination of {name}")));
        }
    }

    fn volume(&mut self, body: Range<usize>) -> Option<Args> {
        let (form, words) = match self.json(&body, true) {
            Err(()) => return None,
            Ok(Some(words)) => (Form::Json, words),
            Ok(None) => {
                let ranges = words::split_blanks(self.joined(), body.clone());
                (Form::Shell, ranges.into_iter().map(|word| self.word(word)).collect())
            }
        };
        if words.is_empty() || words.iter().any(|word| word.value.trim().is_empty()) {
            self.fault(Fault::new(body, "the path of a VOLUME cannot be empty"));
        }
        Some(Args::Words { form, words })
    }
}

/// BuildKit folds names to lower case before it looks at them.
fn is_stage_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The keyword that a misspelt one is near to.
fn did_you_mean(word: &str) -> Option<&'static str> {
    if word.len() < 2 || word.len() > 16 {
        return None;
    }
    let upper = word.trim_end_matches(':').to_ascii_uppercase();
    let near = Keyword::ALL.iter().map(|keyword| (strsim::damerau_levenshtein(&upper, keyword.as_str()), keyword));
    let (distance, keyword) = near.min_by_key(|(distance, _)| *distance)?;
    (distance <= if upper.len() > 4 { 2 } else { 1 }).then(|| keyword.as_str())
}
