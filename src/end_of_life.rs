//! How long base images are supported: release cycles of distributions, languages and servers.
//!
//! The facts are in `dockerfile/data/end-of-life.tsv`; its head names their source and date. An image tells its cycle
//! by its tag: `node:18-bullseye-slim` is Node.js 18 on Debian 11. What the table does not know is supported, as far
//! as we can tell.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::base_images::is_official;
use crate::kubernetes::ImageRef;

const TABLE: &str = include_str!("dockerfile/data/end-of-life.tsv");

/// Products that are not written like their key.
const TITLES: &[(&str, &str)] = &[
    ("alpine-linux", "Alpine"),
    ("nodejs", "Node.js"),
    ("dotnet", ".NET"),
    ("php", "PHP"),
    ("mysql", "MySQL"),
    ("mariadb", "MariaDB"),
    ("postgresql", "PostgreSQL"),
    ("mongodb", "MongoDB"),
    ("centos", "CentOS"),
    ("centos-stream", "CentOS Stream"),
    ("rhel", "Red Hat UBI"),
    ("haproxy", "HAProxy"),
    ("rabbitmq", "RabbitMQ"),
    ("opensuse", "openSUSE Leap"),
    ("apache-http-server", "Apache httpd"),
    ("almalinux", "AlmaLinux"),
    ("influxdb", "InfluxDB"),
    ("wordpress", "WordPress"),
    ("graalvm-ce", "GraalVM CE"),
];

/// A release cycle of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// The product: `debian`.
    pub product: &'static str,
    /// The image it is pulled as, with its registry: `docker.io/library/debian`.
    image: String,
    /// The cycle: `12`, `3.17`.
    pub cycle: &'static str,
    /// The first word of its codename, in small letters: `bookworm`.
    pub codename: String,
    /// When its support ends.
    pub end: End,
    /// When support for a fee, or by volunteers, ends.
    pub extended_until: Option<Date>,
}

/// When support ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// On this day.
    On(Date),
    /// It has ended, on a day that is not known.
    Past,
    /// It has not ended, and no day is known.
    Open,
}

/// How far the support of a cycle goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Support {
    /// It is supported.
    Full,
    /// Only extended support is left, until this day.
    Extended(Date),
    /// It is over, since this day where that is known.
    Over(Option<Date>),
}

impl Cycle {
    /// The support on a day.
    pub fn support(&self, today: Date) -> Support {
        let ended = match self.end {
            End::Open => return Support::Full,
            End::On(day) if day >= today => return Support::Full,
            End::On(day) => Some(day),
            End::Past => None,
        };
        match self.extended_until {
            Some(until) if until >= today => Support::Extended(until),
            Some(until) => Support::Over(Some(ended.map_or(until, |ended| ended.max(until)))),
            None => Support::Over(ended),
        }
    }

    /// Name and cycle for people: "Debian 12 (bookworm)".
    pub fn title(&self) -> String {
        let known = TITLES.iter().find(|(product, _)| *product == self.product);
        let name = known.map_or_else(|| capital(self.product), |(_, title)| (*title).to_owned());
        match self.codename.as_str() {
            codename if !codename.is_empty() && matches!(self.product, "debian" | "ubuntu") => {
                format!("{name} {} ({codename})", self.cycle)
            }
            _ => format!("{name} {}", self.cycle),
        }
    }

    /// The cycles of the same product that are fully supported on a day, newest first, four at most.
    pub fn successors(&self, today: Date) -> Vec<&'static str> {
        let same = CYCLES.iter().filter(|cycle| cycle.product == self.product);
        same.filter(|cycle| cycle.support(today) == Support::Full).map(|cycle| cycle.cycle).take(4).collect()
    }
}

fn capital(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect::<Vec<_>>().join(" ")
}

static CYCLES: LazyLock<Vec<Cycle>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(read).collect()
});

fn read(row: &'static str) -> Option<Cycle> {
    let mut cells = row.split('\t');
    let (product, image, cycle, codename) = (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    let end = match cells.next()? {
        "yes" => End::Past,
        "no" | "" => End::Open,
        day => End::On(day.parse().ok()?),
    };
    let extended_until = cells.next()?.parse().ok();
    let codename = codename.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    let image = ImageRef::parse(image)?.canonical_name();
    Some(Cycle { product, image, cycle, codename, end, extended_until })
}

/// The cycles that an image is made of, as its name and tag tell: its own first, then the system below it.
pub fn cycles_of(image: &ImageRef<'_>) -> Vec<&'static Cycle> {
    let (name, tag) = (image.canonical_name(), image.tag.unwrap_or_default().to_ascii_lowercase());
    let parts: Vec<&str> = tag.split('-').collect();
    let own = own_cycle(&name, parts[0]);
    let mut found: Vec<&Cycle> = own.into_iter().collect();
    let is_known = name.strip_prefix("docker.io/library/").is_some_and(is_official) || is_of_table(&name);
    if is_known {
        found.extend(parts.iter().filter_map(|part| system(part)).filter(|cycle| own != Some(*cycle)));
    }
    found.dedup();
    found
}

fn is_of_table(name: &str) -> bool {
    CYCLES.iter().any(|cycle| belongs(name, &cycle.image))
}

/// Whether an image is the one of the table, or one of a family that the table names by its folder.
fn belongs(name: &str, image: &str) -> bool {
    name == image || image.starts_with("mcr.microsoft.com/dotnet") && name.starts_with(&format!("{image}/"))
}

fn own_cycle(name: &str, first: &str) -> Option<&'static Cycle> {
    let version = ["v", "ltsc", "stream", "centos"].iter().find_map(|start| first.strip_prefix(start));
    let version = version.unwrap_or(first);
    // `ubi8/ubi-minimal` says it in the path.
    let ubi = name.strip_prefix("registry.access.redhat.com/ubi").and_then(|rest| rest.split('/').next());
    let (name, version) = match ubi {
        Some(major) if !major.is_empty() => ("registry.access.redhat.com/ubi", major),
        _ => (name, version),
    };
    let own = CYCLES.iter().filter(|cycle| belongs(name, &cycle.image));
    let fits = |cycle: &&Cycle| {
        let rest = version.strip_prefix(cycle.cycle);
        let by_number = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        by_number || !cycle.codename.is_empty() && cycle.codename == version && has_codenames(cycle)
    };
    own.filter(fits).max_by_key(|cycle| cycle.cycle.len())
}

/// The distribution that a part of a tag names: `bullseye`, `jammy`, `alpine3.17`.
fn system(part: &str) -> Option<&'static Cycle> {
    if let Some(version) = part.strip_prefix("alpine").filter(|version| !version.is_empty()) {
        return own_cycle("docker.io/library/alpine", version);
    }
    CYCLES.iter().find(|cycle| has_codenames(cycle) && !part.is_empty() && cycle.codename == part)
}

fn has_codenames(cycle: &Cycle) -> bool {
    matches!(cycle.product, "debian" | "ubuntu")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_tell_their_cycles() {
        let rows: [(&str, &[&str]); 18] = [
            ("node:18-bullseye-slim", &["Node.js 18", "Debian 11 (bullseye)"]),
            ("node:18.19.1", &["Node.js 18"]),
            ("alpine:3.17", &["Alpine 3.17"]),
            ("alpine:3.17.10", &["Alpine 3.17"]),
            ("debian:12.4", &["Debian 12 (bookworm)"]),
            ("debian:bookworm-20240101-slim", &["Debian 12 (bookworm)"]),
            ("ubuntu:focal", &["Ubuntu 20.04 (focal)"]),
            ("docker.io/library/ubuntu:20.04", &["Ubuntu 20.04 (focal)"]),
            ("python:3.8.10-alpine3.13", &["Python 3.8", "Alpine 3.13"]),
            ("python:3-slim", &[]),
            ("python:3.1", &["Python 3.1"]),
            ("mcr.microsoft.com/dotnet/aspnet:6.0-jammy", &[".NET 6", "Ubuntu 22.04 (jammy)"]),
            ("golang:alpine", &[]),
            ("centos:7.9.2009", &["CentOS 7"]),
            ("registry.access.redhat.com/ubi8/ubi-minimal:8.5", &["Red Hat UBI 8"]),
            ("mcr.microsoft.com/windows/servercore:ltsc2019", &["Windows Server 2019"]),
            ("example.com/node:18-bullseye", &[]),
            ("example.com/team/app:buster", &[]),
        ];
        for (image, wanted) in rows {
            let cycles = cycles_of(&ImageRef::parse(image).expect(image));
            let titles: Vec<String> = cycles.iter().map(|cycle| cycle.title()).collect();
            assert_eq!(titles, wanted, "{image}");
        }
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(CYCLES.len(), rows);
    }

    #[test]
    fn extended_support_counts_as_alive() {
        let image = ImageRef::parse("debian:12").expect("an image");
        let cycle = cycles_of(&image)[0];
        assert_eq!(cycle.support(jiff::civil::date(2026, 1, 1)), Support::Full);
        assert_eq!(cycle.support(jiff::civil::date(2026, 11, 22)), Support::Extended(jiff::civil::date(2028, 6, 30)));
        assert_eq!(cycle.support(jiff::civil::date(2030, 1, 1)), Support::Over(Some(jiff::civil::date(2028, 6, 30))));
    }
}
