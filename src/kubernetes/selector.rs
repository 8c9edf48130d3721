//! Labels and the selectors that match them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::yaml::Node;

/// Labels by key.
pub type Labels = BTreeMap<String, String>;

/// Reads a mapping of labels. `None` where a value is not a text: what it would be is unknown.
pub fn labels(node: Option<Node<'_>>) -> Option<Labels> {
    let Some(node) = node else { return Some(Labels::new()) };
    if node.is_null() {
        return Some(Labels::new());
    }
    let pairs = node.entries().map(|entry| Some((entry.key.text()?.to_owned(), entry.value.text()?.to_owned())));
    pairs.collect()
}

/// How one expression of a selector compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Operator {
    /// The value is one of the list.
    In,
    /// The value, if any, is none of the list.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is not there.
    DoesNotExist,
}

/// One expression of a selector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirement {
    /// The label's key.
    pub key: String,
    /// How it is compared.
    pub operator: Operator,
    /// With what.
    pub values: Vec<String>,
}

/// A label selector: all of its requirements must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelSelector {
    /// The requirements; none matches everything.
    pub requirements: Vec<Requirement>,
}

impl LabelSelector {
    /// Reads a plain mapping, as Services and ReplicationControllers have it. `None` where it cannot be read.
    pub fn from_map(node: Node<'_>) -> Option<Self> {
        let equal = |(key, value)| Requirement { key, operator: Operator::In, values: vec![value] };
        Some(Self { requirements: labels(Some(node))?.into_iter().map(equal).collect() })
    }

    /// Reads `matchLabels` and `matchExpressions`. `None` where it cannot be read.
    pub fn parse(node: Node<'_>) -> Option<Self> {
        let mut selector = match node.get("matchLabels") {
            Some(labels) => Self::from_map(labels)?,
            None => Self::default(),
        };
        for item in node.get("matchExpressions").into_iter().flat_map(Node::items) {
            let operator = match item.get("operator")?.text()? {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                _ => return None,
            };
            let values = item.get("values").into_iter().flat_map(Node::items);
            let values = values.map(|value| value.text().map(str::to_owned)).collect::<Option<_>>()?;
            selector.requirements.push(Requirement { key: item.get("key")?.text()?.to_owned(), operator, values });
        }
        Some(selector)
    }

    /// The first requirement that `labels` do not meet.
    pub fn unmet(&self, labels: &Labels) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| {
            let value = labels.get(&requirement.key);
            !match requirement.operator {
                Operator::In => value.is_some_and(|value| requirement.values.contains(value)),
                Operator::NotIn => value.is_none_or(|value| !requirement.values.contains(value)),
                Operator::Exists => value.is_some(),
                Operator::DoesNotExist => value.is_none(),
            }
        })
    }

    /// Whether `labels` meet every requirement.
    pub fn matches(&self, labels: &Labels) -> bool {
        self.unmet(labels).is_none()
    }
}
