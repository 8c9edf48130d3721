//! Kubernetes versions, as `--kubernetes-version` takes them.

use std::fmt;
use std::str::FromStr;

/// A minor version of Kubernetes: 1.0 to 1.37.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u8);

impl Version {
    /// What manifests are taken to be for when nobody says.
    pub const DEFAULT: Self = Self(35);
    /// The newest version whose facts are built in.
    pub const NEWEST: Self = Self(37);

    /// Version 1.`minor`.
    pub const fn minor(minor: u8) -> Self {
        Self(minor)
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.0)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let plain = word.strip_prefix('v').unwrap_or(word);
        let mut parts = plain.split('.');
        let minor = match (parts.next(), parts.next().map(str::parse::<u8>)) {
            (Some("1"), Some(Ok(minor))) if minor <= Self::NEWEST.0 => Some(minor),
            _ => None,
        };
        minor.map(Self).ok_or_else(|| format!("unknown Kubernetes version `{word}`; use 1.0 to {}", Self::NEWEST))
    }
}
