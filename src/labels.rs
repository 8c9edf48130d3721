//! Labels of images: what `LABEL` sets, and the forms that values of well-known labels have.

use std::sync::LazyLock;

use regex::Regex;

use crate::dockerfile::Keyword;
use crate::document::DockerDocument;
use crate::source::Span;

/// Licences and exceptions of the SPDX licence list 3.27.0 (CC0-1.0), one a line; an empty line parts the two.
const SPDX: &str = include_str!("data/spdx.txt");

/// A label that a file sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value with variables replaced; none where the file does not tell it.
    pub value: Option<String>,
    /// Where the value stands.
    pub value_span: Span,
    /// The stage that it is set in.
    pub stage: Option<usize>,
}

/// Every label whose key is known, in file order.
pub fn labels(document: &DockerDocument) -> Vec<Label> {
    let set = document.views().filter(|view| !view.onbuild && view.instruction.keyword == Keyword::Label);
    let all = set.flat_map(|view| {
        view.instruction.pairs().iter().filter_map(move |pair| {
            let value = pair.value.as_ref()?;
            Some(Label {
                key: view.expand(&pair.key)?,
                key_span: pair.key.span,
                value: view.expand(value),
                value_span: value.span.first_line(&view.file().text),
                stage: view.instruction.stage,
            })
        })
    });
    all.collect()
}

/// Whether a value is an absolute address: `https://example.com`.
pub fn is_url(value: &str) -> bool {
    let Some((scheme, rest)) = value.split_once(':') else { return false };
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    let has_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_inner);
    let has_rest = !rest.trim_start_matches('/').is_empty();
    has_scheme && has_rest && !rest.contains(|c: char| c.is_whitespace() || "<>\"{}|\\^`".contains(c))
}

/// Whether a value is a time as RFC 3339 writes it: `2026-11-22T10:00:00Z`.
pub fn is_timestamp(value: &str) -> bool {
    static SHAPE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$").ok());
    SHAPE.as_ref().is_some_and(|shape| shape.is_match(value)) && value.parse::<jiff::Timestamp>().is_ok()
}

/// Whether a value is a licence expression of SPDX: `Apache-2.0 OR MIT`.
pub fn is_license(value: &str) -> bool {
    let (licenses, exceptions) = SPDX.split_once("\n\n").unwrap_or((SPDX, ""));
    let is_in = |list: &str, name: &str| list.lines().any(|known| known.eq_ignore_ascii_case(name));
    let is_license = |name: &str| {
        let own = name.starts_with("LicenseRef-") || name.starts_with("DocumentRef-");
        own || is_in(licenses, name.strip_suffix('+').unwrap_or(name))
    };
    let spaced = value.replace('(', " ( ").replace(')', " ) ");
    let (mut depth, mut wants_name, mut wants_exception) = (0_u32, true, false);
    for word in spaced.split_whitespace() {
        match word {
            "(" if wants_name => depth += 1,
            ")" if !wants_name && depth > 0 => depth -= 1,
            "AND" | "OR" if !wants_name => wants_name = true,
            "WITH" if !wants_name => (wants_name, wants_exception) = (true, true),
            _ if wants_exception && is_in(exceptions, word) => (wants_name, wants_exception) = (false, false),
            _ if wants_name && !wants_exception && is_license(word) => wants_name = false,
            _ => return false,
        }
    }
    depth == 0 && !wants_name
}

/// Whether a value is the name of a commit: 7 to 40 hex digits, or 64.
pub fn is_git_hash(value: &str) -> bool {
    let is_hex = value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_hex && (matches!(value.len(), 7..=40) || value.len() == 64)
}

/// Whether a value is a version of semantic versioning 2.0: `1.2.3-rc.1`.
pub fn is_semver(value: &str) -> bool {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let number = r"(?:0|[1-9]\d*)";
        let part = r"(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)";
        let build = r"(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?";
        Regex::new(&format!(r"^{number}\.{number}\.{number}(?:-{part}(?:\.{part})*)?{build}$")).ok()
    });
    SHAPE.as_ref().is_some_and(|shape| shape.is_match(value))
}

/// Whether a value is an address of electronic mail, with or without a name before it.
pub fn is_email(value: &str) -> bool {
    static SHAPE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$").ok());
    let bare = value.strip_suffix('>').and_then(|rest| Some(rest.rsplit_once('<')?.1)).unwrap_or(value);
    SHAPE.as_ref().is_some_and(|shape| shape.is_match(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licence_expressions_are_read() {
        for value in ["MIT", "Apache-2.0 OR MIT", "(GPL-2.0-only WITH Classpath-exception-2.0) AND BSD-3-Clause"] {
            assert!(is_license(value), "{value}");
        }
        for value in ["", "Apache 2", "MIT OR", "MIT MIT", "(MIT", "GPL-2.0-only WITH MIT", "Apache License 2.0"] {
            assert!(!is_license(value), "{value}");
        }
    }

    #[test]
    fn values_are_told_by_their_form() {
        assert!(is_url("https://example.com/a") && is_url("mailto:a@b.c"));
        assert!(!is_url("example.com/a") && !is_url("https://") && !is_url("https://a b"));
        assert!(is_timestamp("2026-11-22T10:00:00Z") && is_timestamp("2026-11-22T10:00:00.5+01:00"));
        assert!(!is_timestamp("2026-11-22") && !is_timestamp("2026-13-22T10:00:00Z"));
        assert!(is_semver("1.2.3-rc.1+build") && !is_semver("v1.2.3") && !is_semver("1.2"));
        assert!(is_git_hash("0123abc") && !is_git_hash("main") && !is_git_hash("012"));
        assert!(is_email("a.b@example.com") && is_email("A B <a@example.com>") && !is_email("a b"));
    }
}
