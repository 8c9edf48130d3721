//! What is known of widely used base images: the user that a container starts as, and the shell at `/bin/sh`.
//!
//! From the `USER` instructions of the images' published Dockerfiles (Docker Official Images library, Google
//! distroless, Chainguard, Red Hat UBI, Microsoft .NET). An image that is not here is unknown, and rules that depend
//! on it are silent.

use crate::kubernetes::ImageRef;
use crate::shell::lint::Shell;

/// The user that an image starts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BaseUser {
    /// Root; the image is an operating system without a program to run.
    RootSystem,
    /// Root; the image is a language runtime or a server.
    RootRuntime,
    /// Another user.
    NonRoot,
    /// Not known.
    Unknown,
}

/// Operating systems, `scratch` among them.
const SYSTEMS: [&str; 27] = [
    "docker.io/library/almalinux",
    "docker.io/library/alpine",
    "docker.io/library/amazonlinux",
    "docker.io/library/archlinux",
    "docker.io/library/buildpack-deps",
    "docker.io/library/busybox",
    "docker.io/library/centos",
    "docker.io/library/clearlinux",
    "docker.io/library/debian",
    "docker.io/library/fedora",
    "docker.io/library/oraclelinux",
    "docker.io/library/photon",
    "docker.io/library/rockylinux",
    "docker.io/library/scratch",
    "docker.io/library/ubuntu",
    "docker.io/opensuse/leap",
    "docker.io/opensuse/tumbleweed",
    "docker.io/rockylinux/rockylinux",
    "docker.io/redhat/ubi8",
    "docker.io/redhat/ubi9",
    "public.ecr.aws/amazonlinux/amazonlinux",
    "quay.io/centos/centos",
    "registry.access.redhat.com/ubi8",
    "registry.access.redhat.com/ubi8/ubi",
    "registry.access.redhat.com/ubi8/ubi-minimal",
    "registry.access.redhat.com/ubi9/ubi",
    "registry.access.redhat.com/ubi9/ubi-minimal",
];

/// Language runtimes and servers that start as root.
const RUNTIMES: [&str; 33] = [
    "docker.io/library/amazoncorretto",
    "docker.io/library/bash",
    "docker.io/library/clojure",
    "docker.io/library/composer",
    "docker.io/library/eclipse-temurin",
    "docker.io/library/elixir",
    "docker.io/library/erlang",
    "docker.io/library/gcc",
    "docker.io/library/golang",
    "docker.io/library/gradle",
    "docker.io/library/haskell",
    "docker.io/library/httpd",
    "docker.io/library/julia",
    "docker.io/library/maven",
    "docker.io/library/mono",
    "docker.io/library/nginx",
    "docker.io/library/node",
    "docker.io/library/openjdk",
    "docker.io/library/perl",
    "docker.io/library/php",
    "docker.io/library/pypy",
    "docker.io/library/python",
    "docker.io/library/r-base",
    "docker.io/library/ruby",
    "docker.io/library/rust",
    "docker.io/library/sbt",
    "docker.io/library/swift",
    "docker.io/library/tomcat",
    "docker.io/oven/bun",
    "docker.io/pytorch/pytorch",
    "docker.io/tensorflow/tensorflow",
    "docker.io/continuumio/miniconda3",
    "docker.io/adoptopenjdk",
];

/// Repositories whose images start as another user.
const NON_ROOT: [&str; 6] = [
    "docker.io/nginxinc/nginx-unprivileged",
    "docker.io/denoland/deno",
    "docker.io/library/elasticsearch",
    "docker.io/library/kibana",
    "docker.io/library/logstash",
    "docker.io/jenkins/jenkins",
];

/// Official images of Docker Hub beyond those above, by their one word.
const OTHER_OFFICIAL: &[&str] = &[
    "adminer",
    "aerospike",
    "alt",
    "api-firewall",
    "arangodb",
    "bonita",
    "caddy",
    "cassandra",
    "chronograf",
    "cirros",
    "convertigo",
    "couchbase",
    "couchdb",
    "crate",
    "dart",
    "docker",
    "drupal",
    "eclipse-mosquitto",
    "elasticsearch",
    "emqx",
    "express-gateway",
    "flink",
    "fluentd",
    "friendica",
    "gazebo",
    "geonetwork",
    "ghost",
    "groovy",
    "haproxy",
    "haxe",
    "hello-world",
    "hitch",
    "hylang",
    "ibm-semeru-runtimes",
    "ibmjava",
    "influxdb",
    "irssi",
    "jetty",
    "joomla",
    "jruby",
    "kapacitor",
    "kibana",
    "kong",
    "krakend",
    "lightstreamer",
    "liquibase",
    "logstash",
    "mageia",
    "mariadb",
    "matomo",
    "mediawiki",
    "memcached",
    "mongo",
    "mongo-express",
    "monica",
    "mysql",
    "nats",
    "nats-streaming",
    "neo4j",
    "neurodebian",
    "nextcloud",
    "notary",
    "odoo",
    "open-liberty",
    "orientdb",
    "percona",
    "phpmyadmin",
    "plone",
    "postfixadmin",
    "postgres",
    "rabbitmq",
    "rakudo-star",
    "redis",
    "redmine",
    "registry",
    "rethinkdb",
    "rocket.chat",
    "ros",
    "rstudio",
    "sapmachine",
    "satosa",
    "silverpeas",
    "sl",
    "solr",
    "sonarqube",
    "sourcemage",
    "spark",
    "spiped",
    "storm",
    "swipl",
    "teamspeak",
    "telegraf",
    "tomee",
    "traefik",
    "unit",
    "varnish",
    "vault",
    "websphere-liberty",
    "wordpress",
    "xwiki",
    "yourls",
    "znc",
    "zookeeper",
    "consul",
    "java",
    "nats-box",
];

/// Whether `name`, one word, is an official image of Docker Hub.
pub fn is_official(name: &str) -> bool {
    let known = [&SYSTEMS[..], &RUNTIMES[..], &NON_ROOT[..]].concat();
    OTHER_OFFICIAL.contains(&name) || known.iter().any(|image| image.strip_prefix("docker.io/library/") == Some(name))
}

/// Whether `image` is known to have bash: the larger operating systems, and runtimes that are not built on Alpine.
pub fn has_bash(image: &str) -> bool {
    let Some(image) = ImageRef::parse(image) else { return false };
    let name = image.canonical_name();
    let without = ["alpine", "busybox", "scratch", "slim-", "nanoserver", "windowsservercore", "clearlinux", "photon"];
    let lacks = |text: &str| without.iter().any(|part| text.contains(part));
    let known = SYSTEMS.contains(&name.as_str()) || RUNTIMES.contains(&name.as_str());
    known && !lacks(&name) && !image.tag.is_some_and(lacks)
}

impl BaseUser {
    /// Whether it is surely root.
    pub fn is_root(self) -> bool {
        matches!(self, Self::RootSystem | Self::RootRuntime)
    }
}

/// Whether the value of a `USER` instruction is root, with or without a group.
pub fn is_root(user: &str) -> bool {
    let name = user.split(':').next().unwrap_or_default();
    name == "root" || name.parse() == Ok(0)
}

/// The user that containers of `image` start as, before any `USER` instruction.
pub fn base_user(image: &str) -> BaseUser {
    let Some(image) = ImageRef::parse(image) else { return BaseUser::Unknown };
    let name = image.canonical_name();
    let tag = image.tag.unwrap_or_default();
    if NON_ROOT.contains(&name.as_str()) || name.starts_with("dhi.io/") || tag.contains("nonroot") {
        return BaseUser::NonRoot;
    }
    if name.starts_with("mcr.microsoft.com/dotnet/") {
        return dotnet(tag);
    }
    if name.starts_with("gcr.io/distroless/") {
        // `:nonroot` was answered above; the other tags start as root.
        return BaseUser::RootRuntime;
    }
    if SYSTEMS.contains(&name.as_str()) {
        return BaseUser::RootSystem;
    }
    // Variants that are Windows, which has no root.
    if tag.contains("windowsservercore") || tag.contains("nanoserver") {
        return BaseUser::Unknown;
    }
    if RUNTIMES.contains(&name.as_str()) { BaseUser::RootRuntime } else { BaseUser::Unknown }
}

/// .NET images start as root, but for the chiseled and distroless ones; Windows variants are unknown.
fn dotnet(tag: &str) -> BaseUser {
    if tag.contains("chiseled") || tag.contains("distroless") {
        BaseUser::NonRoot
    } else if tag.contains("nanoserver") || tag.contains("windowsservercore") {
        BaseUser::Unknown
    } else {
        BaseUser::RootRuntime
    }
}

/// Images whose `/bin/sh` is bash.
const WITH_BASH: [&str; 12] = [
    "almalinux",
    "amazonlinux",
    "archlinux",
    "centos",
    "fedora",
    "leap",
    "oraclelinux",
    "photon",
    "rockylinux",
    "tumbleweed",
    "ubi",
    "ubi-minimal",
];

/// Images built on Debian or Ubuntu unless their tag says otherwise.
const WITH_DASH: [&str; 18] = [
    "debian",
    "ubuntu",
    "buildpack-deps",
    "gcc",
    "golang",
    "haskell",
    "httpd",
    "mariadb",
    "nginx",
    "node",
    "perl",
    "php",
    "postgres",
    "pypy",
    "python",
    "redis",
    "ruby",
    "rust",
];

/// Words of a tag that name Debian, Ubuntu or a release of theirs.
const DEBIAN_TAGS: [&str; 12] = [
    "debian", "bullseye", "bookworm", "trixie", "buster", "stretch", "ubuntu", "focal", "jammy", "noble", "bionic",
    "xenial",
];

/// The shell at `/bin/sh` of `image`; [`Shell::Sh`] where that is not known.
pub fn system_shell(image: &str) -> Shell {
    let Some(image) = ImageRef::parse(image) else { return Shell::Sh };
    let name = image.canonical_name();
    let name = name.strip_prefix("docker.io/library/").unwrap_or(&name);
    let short = image.short_name();
    let tag = image.tag.unwrap_or_default();
    let mut words = tag.split(['-', '.', '_']);
    let says = |words: &[&str]| {
        let starts = |part: &str| words.iter().any(|word| part.strip_prefix(word).is_some_and(is_number));
        tag.split(['-', '.', '_']).any(starts)
    };
    if matches!(name, "alpine" | "busybox" | "docker") || says(&["alpine"]) {
        return Shell::Ash;
    }
    if words.any(|word| word.contains("windows") || word == "nanoserver" || word == "chiseled" || word == "distroless")
    {
        return Shell::Sh;
    }
    if says(&["ubi", "centos", "fedora", "rockylinux", "amazonlinux", "oraclelinux", "al", "leap", "oracle"]) {
        return Shell::Bash;
    }
    let is_official = |known: &[&str]| known.contains(&name);
    let known = ["registry.access.redhat.com/", "registry.fedoraproject.org/", "quay.io/centos/", "docker.io/redhat/"];
    let of_vendor = known.iter().any(|start| name.starts_with(start)) && (short.starts_with("ubi") || is_bash(short));
    if is_official(&WITH_BASH) || of_vendor || name.starts_with("docker.io/opensuse/") {
        return Shell::Bash;
    }
    if is_official(&WITH_DASH) || says(&DEBIAN_TAGS) { Shell::Dash } else { Shell::Sh }
}

fn is_bash(short_name: &str) -> bool {
    WITH_BASH.contains(&short_name)
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_images_tell_the_user_they_start_as() {
        let rows = [
            ("scratch", BaseUser::RootSystem),
            ("debian:12", BaseUser::RootSystem),
            ("node:22-alpine", BaseUser::RootRuntime),
            ("docker.io/library/python", BaseUser::RootRuntime),
            ("gcr.io/distroless/static:nonroot", BaseUser::NonRoot),
            ("gcr.io/distroless/static", BaseUser::RootRuntime),
            ("gcr.io/distroless/base-debian12:debug-nonroot", BaseUser::NonRoot),
            ("mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled", BaseUser::NonRoot),
            ("mcr.microsoft.com/dotnet/aspnet:8.0", BaseUser::RootRuntime),
            ("golang:1.24-nanoserver", BaseUser::Unknown),
            ("cgr.dev/chainguard/node", BaseUser::Unknown),
            ("example.com/own:1", BaseUser::Unknown),
        ];
        for (image, user) in rows {
            assert_eq!(base_user(image), user, "{image}");
        }
    }

    #[test]
    fn the_shell_of_an_image_is_that_of_its_system() {
        let rows = [
            ("debian:12", Shell::Dash),
            ("python:3.13-slim", Shell::Dash),
            ("node:22-alpine3.20", Shell::Ash),
            ("alpine", Shell::Ash),
            ("example.com/team/app:1.2-alpine", Shell::Ash),
            ("nvidia/cuda:12.4.1-devel-ubuntu22.04", Shell::Dash),
            ("mcr.microsoft.com/dotnet/sdk:8.0-jammy", Shell::Dash),
            ("fedora:41", Shell::Bash),
            ("registry.access.redhat.com/ubi9/ubi-minimal:9.4", Shell::Bash),
            ("quay.io/centos/centos:stream9", Shell::Bash),
            ("eclipse-temurin:21-ubi9-minimal", Shell::Bash),
            ("golang:1.23-windowsservercore", Shell::Sh),
            ("example.com/team/app:1", Shell::Sh),
            ("example.com/python:3", Shell::Sh),
        ];
        for (image, shell) in rows {
            assert_eq!(system_shell(image), shell, "{image}");
        }
    }
}
