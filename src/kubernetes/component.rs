//! Components of the control plane that run as static pods, by their flags.
//!
//! A component is known by the program it runs; `command` and `args` are read as one list. A flag is written
//! `--name=value`, `--name value` or, for a switch, `--name`.

use super::{Container, place};
use crate::source::Span;
use crate::yaml::Node;

/// What a flag must say.
#[derive(Clone, Copy, Debug)]
pub enum Expect {
    /// It is there.
    Present,
    /// It is not there.
    Absent,
    /// It has this value, and is there.
    Is(&'static str),
    /// It does not have this value; it may be left out.
    IsNot(&'static str),
    /// It has this value, or is left out.
    UnsetOr(&'static str),
    /// Its list, if it is there, has this entry.
    Holds(&'static str),
    /// Its list does not have this entry.
    Lacks(&'static str),
    /// Its number, which must be there, is not below this.
    AtLeast(i64),
    /// It names an address of the node itself, or is left out.
    Local,
}

/// A flag and what it must say.
#[derive(Clone, Copy, Debug)]
pub struct Demand {
    /// The flag without `--`.
    pub flag: &'static str,
    /// What it must say.
    pub expect: Expect,
}

/// A demand that is not met.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The flag, or the key of the list that lacks it.
    pub span: Span,
    /// What is wrong, to stand after the container's title.
    pub text: String,
    /// What to write.
    pub help: String,
}

/// A flag as it is written.
struct Flag<'d> {
    node: Node<'d>,
    name: &'d str,
    value: &'d str,
}

impl<'d> Container<'d> {
    /// The demands that this container does not meet; none if it does not run `program`.
    pub fn component_faults(&self, program: &str, demands: &[Demand]) -> Vec<Fault> {
        let words: Vec<Node<'d>> =
            ["command", "args"].iter().filter_map(|key| self.node.get(key)).flat_map(Node::items).collect();
        let first = words.first().and_then(|word| word.text()).unwrap_or_default();
        if first.rsplit('/').next() != Some(program) {
            return Vec::new();
        }
        let list = ["args", "command"].iter().find_map(|key| self.node.entry(key));
        let missing = list.map_or_else(|| place::item(self.node), |entry| entry.key_span());
        let flags = flags(&words);
        demands.iter().filter_map(|demand| demand.fault(&flags, missing)).collect()
    }
}

fn flags<'d>(words: &[Node<'d>]) -> Vec<Flag<'d>> {
    let mut found = Vec::new();
    for (index, node) in words.iter().enumerate() {
        let Some(text) = node.text().and_then(|text| text.strip_prefix("--")) else { continue };
        let next = words.get(index + 1).and_then(|next| next.text()).filter(|next| !next.starts_with('-'));
        let (name, value) = text.split_once('=').unwrap_or((text, next.unwrap_or("true")));
        found.push(Flag { node: *node, name, value });
    }
    found
}

impl Demand {
    fn fault(&self, flags: &[Flag<'_>], missing: Span) -> Option<Fault> {
        let name = self.flag;
        let flag = flags.iter().rev().find(|flag| flag.name == name);
        let entries = |flag: &Flag<'_>, entry: &str| flag.value.split(',').any(|own| own == entry);
        let (text, help) = match (self.expect, flag) {
            (Expect::Present, None) => (format!("lacks `--{name}`"), format!("set `--{name}`")),
            (Expect::Is(value), None) => (format!("lacks `--{name}={value}`"), format!("set `--{name}={value}`")),
            (Expect::AtLeast(least), None) => (format!("lacks `--{name}`"), format!("set `--{name}={least}`")),
            (Expect::Absent, Some(_)) => (format!("has `--{name}`"), format!("remove `--{name}`")),
            (Expect::Is(value), Some(flag)) if flag.value != value => {
                (format!("does not have `--{name}={value}`"), format!("set `--{name}={value}`"))
            }
            (Expect::IsNot(value), Some(flag)) if flag.value == value => {
                (format!("has `--{name}={value}`"), format!("remove `--{name}={value}`"))
            }
            (Expect::UnsetOr(value), Some(flag)) if flag.value != value => {
                (format!("has `--{name}` other than `{value}`"), format!("set `--{name}={value}`"))
            }
            (Expect::Holds(entry), Some(flag)) if !entries(flag, entry) => {
                (format!("lacks `{entry}` in `--{name}`"), format!("add `{entry}` to `--{name}`"))
            }
            (Expect::Lacks(entry), Some(flag)) if entries(flag, entry) => {
                (format!("has `{entry}` in `--{name}`"), format!("remove `{entry}` from `--{name}`"))
            }
            (Expect::AtLeast(least), Some(flag)) if flag.value.parse::<i64>().is_ok_and(|value| value < least) => {
                (format!("has `--{name}` below {least}"), format!("set `--{name}={least}`"))
            }
            (Expect::Local, Some(flag)) if !is_local(flag.value) => {
                (format!("has `--{name}` open to others"), "use 127.0.0.1".to_owned())
            }
            _ => return None,
        };
        Some(Fault { span: flag.map_or(missing, |flag| flag.node.span()), text, help })
    }
}

fn is_local(address: &str) -> bool {
    ["127.", "localhost", "[::1]", "::1"].iter().any(|own| address.starts_with(own))
}
