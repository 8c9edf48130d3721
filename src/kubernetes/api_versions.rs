//! Which API versions Kubernetes deprecated and removed, by kind.
//!
//! The table is data: one line an API version and kind, from the life cycles that Kubernetes declares in its sources
//! (`prerelease-lifecycle-gen`) and its deprecation guide.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Version;

/// How the replacement of an API version differs in its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fields {
    /// Not at all: the version alone may be changed.
    Same,
    /// It demands `spec.selector`.
    NeedSelector,
    /// Fields moved.
    Moved,
}

/// What became of an API version of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The first version that warns.
    pub deprecated_in: Version,
    /// The first version that no longer serves it.
    pub removed_in: Version,
    /// What to write instead, if there is something.
    pub replacement: Option<&'static str>,
    /// How the replacement differs.
    pub fields: Fields,
}

static TABLE: LazyLock<HashMap<String, Retirement>> = LazyLock::new(|| {
    let text = include_str!("data/deprecated-apis.tsv");
    text.lines().filter(|line| !line.starts_with('#')).filter_map(row).collect()
});

fn row(line: &'static str) -> Option<(String, Retirement)> {
    let mut columns = line.split('\t');
    let key = format!("{} {}", columns.next()?, columns.next()?);
    let (deprecated_in, removed_in) = (columns.next()?.parse().ok()?, columns.next()?.parse().ok()?);
    let replacement = columns.next().filter(|version| *version != "-");
    let fields = match columns.next()? {
        "same" => Fields::Same,
        "selector" => Fields::NeedSelector,
        _ => Fields::Moved,
    };
    Some((key, Retirement { deprecated_in, removed_in, replacement, fields }))
}

/// What became of `kind` in `api_version`; `None` where it is served still, or was never known.
pub fn retirement(api_version: &str, kind: &str) -> Option<&'static Retirement> {
    TABLE.get(&format!("{api_version} {kind}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = include_str!("data/deprecated-apis.tsv").lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(TABLE.len(), lines);
        assert!(TABLE.values().all(|row| row.deprecated_in < row.removed_in));
    }

    #[test]
    fn groups_are_those_that_manifests_write() {
        let found = |version, kind| retirement(version, kind).map(|row| row.removed_in);
        assert_eq!(found("extensions/v1beta1", "Deployment"), Some(Version::minor(16)));
        assert_eq!(found("apps/v1beta1", "StatefulSet"), Some(Version::minor(16)));
        assert_eq!(found("networking.k8s.io/v1beta1", "Ingress"), Some(Version::minor(22)));
        assert_eq!(found("batch/v1beta1", "CronJob"), Some(Version::minor(25)));
        assert_eq!(found("batch/v1", "CronJob"), None);
    }
}
