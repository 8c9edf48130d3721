//! CEL expressions: compiled once, checked against the variables there are, evaluated within bounds.
//!
//! A policy file may come with a pull request, so an expression must not be able to hang or end the run: its length and
//! depth are limited when it is compiled, and it is rewritten so that every loop counts its rounds and every addition
//! its size. What goes over a limit, like every other error, ends in an [`Outcome`] that is neither true nor false.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use cel::common::ast::{CallExpr, EntryExpr, Expr, IdedExpr, operators};
use cel::common::types::{CelBool, CelDouble, CelInt, CelList, CelMap, CelString, DYN_TYPE};
use cel::common::value::{CowVal, Val};
use cel::{Context, DeclarationError, Env, ExecutionError, Value, extensions};

use crate::kubernetes::Quantity;
use crate::select::nearest;

/// Longest expression, in bytes.
pub const MAX_LENGTH: usize = 4096;
/// Deepest nesting of an expression.
pub const MAX_DEPTH: usize = 48;
/// Most rounds that all loops of one evaluation take together.
pub const MAX_ROUNDS: u64 = 100_000;
/// Longest text or list that an evaluation may make, in bytes or items.
pub const MAX_SIZE: usize = 64 * 1024;

/// Calls that the rewriting puts in; no expression can be written with such a name.
const COUNT_ROUNDS: &str = "@rounds";
const CHECK_SIZE: &str = "@size";
const REPLACE: &str = "@replace";
const JOIN: &str = "@join";

/// The functions an expression may call, macros and operators aside.
const FUNCTIONS: &[&str] = &[
    "base64.decode",
    "base64.encode",
    "bool",
    "bytes",
    "charAt",
    "contains",
    "distinct",
    "double",
    "dyn",
    "endsWith",
    "first",
    "flatten",
    "format",
    "hasValue",
    "indexOf",
    "int",
    "join",
    "last",
    "lastIndexOf",
    "lists.range",
    "lowerAscii",
    "matches",
    "math.abs",
    "math.ceil",
    "math.floor",
    "math.greatest",
    "math.least",
    "math.round",
    "math.sign",
    "math.trunc",
    "optional.none",
    "optional.of",
    "optional.ofNonZeroValue",
    "or",
    "orValue",
    "quantity",
    "replace",
    "reverse",
    "size",
    "slice",
    "sort",
    "split",
    "startsWith",
    "string",
    "strings.quote",
    "substring",
    "trim",
    "type",
    "uint",
    "upperAscii",
    "value",
];

/// Macros, for "did you mean" only: a call of one that is left in the tree has the wrong number of arguments.
const MACROS: &[&str] = &["all", "exists", "existsOne", "exists_one", "filter", "has", "map"];

/// Names of types, which stand for themselves.
const TYPES: &[&str] =
    &["bool", "bytes", "double", "dyn", "int", "list", "map", "null_type", "optional_type", "string", "type", "uint"];

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes of the expression at fault.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A compiled expression.
#[derive(Debug)]
pub struct Expression {
    /// The expression, with its bounds built in.
    tree: IdedExpr,
    /// The variables of the model that it reads.
    reads: BTreeSet<String>,
}

/// Why an evaluation gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed(
    /// The reason, in a few words that stay the same.
    pub &'static str,
);

thread_local! {
    /// What is left of [`MAX_ROUNDS`] in the evaluation that this thread is at.
    static ROUNDS_LEFT: Cell<u64> = const { Cell::new(MAX_ROUNDS) };
}

/// The environment: the standard library, strings, lists, math, quantities, and the bounds.
static ENVIRONMENT: LazyLock<Arc<Env>> = LazyLock::new(|| {
    let mut environment = Env::stdlib();
    if let Err(error) = extend(&mut environment) {
        // Two functions of one name: a mistake of this file, met by every test of it.
        unreachable!("{error}");
    }
    Arc::new(environment)
});

fn extend(environment: &mut Env) -> Result<(), DeclarationError> {
    environment.add_extension(extensions::strings)?;
    environment.add_extension(extensions::lists)?;
    environment.add_extension(extensions::math)?;
    environment.add_overload("quantity", "quantity_dyn", vec![DYN_TYPE], quantity)?;
    environment.add_overload(COUNT_ROUNDS, "rounds", vec![DYN_TYPE], count_rounds)?;
    environment.add_overload(CHECK_SIZE, "size", vec![DYN_TYPE], check_size)?;
    environment.add_overload(REPLACE, "replace", vec![DYN_TYPE, DYN_TYPE, DYN_TYPE], replace)?;
    environment.add_overload(JOIN, "join", vec![DYN_TYPE, DYN_TYPE], join)
}

type Result1<'b, 'v> = Result<CowVal<'b, 'v>, ExecutionError>;

fn refuse<T>(function: &str, message: &str) -> Result<T, ExecutionError> {
    Err(ExecutionError::function_error(function, message))
}

/// `quantity('1.5Gi')`: the amount as a number.
fn quantity<'b, 'v>(args: Vec<CowVal<'b, 'v>>) -> Result1<'b, 'v> {
    let amount = match Value::try_from(args[0].as_ref())? {
        Value::String(text) => Quantity::parse(&text).map(|quantity| quantity.milli as f64 / 1000.0),
        Value::Int(number) => Some(number as f64),
        Value::UInt(number) => Some(number as f64),
        Value::Float(number) => Some(number),
        _ => None,
    };
    match amount {
        Some(amount) => Ok(CowVal::owned(CelDouble::from(amount))),
        None => refuse("quantity", "not a quantity"),
    }
}

fn size_of(value: &dyn Val) -> usize {
    if let Some(text) = value.downcast_ref::<CelString>() {
        return text.inner().len();
    }
    value.as_sizer().map_or(1, |sizer| usize::try_from(*sizer.size().inner()).unwrap_or_default())
}

/// Hands back the range of a loop and counts the rounds that the loop takes.
fn count_rounds<'b, 'v>(mut args: Vec<CowVal<'b, 'v>>) -> Result1<'b, 'v> {
    let range = args.remove(0);
    let left = ROUNDS_LEFT.get().checked_sub(1 + size_of(range.as_ref()) as u64);
    ROUNDS_LEFT.set(left.unwrap_or_default());
    if left.is_some() { Ok(range) } else { refuse("loop", "too many rounds") }
}

/// Hands back a value that was made, unless it is too large.
fn check_size<'b, 'v>(mut args: Vec<CowVal<'b, 'v>>) -> Result1<'b, 'v> {
    let value = args.remove(0);
    if size_of(value.as_ref()) <= MAX_SIZE { Ok(value) } else { refuse("+", "too large") }
}

/// `text.replace(from, to)` within bounds.
fn replace<'b, 'v>(args: Vec<CowVal<'b, 'v>>) -> Result1<'b, 'v> {
    let texts: Vec<&str> =
        args.iter().filter_map(|arg| arg.downcast_ref::<CelString>()).map(|text| text.inner()).collect();
    let [text, from, to] = texts.as_slice() else { return refuse("replace", "wants texts") };
    let most = text.len() + (text.matches(*from).count() * to.len());
    if most > MAX_SIZE {
        return refuse("replace", "too large");
    }
    Ok(CowVal::owned(CelString::from(text.replace(*from, to))))
}

/// `list.join(separator)` within bounds.
fn join<'b, 'v>(args: Vec<CowVal<'b, 'v>>) -> Result1<'b, 'v> {
    let (Value::List(items), Value::String(separator)) =
        (Value::try_from(args[0].as_ref())?, Value::try_from(args[1].as_ref())?)
    else {
        return refuse("join", "wants a list of texts and a text");
    };
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        let Value::String(item) = item else { return refuse("join", "wants a list of texts") };
        joined.push_str(if index == 0 { "" } else { &separator });
        joined.push_str(item);
        if joined.len() > MAX_SIZE {
            return refuse("join", "too large");
        }
    }
    Ok(CowVal::owned(CelString::from(joined)))
}

impl Expression {
    /// Compiles `text`, which may read `variables` and no others.
    ///
    /// # Errors
    /// What is wrong with it; at least one fault.
    pub fn compile(text: &str, variables: &[&str]) -> Result<Self, Vec<Fault>> {
        let whole = |message: String| vec![Fault { range: 0..text.len(), message, help: None }];
        if text.trim().is_empty() {
            return Err(whole("the expression is empty".to_owned()));
        }
        if text.len() > MAX_LENGTH {
            return Err(whole(format!("the expression is longer than {MAX_LENGTH} bytes")));
        }
        if nesting(text) > MAX_DEPTH {
            return Err(whole(format!("the expression nests deeper than {MAX_DEPTH} levels")));
        }
        let compiled = catch_unwind(AssertUnwindSafe(|| ENVIRONMENT.compile(text)));
        let Ok(compiled) = compiled else { return Err(whole("the expression cannot be read".to_owned())) };
        let program = compiled.map_err(|errors| syntax_faults(text, &errors))?;
        let tree = program.expression();
        if depth(tree) > MAX_DEPTH {
            return Err(whole(format!("the expression nests deeper than {MAX_DEPTH} levels")));
        }
        let mut names = Names { program: &program, text, variables, reads: BTreeSet::new(), faults: Vec::new() };
        names.walk(tree, &mut Vec::new());
        match names.faults.is_empty() {
            true => Ok(Self { tree: bounded(tree.clone(), ""), reads: names.reads }),
            false => Err(names.faults),
        }
    }

    /// Whether the expression reads the variable `name` of the model.
    pub fn reads(&self, name: &str) -> bool {
        self.reads.contains(name)
    }

    /// The expression as a tree.
    pub fn tree(&self) -> &IdedExpr {
        &self.tree
    }

    /// Evaluates to true or false.
    ///
    /// # Errors
    /// When it fails, or gives something else.
    pub fn decide(&self, context: &Context<'_, '_>) -> Result<bool, Failed> {
        ROUNDS_LEFT.set(MAX_ROUNDS);
        decide(&self.tree, context)
    }

    /// Evaluates to a text for a message.
    ///
    /// # Errors
    /// When it fails, or gives something without a text.
    pub fn render(&self, context: &Context<'_, '_>) -> Result<String, Failed> {
        ROUNDS_LEFT.set(MAX_ROUNDS);
        value_of(&self.tree, context).and_then(|value| text_of(&value).ok_or(Failed("its message cannot be shown")))
    }
}

/// A context in which the environment's functions are known, and no variable.
pub fn context<'p, 'v>() -> Context<'p, 'v> {
    Context::with_env(Arc::clone(&ENVIRONMENT))
}

/// Evaluates a part of an expression to true or false, with what is left of the bounds.
///
/// # Errors
/// When it fails, or gives something else.
pub fn decide(tree: &IdedExpr, context: &Context<'_, '_>) -> Result<bool, Failed> {
    match value_of(tree, context)? {
        Value::Bool(answer) => Ok(answer),
        _ => Err(Failed("its expression gives neither true nor false")),
    }
}

/// Evaluates a part of an expression, with what is left of the bounds.
///
/// # Errors
/// When it fails.
pub fn value_of(tree: &IdedExpr, context: &Context<'_, '_>) -> Result<Value, Failed> {
    let evaluated = catch_unwind(AssertUnwindSafe(|| Value::resolve(tree, context)));
    if ROUNDS_LEFT.get() == 0 {
        return Err(Failed("its expression takes too long"));
    }
    match evaluated {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(Failed(reason(&error))),
        Err(_) => Err(Failed("its expression failed")),
    }
}

/// Why an evaluation failed, in words that stay the same.
fn reason(error: &ExecutionError) -> &'static str {
    match error {
        ExecutionError::NoSuchKey(_) => "its expression reads a field that is not there",
        ExecutionError::UndeclaredReference(_) => "its expression reads a value that is not known",
        ExecutionError::IndexOutOfBounds(_) => "its expression reads past the end of a list",
        ExecutionError::NoSuchOverload(_)
        | ExecutionError::UnexpectedType { .. }
        | ExecutionError::ValuesNotComparable(..)
        | ExecutionError::UnsupportedBinaryOperator(..) => "its expression mixes values of different types",
        ExecutionError::FunctionError { message, .. } if message == "too large" => "its expression takes too long",
        _ => "its expression failed",
    }
}

/// How a value is shown in a message.
fn text_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::String(text) => text.to_string(),
        Value::Int(number) => number.to_string(),
        Value::UInt(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null => "null".to_owned(),
        Value::List(items) => items.iter().map(text_of).collect::<Option<Vec<_>>>()?.join(", "),
        _ => return None,
    })
}

/// How deep brackets nest, strings aside, so that the parser is not even asked about a hostile text.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest, mut quote) = (0_usize, 0, None);
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (Some(_), '\\') => drop(rest.next()),
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, _) => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// The parts of an expression that are expressions.
pub fn parts(tree: &IdedExpr) -> Vec<&IdedExpr> {
    match &tree.expr {
        Expr::Call(call) => call.target.as_deref().into_iter().chain(&call.args).collect(),
        Expr::Comprehension(of) => {
            vec![&of.iter_range, &of.accu_init, &of.loop_cond, &of.loop_step, &of.result]
        }
        Expr::List(list) => list.elements.iter().collect(),
        Expr::Select(select) => vec![&select.operand],
        Expr::Map(map) => map.entries.iter().flat_map(|entry| entry_parts(&entry.expr)).collect(),
        Expr::Struct(of) => of.entries.iter().flat_map(|entry| entry_parts(&entry.expr)).collect(),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => Vec::new(),
    }
}

fn entry_parts(entry: &EntryExpr) -> Vec<&IdedExpr> {
    match entry {
        EntryExpr::StructField(field) => vec![&field.value],
        EntryExpr::MapEntry(entry) => vec![&entry.key, &entry.value],
    }
}

/// The depth of a tree, found without recursion.
fn depth(tree: &IdedExpr) -> usize {
    let mut level = vec![tree];
    let mut depth = 0;
    while !level.is_empty() {
        depth += 1;
        level = level.into_iter().flat_map(parts).collect();
    }
    depth
}

/// Checks that every name in an expression is known.
struct Names<'a> {
    program: &'a cel::Program,
    text: &'a str,
    variables: &'a [&'a str],
    reads: BTreeSet<String>,
    faults: Vec<Fault>,
}

impl Names<'_> {
    fn walk(&mut self, tree: &IdedExpr, bound: &mut Vec<String>) {
        match &tree.expr {
            Expr::Ident(name) => self.variable(tree.id, name, bound),
            Expr::Call(call) => self.call(tree.id, call, bound),
            Expr::Comprehension(of) => {
                self.walk(&of.iter_range, bound);
                let before = bound.len();
                bound.push(of.iter_var.clone());
                bound.extend(of.iter_var2.clone());
                for part in [&of.accu_init, &of.loop_cond, &of.loop_step, &of.result] {
                    self.walk(part, bound);
                }
                bound.truncate(before);
            }
            _ => parts(tree).into_iter().for_each(|part| self.walk(part, bound)),
        }
    }

    fn variable(&mut self, id: u64, name: &str, bound: &[String]) {
        if name.starts_with('@') || bound.iter().any(|own| own == name) || TYPES.contains(&name) {
            return;
        }
        if self.variables.contains(&name) {
            self.reads.insert(name.to_owned());
            return;
        }
        let near = nearest(&name.to_ascii_lowercase(), self.variables.iter().copied());
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the variables here are {}", self.variables.join(", ")),
        };
        self.fault(id, format!("unknown variable `{name}`"), help);
    }

    fn call(&mut self, id: u64, call: &CallExpr, bound: &mut Vec<String>) {
        let name = call.func_name.as_str();
        let mut full = name.to_owned();
        let mut target = call.target.as_deref();
        if let Some(Expr::Ident(space)) = target.map(|target| &target.expr)
            && FUNCTIONS.iter().any(|known| known.starts_with(&format!("{space}.")))
            && !bound.contains(space)
        {
            full = format!("{space}.{name}");
            target = None;
        }
        let operator = name.starts_with(|c: char| !c.is_ascii_alphanumeric());
        if !operator && MACROS.contains(&name) {
            let message = format!("`{name}` has the wrong number of arguments, or is not called on a value");
            self.fault(id, message, "write `has(a.b)`, `list.all(x, ..)`, `list.exists(x, ..)`".to_owned());
        } else if !operator && !FUNCTIONS.contains(&full.as_str()) {
            let known = FUNCTIONS.iter().chain(MACROS).copied();
            let help = match nearest(&full.to_ascii_lowercase(), known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the page about custom rules lists the functions".to_owned(),
            };
            self.fault(id, format!("unknown function `{full}`"), help);
        }
        target.into_iter().chain(&call.args).for_each(|part| self.walk(part, bound));
    }

    fn fault(&mut self, id: u64, message: String, help: String) {
        let at = self.program.source_info().offset_for(id);
        // Both offsets are of bytes; the last byte is included.
        let range = at.map(|(start, end)| start as usize..end as usize + 1);
        let range = range.filter(|range| self.text.get(range.clone()).is_some_and(|word| !word.is_empty()));
        let range = range.map_or(0..self.text.len(), |range| called(self.text, range));
        self.faults.push(Fault { range, message, help: Some(help) });
    }
}

/// The parser places a call at its bracket; the name before it is what a reader looks for.
fn called(text: &str, range: Range<usize>) -> Range<usize> {
    if &text[range.clone()] != "(" {
        return range;
    }
    let before = text[..range.start].trim_end();
    let name = before.len() - before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
    before.len() - name..before.len()
}

/// The offset of the character of this number.
fn byte(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}

/// The parser's first error, in our words; the others mostly follow from it.
fn syntax_faults(text: &str, errors: &cel::ParseErrors) -> Vec<Fault> {
    let fault =
        errors.errors.first().map_or(Fault { range: 0..text.len(), message: String::new(), help: None }, |error| {
            let line = usize::try_from(error.pos.0 - 1).unwrap_or_default();
            let column = usize::try_from(error.pos.1 - 1).unwrap_or_default();
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let start = (start + byte(text.get(start..).unwrap_or_default(), column)).min(text.len());
            let word = text[start..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').map(char::len_utf8).sum();
            let one = text[start..].chars().next().map_or(0, char::len_utf8);
            let length = std::cmp::max(word, one);
            Fault { range: start..start + length, message: error.msg.clone(), help: None }
        });
    // A fault at the end is shown at the last character.
    let last = text.trim_end().char_indices().last().map_or(0, |(at, _)| at);
    let at_end = fault.range.is_empty() || text[fault.range.clone()].trim().is_empty();
    let range = if at_end { last..text.trim_end().len() } else { fault.range };
    let message = match at_end {
        true => "the expression ends too early".to_owned(),
        false => format!("the expression cannot be read here: {}", in_words(&fault.message)),
    };
    vec![Fault { range, message, help: None }]
}

/// The parser's message without the list of all that it would have taken.
fn in_words(message: &str) -> String {
    if message.contains("Recursion limit") {
        return "it nests too deeply".to_owned();
    }
    if message.contains("Incomplete") {
        return "something is missing".to_owned();
    }
    let first = message.trim_start_matches("Syntax error: ").split(" expecting ").next().unwrap_or_default();
    first.trim().to_owned()
}

/// The tree with its bounds: loops count their rounds, additions are measured. `accumulator` is the variable that a
/// loop adds to, whose own additions keep the shape that the evaluator knows.
fn bounded(mut tree: IdedExpr, accumulator: &str) -> IdedExpr {
    let id = tree.id;
    let call = |func_name: &str, args| Expr::Call(CallExpr { func_name: func_name.to_owned(), target: None, args });
    let wrap = |func_name: &str, inner: IdedExpr| IdedExpr { id, expr: call(func_name, vec![inner]) };
    let take = |place: &mut IdedExpr| bounded(std::mem::take(place), accumulator);
    match &mut tree.expr {
        Expr::Call(of) => {
            if let Some(target) = &mut of.target {
                **target = take(target);
            }
            of.args.iter_mut().for_each(|arg| *arg = take(arg));
            let accumulates = matches!(of.args.first().map(|arg| &arg.expr),
                Some(Expr::Ident(name)) if name == accumulator);
            match (of.func_name.as_str(), of.target.take()) {
                ("replace", Some(target)) if of.args.len() == 2 => {
                    of.args.insert(0, *target);
                    of.func_name = REPLACE.to_owned();
                }
                ("join", Some(target)) if of.args.len() == 1 => {
                    of.args.insert(0, *target);
                    of.func_name = JOIN.to_owned();
                }
                (operators::ADD, None) if !accumulates => return wrap(CHECK_SIZE, tree),
                ("format" | "flatten" | "replace" | "join" | "range", target) => {
                    of.target = target;
                    return wrap(CHECK_SIZE, tree);
                }
                (_, target) => of.target = target,
            }
        }
        Expr::Comprehension(of) => {
            of.iter_range = wrap(COUNT_ROUNDS, take(&mut of.iter_range));
            let own = of.accu_var.clone();
            of.loop_step = bounded(std::mem::take(&mut of.loop_step), &own);
        }
        Expr::List(list) => list.elements.iter_mut().for_each(|item| *item = take(item)),
        Expr::Select(select) => *select.operand = take(&mut select.operand),
        Expr::Map(map) => map.entries.iter_mut().for_each(|entry| bound_entry(&mut entry.expr, accumulator)),
        Expr::Struct(of) => of.entries.iter_mut().for_each(|entry| bound_entry(&mut entry.expr, accumulator)),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Unspecified => {}
    }
    tree
}

fn bound_entry(entry: &mut EntryExpr, accumulator: &str) {
    let take = |place: &mut IdedExpr| *place = bounded(std::mem::take(place), accumulator);
    match entry {
        EntryExpr::StructField(field) => take(&mut field.value),
        EntryExpr::MapEntry(entry) => {
            take(&mut entry.key);
            take(&mut entry.value);
        }
    }
}

/// What a call of the bounds hands back unchanged, if `tree` is one.
pub fn without_bounds(tree: &IdedExpr) -> Option<&IdedExpr> {
    match &tree.expr {
        Expr::Call(call) if [COUNT_ROUNDS, CHECK_SIZE].contains(&call.func_name.as_str()) => call.args.first(),
        _ => None,
    }
}

/// A text as a CEL value.
pub fn text(text: &str) -> Box<dyn Val> {
    Box::new(CelString::from(text.to_owned()))
}

/// A whole number as a CEL value.
pub fn int(number: i64) -> Box<dyn Val> {
    Box::new(CelInt::from(number))
}

/// A truth value as a CEL value.
pub fn bool(flag: bool) -> Box<dyn Val> {
    Box::new(CelBool::from(flag))
}

/// A list as a CEL value.
pub fn list(items: Vec<Box<dyn Val>>) -> Box<dyn Val> {
    Box::new(CelList::from(items))
}

/// A mapping from texts as a CEL value.
pub fn map(entries: impl Iterator<Item = (String, Box<dyn Val>)>) -> Box<dyn Val> {
    let entries: std::collections::HashMap<_, _> =
        entries.map(|(key, value)| (cel::common::types::CelMapKey::from(key), value)).collect();
    Box::new(CelMap::from(entries))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compile(text: &str) -> Result<Expression, Vec<Fault>> {
        Expression::compile(text, &["object", "container"])
    }

    fn decide_text(text: &str) -> Result<bool, Failed> {
        compile(text).expect(text).decide(&context())
    }

    fn fault(text: &str) -> (String, String) {
        let fault = compile(text).expect_err(text).remove(0);
        (text[fault.range].to_owned(), fault.message)
    }

    #[test]
    fn the_fault_lies_at_the_word_at_fault() {
        for (text, place) in [
            ("containr.image == 'a'", "containr"),
            ("object.x == 1 && 'é' == contaner.y", "contaner"),
            ("container.image.startsWth('a')", "startsWth"),
            ("container.image ==", "="),
            ("has(container)", "container"),
            ("quantiti('1') > 2", "quantiti"),
            ("object.all(x)", "all"),
        ] {
            assert_eq!(fault(text).0, place, "{}", fault(text).1);
        }
    }

    #[test]
    fn hostile_texts_are_refused_or_read() {
        let refused = [
            "(".repeat(1000),
            "1+".repeat(2000) + "1",
            "object".to_owned() + &".a".repeat(2000),
            "true?".repeat(800),
            "true?true:".repeat(400) + "true",
            "a[".repeat(1000),
            "x".repeat(5000),
        ];
        for text in refused {
            assert!(compile(&text).is_err(), "{}", &text[..8]);
        }
        for text in ["!".repeat(4000) + "true", "true&&".repeat(600) + "true", "-".repeat(4000) + "1"] {
            assert!(compile(&text).is_ok(), "{}", &text[..8]);
        }
    }

    #[test]
    fn an_evaluation_that_takes_too_long_is_cut_short() {
        let digits = "[1,2,3,4,5,6,7,8,9,10]";
        let loops = (0..8).map(|depth| format!("{digits}.all(x{depth}, ")).collect::<String>();
        let text = format!("{loops}true{}", ")".repeat(8));
        assert_eq!(decide_text(&text), Err(Failed("its expression takes too long")));
        let doubled = format!("['{}']{}.size() == 1", "a".repeat(100), ".map(x, x + x)".repeat(20));
        assert_eq!(decide_text(&doubled), Err(Failed("its expression takes too long")));
        let replaced = format!("'aaaaaaaaaa'{} == ''", ".replace('a', 'aaaaaaaaaa')".repeat(20));
        assert_eq!(decide_text(&replaced), Err(Failed("its expression takes too long")));
    }

    #[test]
    fn the_bounds_change_no_result() {
        for text in [
            "[1, 2, 3].filter(x, x > 1).map(x, x + 1) == [3, 4]",
            "[1, 2].exists(x, x == 2) && ![1, 2].all(x, x == 2) && [1, 2].exists_one(x, x == 2)",
            "'a-b'.replace('-', '+') == 'a' + '+b' && ['a', 'b'].join(', ') == 'a, b'",
            "quantity('1.5Gi') == 1610612736.0 && quantity('500m') < quantity(1)",
            "{'a': 1}.?b.orValue(2) == 2 && {'a': 1}[?'a'].hasValue()",
            "'Abc'.lowerAscii().matches('^a') && strings.quote('a').size() == 3",
        ] {
            assert_eq!(decide_text(text), Ok(true), "{text}");
        }
    }
}
