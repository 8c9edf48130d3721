//! Which rules run: selectors, and the set they make.
//!
//! A selector is a rule name, a foreign id (`DL3007`, `hadolint:DL3007`), a prefix group (`hadolint`,
//! `pss:restricted`), a family, a tier or `all`. The most specific selector that names a rule decides about it; at
//! equal strength ignoring wins.

use std::sync::Arc;

use crate::finding::{Family, Finding, Meta, Severity, Tier};

/// One selector, read against the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// A rule, by its name.
    Name(String),
    /// Foreign ids in lower case, each `tool:id`.
    Id(String),
    /// The prefix of foreign ids in lower case, with its `:` or `/`.
    Group(String),
    /// A family.
    Family(Family),
    /// A tier.
    Tier(Tier),
    /// Everything.
    All,
}

impl Selector {
    /// Reads `word` against the rules there are.
    ///
    /// # Errors
    /// Says that the selector is unknown, with the nearest known one, or that it is ambiguous.
    pub fn parse(word: &str, rules: &[Arc<Meta>]) -> Result<Self, String> {
        let word = word.trim();
        if word == "all" {
            return Ok(Self::All);
        }
        if rules.iter().any(|rule| rule.name == word) {
            return Ok(Self::Name(word.to_owned()));
        }
        if let Some(tier) = Tier::ALL.into_iter().find(|tier| tier.as_str() == word) {
            return Ok(Self::Tier(tier));
        }
        if let Some(family) = Family::ALL.into_iter().find(|family| family.as_str() == word) {
            return Ok(Self::Family(family));
        }
        Self::parse_foreign(word, rules)
    }

    fn parse_foreign(word: &str, rules: &[Arc<Meta>]) -> Result<Self, String> {
        let lower = word.to_ascii_lowercase();
        let ids = || rules.iter().flat_map(|rule| rule.aliases.iter()).map(|alias| alias.to_ascii_lowercase());
        if lower.contains(':') && ids().any(|id| id == lower) {
            return Ok(Self::Id(lower));
        }
        let group = if lower.contains(':') { format!("{lower}/") } else { format!("{lower}:") };
        let group = Self::Group(group);
        if ids().any(|id| group.matches_id(&id)) {
            return Ok(group);
        }
        let mut tools: Vec<String> =
            ids().filter(|id| id.split_once(':').is_some_and(|(_, bare)| bare == lower)).collect();
        tools.sort();
        tools.dedup();
        match tools.as_slice() {
            [] => Err(unknown(word, rules)),
            [id] => Ok(Self::Id(id.clone())),
            several => Err(format!("`{word}` is an id of several tools; say which: {}", several.join(", "))),
        }
    }

    /// How specific it is; the highest that names a rule decides.
    fn strength(&self) -> u8 {
        match self {
            Self::Name(_) | Self::Id(_) => 4,
            Self::Group(_) | Self::Family(_) => 3,
            Self::Tier(_) => 2,
            Self::All => 1,
        }
    }

    /// Whether it names `rule`.
    pub fn matches(&self, rule: &Meta) -> bool {
        match self {
            Self::Name(name) => rule.name == *name,
            Self::Id(_) | Self::Group(_) => rule.aliases.iter().any(|alias| self.matches_id(alias)),
            Self::Family(family) => rule.family == *family,
            Self::Tier(tier) => rule.tier == *tier,
            Self::All => true,
        }
    }

    /// Whether it names `finding`: its rule, or for foreign ids those that are true of the finding.
    pub fn matches_finding(&self, finding: &Finding) -> bool {
        match (self, &finding.aliases) {
            (Self::Id(_) | Self::Group(_), Some(aliases)) => aliases.iter().any(|alias| self.matches_id(alias)),
            _ => self.matches(&finding.rule),
        }
    }

    /// Whether it is a foreign id or group that may be true of some of the rule's findings only: the rule carries
    /// several ids of that tool.
    fn is_about_some_of(&self, rule: &Meta) -> bool {
        let (Self::Id(text) | Self::Group(text)) = self else { return false };
        let tool = &text[..text.find([':', '/']).map_or(text.len(), |at| at + 1)];
        let starts = |alias: &str| alias.get(..tool.len()).is_some_and(|start| start.eq_ignore_ascii_case(tool));
        rule.aliases.iter().filter(|alias| starts(alias)).count() > 1
    }

    fn matches_id(&self, alias: &str) -> bool {
        let alias = alias.to_ascii_lowercase();
        match self {
            Self::Id(id) => alias == *id,
            // The restricted standard holds the baseline.
            Self::Group(group) if group == "pss:restricted/" => alias.starts_with("pss:"),
            Self::Group(group) => alias.starts_with(group.as_str()),
            _ => false,
        }
    }
}

fn unknown(word: &str, rules: &[Arc<Meta>]) -> String {
    let lower = word.to_ascii_lowercase();
    let mut known: Vec<String> = rules.iter().map(|rule| rule.name.to_string()).collect();
    known.extend(Family::ALL.map(|family| family.as_str().to_owned()));
    known.extend(Tier::ALL.map(|tier| tier.as_str().to_owned()));
    for alias in rules.iter().flat_map(|rule| rule.aliases.iter()) {
        known.push(alias.to_string());
        if let Some((tool, id)) = alias.split_once(':') {
            known.extend([tool.to_owned(), id.to_owned()]);
        }
    }
    match nearest(&lower, known.iter().map(String::as_str)) {
        Some(near) => format!("unknown rule or group `{word}`; did you mean `{near}`?"),
        None => format!("unknown rule or group `{word}`; `shipworthy rules` lists what there is"),
    }
}

/// The known word most like `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(word, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| y.cmp(x)))
        .map(|(_, candidate)| candidate)
}

/// What is wanted of the rules: the words of the command line and the configuration, read.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Rules to run; empty means the default tier.
    pub select: Vec<Selector>,
    /// What the command line asked for, among both.
    pub asked: Vec<Selector>,
    /// Rules to run beside those.
    pub extend_select: Vec<Selector>,
    /// Rules not to run.
    pub ignore: Vec<Selector>,
    /// Severities given by hand; `None` means off.
    pub severity: Vec<(Selector, Option<Severity>)>,
}

/// How a rule came to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Selected by more than the tier `default`: findings marked pedantic are shown.
    pub pedantic: bool,
    /// Named on its own, by name or foreign id, on the command line.
    pub by_name: bool,
    /// Where only foreign ids and groups selected it: those; a finding that carries other ids is not shown.
    pub ids: Vec<Selector>,
    /// Foreign ids and groups that are ignored for some of the rule's findings only.
    pub refused: Vec<Selector>,
    /// Severities given by hand for the rule or some of its findings; `None` means off.
    pub severities: Vec<(Selector, Option<Severity>)>,
}

impl Selection {
    /// Whether and how `rule` runs. Rules of the engine run unless they are ignored by name.
    pub fn choose(&self, rule: &Meta) -> Option<Choice> {
        let default = [Selector::Tier(Tier::Default)];
        let base = if self.select.is_empty() { &default[..] } else { &self.select };
        let wanted: Vec<&Selector> = base.iter().chain(&self.extend_select).collect();
        let naming: Vec<&Selector> = wanted.iter().copied().filter(|selector| selector.matches(rule)).collect();
        let refusing: Vec<&Selector> = self.ignore.iter().filter(|selector| selector.matches(rule)).collect();
        // Rules of the engine are turned off by their own name only.
        let may = |selector: &Selector| rule.family != Family::Engine || matches!(selector, Selector::Name(_));
        let counted = self.severity.iter().filter(|(selector, level)| level.is_some() || may(selector));
        let given: Vec<_> = counted.filter(|(selector, _)| selector.matches(rule)).cloned().collect();
        let by_name = self.asked.iter().any(|selector| selector.strength() == 4 && selector.matches(rule));
        let strongest = naming.iter().map(|selector| selector.strength()).max();
        let (in_part, as_whole): (Vec<&Selector>, Vec<&Selector>) =
            refusing.into_iter().partition(|selector| selector.is_about_some_of(rule));
        let counts = |selector: &&Selector| Some(selector.strength()) >= strongest;
        let refused: Vec<Selector> = in_part.into_iter().filter(counts).cloned().collect();
        let last = given.iter().max_by_key(|(selector, _)| selector.strength());
        if last.is_some_and(|(selector, severity)| severity.is_none() && !selector.is_about_some_of(rule)) {
            return None;
        }
        let choice = |pedantic, ids| Choice { pedantic, by_name, ids, refused, severities: given };
        if rule.family == Family::Engine {
            let silenced =
                self.ignore.iter().any(|selector| matches!(selector, Selector::Name(name) if *name == rule.name));
            return (!silenced).then(|| choice(true, Vec::new()));
        }
        if strongest.is_none() || as_whole.iter().any(counts) {
            return None;
        }
        let asked = |selector: &&&Selector| !matches!(selector, Selector::Tier(Tier::Default | Tier::OptIn));
        let pedantic = naming.iter().any(|selector| asked(&selector))
            || wanted.iter().any(|selector| **selector == Selector::Tier(Tier::Pedantic));
        let foreign = |selector: &&&Selector| matches!(selector, Selector::Id(_) | Selector::Group(_));
        let ids = match naming.iter().all(|selector| foreign(&selector)) {
            true => naming.into_iter().cloned().collect(),
            false => Vec::new(),
        };
        Some(choice(pedantic, ids))
    }
}

impl Choice {
    /// Whether findings that carry these foreign ids are wanted, for rules with many ids that cost much.
    pub fn wants(&self, aliases: &[&str]) -> bool {
        let any = |selectors: &[Selector]| {
            selectors.iter().any(|selector| aliases.iter().any(|alias| selector.matches_id(alias)))
        };
        (self.ids.is_empty() || any(&self.ids)) && !any(&self.refused)
    }

    /// The severity given to `finding` by the most specific selector, the last at equal strength; `Some(None)` is off.
    pub fn severity_for(&self, finding: &Finding) -> Option<Option<Severity>> {
        let given = self.severities.iter().filter(|(selector, _)| selector.matches_finding(finding));
        given.max_by_key(|(selector, _)| selector.strength()).map(|(_, severity)| *severity)
    }

    /// Whether `finding` is shown under this choice.
    pub fn shows(&self, finding: &Finding) -> bool {
        let is_refused = self.refused.iter().any(|selector| selector.matches_finding(finding));
        if is_refused || (finding.pedantic && !self.pedantic) || self.severity_for(finding) == Some(None) {
            return false;
        }
        match &finding.aliases {
            Some(aliases) if !self.ids.is_empty() => {
                aliases.iter().any(|alias| self.ids.iter().any(|id| id.matches_id(alias)))
            }
            _ => true,
        }
    }
}
