//! Where a failed assertion is reported: at the field that made it false.
//!
//! The expression is followed from its outcome down: into the operand of `&&` that is false, into both of `||`, into
//! the first element for which `all` fails. What is left are the comparisons at fault, and the chains of fields that
//! they read; of these the one that exists deepest in the file is the place. A chain that ends before its last field
//! is reported where a reader would add the field.

use ::cel::common::ast::{ComprehensionExpr, Expr, IdedExpr, LiteralValue, operators};
use ::cel::common::value::Val;
use ::cel::{Context, Value};

use super::cel::{self, Expression};
use super::model::{At, Scope, Step, Variable};
use crate::kubernetes::place;
use crate::source::Span;
use crate::yaml::Node;

/// A chain of fields that an expression reads.
#[derive(Clone, Debug)]
struct Chain<'a> {
    root: &'a Variable<'a>,
    steps: Vec<Step>,
    /// Whether it stands for the key of the last step, not for its value.
    key: bool,
}

/// Where a finding lies.
#[derive(Debug)]
pub struct Blamed<'a> {
    /// The place.
    pub span: Span,
    /// The value there, where it is one of a manifest.
    pub value: Option<Node<'a>>,
    /// The variable that the chain begins with, and its steps.
    pub root: &'static str,
    /// The steps from the variable on.
    pub steps: Vec<Step>,
}

/// What came of looking for the place.
#[derive(Debug)]
pub enum Found<'a> {
    /// A field.
    Field(Blamed<'a>),
    /// The value that decides is filled in later.
    Unknown,
    /// The expression reads nothing that has a place.
    Nothing,
}

/// Looks for the field that makes `assertion` false.
pub fn find<'a>(assertion: &Expression, scope: &'a Scope<'a>, context: &Context<'_, '_>) -> Found<'a> {
    let mut search = Search { scope, bound: Vec::new(), chains: Vec::new() };
    search.why(assertion.tree(), false, context);
    if search.chains.iter().any(|chain| chain.follow().1.is_placeholder()) {
        return Found::Unknown;
    }
    let best = search.chains.into_iter().enumerate().min_by_key(|(order, chain)| {
        let (depth, _) = chain.follow();
        (nearness(chain.root.name), !chain.has_place(), usize::MAX - depth, depth < chain.steps.len(), *order)
    });
    best.map_or(Found::Nothing, |(_, chain)| Found::Field(chain.blame()))
}

/// The place that an explicit path leads to from the matched thing.
pub fn at_path<'a>(path: &[Step], scope: &'a Scope<'a>) -> Option<Blamed<'a>> {
    let root = scope.0.first()?;
    Some(Chain { root, steps: path.to_vec(), key: false }.blame())
}

/// How far a variable is from the matched thing: a condition on the object is rarely what a rule about a container is
/// about.
fn nearness(variable: &str) -> u8 {
    match variable {
        "object" => 3,
        "stage" => 2,
        "pod" | "podMetadata" | "instruction" => 1,
        _ => 0,
    }
}

impl<'a> Chain<'a> {
    fn then(mut self, step: Step) -> Self {
        self.steps.push(step);
        self.key = false;
        self
    }

    /// How many steps exist, and where they lead.
    fn follow(&self) -> (usize, At<'a>) {
        let mut at = self.root.at();
        for (depth, step) in self.steps.iter().enumerate() {
            match at.child(step) {
                Some(child) => at = child,
                None => return (depth, at),
            }
        }
        (self.steps.len(), at)
    }

    /// Whether what it leads to stands somewhere, and is not only said of the whole.
    fn has_place(&self) -> bool {
        match self.follow().1 {
            At::Node(_) => true,
            At::Spot(spot) => spot.span.is_some(),
        }
    }

    fn blame(self) -> Blamed<'a> {
        let (depth, at) = self.follow();
        let complete = depth == self.steps.len();
        let (span, value) = match at {
            At::Node(node) if complete && self.key => (self.key_span().unwrap_or(node.span()), None),
            At::Node(node) if node.is_scalar() => (node.span(), Some(node)),
            At::Node(_) if depth == 0 => (self.root.missing, None),
            At::Node(node) => (place::missing_in(node), None),
            At::Spot(_) => (self.spot_span(depth), None),
        };
        Blamed { span, value, root: self.root.name, steps: self.steps }
    }

    fn key_span(&self) -> Option<Span> {
        let (last, before) = self.steps.split_last()?;
        let parent = Chain { root: self.root, steps: before.to_vec(), key: false };
        match (parent.follow().1, last) {
            (At::Node(node), Step::Key(key)) => node.entry(key).map(|entry| entry.key_span()),
            _ => None,
        }
    }

    /// The place of the deepest part that has one.
    fn spot_span(&self, depth: usize) -> Span {
        let mut at = self.root.at();
        let mut span = self.root.missing;
        for step in &self.steps[..depth] {
            let Some(At::Spot(spot)) = at.child(step) else { break };
            span = spot.span.unwrap_or(span);
            at = At::Spot(spot);
        }
        span
    }
}

struct Search<'a> {
    scope: &'a Scope<'a>,
    /// Variables of loops, and the elements that they stand for where these have a place.
    bound: Vec<(String, Option<Chain<'a>>)>,
    chains: Vec<Chain<'a>>,
}

impl<'a> Search<'a> {
    /// Collects the chains that explain why `tree` is `outcome`.
    fn why(&mut self, tree: &IdedExpr, outcome: bool, context: &Context<'_, '_>) {
        match &tree.expr {
            Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
                (operators::LOGICAL_NOT, [inner]) => self.why(inner, !outcome, context),
                (operators::LOGICAL_AND, sides) => self.sides(sides, outcome, outcome, context),
                (operators::LOGICAL_OR, sides) => self.sides(sides, outcome, !outcome, context),
                (operators::CONDITIONAL, [condition, then, otherwise]) => match cel::decide(condition, context) {
                    Ok(true) => self.why(then, outcome, context),
                    Ok(false) => self.why(otherwise, outcome, context),
                    Err(_) => {}
                },
                _ => self.leaf(tree, context),
            },
            Expr::Comprehension(of) => self.loop_over(of, outcome, context),
            _ => self.leaf(tree, context),
        }
    }

    /// `all` the sides together make the outcome, or the first that has it does alone.
    fn sides(&mut self, sides: &[IdedExpr], outcome: bool, all: bool, context: &Context<'_, '_>) {
        for side in sides {
            if all {
                self.why(side, outcome, context);
            } else if cel::decide(side, context) == Ok(outcome) {
                return self.why(side, outcome, context);
            }
        }
    }

    /// `all` that is false and `exists` that is true have an element to show; others have only their list.
    fn loop_over(&mut self, of: &ComprehensionExpr, outcome: bool, context: &Context<'_, '_>) {
        let before = self.chains.len();
        if let Some(predicate) = predicate_of(of, outcome) {
            self.first_element(of, predicate, outcome, context);
        }
        if self.chains.len() == before {
            self.leaf(&of.iter_range, context);
        }
    }

    fn first_element(
        &mut self,
        of: &ComprehensionExpr,
        predicate: &IdedExpr,
        outcome: bool,
        context: &Context<'_, '_>,
    ) {
        let range = self.chain(&of.iter_range, context);
        for (element, value) in self.elements(range, &of.iter_range, context) {
            let mut inner = context.new_inner_scope();
            inner.add_variable_as_val(of.iter_var.clone(), value);
            if cel::decide(predicate, &inner) == Ok(outcome) {
                self.bound.push((of.iter_var.clone(), element));
                self.why(predicate, outcome, &inner);
                self.bound.pop();
                return;
            }
        }
    }

    /// The elements of a range with their places: items of a list, keys of a mapping.
    fn elements(
        &self,
        range: Option<Chain<'a>>,
        tree: &IdedExpr,
        context: &Context<'_, '_>,
    ) -> Vec<(Option<Chain<'a>>, Box<dyn Val>)> {
        if let Some(range) = range.filter(|range| range.follow().0 == range.steps.len()) {
            let at = range.follow().1;
            let element = |step: Step| {
                let value = match &step {
                    Step::Key(key) => cel::text(key),
                    Step::Index(_) => at.child(&step).map_or_else(|| cel::text(""), At::to_val),
                };
                let mut chain = range.clone().then(step);
                chain.key = !at.is_list();
                (Some(chain), value)
            };
            return at.steps().into_iter().map(element).collect();
        }
        match cel::value_of(tree, context) {
            Ok(Value::List(items)) => {
                items.iter().filter_map(|item| Some((None, Box::<dyn Val>::try_from(item.clone()).ok()?))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every chain that `tree` reads.
    fn leaf(&mut self, tree: &IdedExpr, context: &Context<'_, '_>) {
        if let Some(chain) = self.chain(tree, context) {
            self.chains.push(chain);
        } else if let Expr::Comprehension(of) = &tree.expr {
            self.leaf(&of.iter_range, context);
        } else {
            cel::parts(tree).into_iter().for_each(|part| self.leaf(part, context));
        }
    }

    /// The chain that `tree` is, if it is one.
    fn chain(&self, tree: &IdedExpr, context: &Context<'_, '_>) -> Option<Chain<'a>> {
        if let Some(inner) = cel::without_bounds(tree) {
            return self.chain(inner, context);
        }
        match &tree.expr {
            Expr::Ident(name) => match self.bound.iter().rev().find(|(bound, _)| bound == name) {
                Some((_, chain)) => chain.clone(),
                None => self.scope.find(name).map(|root| Chain { root, steps: Vec::new(), key: false }),
            },
            Expr::Select(select) => Some(self.chain(&select.operand, context)?.then(Step::Key(select.field.clone()))),
            Expr::Call(call) => match (call.func_name.as_str(), call.target.as_deref(), call.args.as_slice()) {
                (operators::INDEX | operators::OPT_INDEX | operators::OPT_SELECT, None, [operand, index]) => {
                    let step = self.step(index, context)?;
                    Some(self.chain(operand, context)?.then(step))
                }
                ("orValue" | "value" | "or", Some(target), _) | ("dyn", None, [target]) => self.chain(target, context),
                _ => None,
            },
            _ => None,
        }
    }

    fn step(&self, index: &IdedExpr, context: &Context<'_, '_>) -> Option<Step> {
        if let Expr::Literal(LiteralValue::String(key)) = &index.expr {
            return Some(Step::Key(key.inner().to_owned()));
        }
        match cel::value_of(index, context).ok()? {
            Value::String(key) => Some(Step::Key(key.to_string())),
            Value::Int(index) => usize::try_from(index).ok().map(Step::Index),
            Value::UInt(index) => usize::try_from(index).ok().map(Step::Index),
            _ => None,
        }
    }
}

/// The predicate of `all` or `exists`, where an element shows why the loop came to its outcome.
fn predicate_of(of: &ComprehensionExpr, outcome: bool) -> Option<&IdedExpr> {
    let Expr::Call(step) = &of.loop_step.expr else { return None };
    let [accumulator, predicate] = step.args.as_slice() else { return None };
    let accumulates = matches!(&accumulator.expr, Expr::Ident(name) if *name == of.accu_var);
    let shows = match step.func_name.as_str() {
        operators::LOGICAL_AND => !outcome,
        operators::LOGICAL_OR => outcome,
        _ => false,
    };
    (accumulates && shows).then_some(predicate)
}
