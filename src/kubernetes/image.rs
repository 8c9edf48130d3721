//! Image references: registry, repository, tag and digest.
//!
//! The grammar is that of the distribution project's `reference` package: a registry is the part before the first `/`
//! that holds a `.` or a `:`, or is `localhost`; a tag follows the last `:` after the last `/`.

/// A reference, cut into its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRef<'t> {
    text: &'t str,
    /// `registry.example.com:5000`, if written.
    pub registry: Option<&'t str>,
    /// The path without registry, tag and digest: `library/nginx`, `nginx`.
    pub repository: &'t str,
    /// The tag, if written.
    pub tag: Option<&'t str>,
    /// The digest, if written: `sha256:...`.
    pub digest: Option<&'t str>,
}

impl<'t> ImageRef<'t> {
    /// Reads a reference. `None` where the text is empty, or holds what only a template or a variable would put there:
    /// such a reference is unknown.
    pub fn parse(text: &'t str) -> Option<Self> {
        let unknown = text.contains(['$', '{', '}', '<', '>', '%']) || text.contains(char::is_whitespace);
        if text.is_empty() || unknown {
            return None;
        }
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest)),
            None => (text, None),
        };
        let last = name.rfind('/').map_or(0, |slash| slash + 1);
        let (name, tag) = match name[last..].split_once(':') {
            Some((base, tag)) => (&name[..last + base.len()], Some(tag)),
            None => (name, None),
        };
        let (registry, repository) = match name.split_once('/') {
            Some((host, rest)) if host.contains(['.', ':']) || host == "localhost" => (Some(host), rest),
            _ => (None, name),
        };
        (!repository.is_empty()).then_some(Self { text, registry, repository, tag, digest })
    }

    /// Registry and repository as written: `nginx` of `nginx:1`.
    pub fn name(&self) -> &'t str {
        match self.registry {
            Some(registry) => &self.text[..registry.len() + 1 + self.repository.len()],
            None => self.repository,
        }
    }

    /// The last part of the repository: `nginx` of `docker.io/library/nginx:1`.
    pub fn short_name(&self) -> &'t str {
        self.repository.rsplit('/').next().unwrap_or(self.repository)
    }

    /// Registry and repository with the registry's defaults written out: `docker.io/library/nginx`.
    pub fn canonical_name(&self) -> String {
        let registry = match self.registry {
            None | Some("index.docker.io" | "registry-1.docker.io") => "docker.io",
            Some(registry) => registry,
        };
        match registry == "docker.io" && !self.repository.contains('/') {
            true => format!("docker.io/library/{}", self.repository),
            false => format!("{registry}/{}", self.repository),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_cut_as_a_registry_client_cuts_it() {
        type Row = (&'static str, Option<&'static str>, &'static str, Option<&'static str>, Option<&'static str>);
        let rows: [Row; 9] = [
            ("nginx", None, "nginx", None, None),
            ("nginx:1.27", None, "nginx", Some("1.27"), None),
            ("library/nginx", None, "library/nginx", None, None),
            ("registry:5000/img", Some("registry:5000"), "img", None, None),
            ("localhost/img:a", Some("localhost"), "img", Some("a"), None),
            ("ghcr.io/a/b:v1@sha256:abc", Some("ghcr.io"), "a/b", Some("v1"), Some("sha256:abc")),
            ("a/b@sha256:abc", None, "a/b", None, Some("sha256:abc")),
            ("reg.io:443/a/b/c:x", Some("reg.io:443"), "a/b/c", Some("x"), None),
            ("img:5000", None, "img", Some("5000"), None),
        ];
        for (text, registry, repository, tag, digest) in rows {
            let image = ImageRef::parse(text).expect(text);
            assert_eq!(
                (image.registry, image.repository, image.tag, image.digest),
                (registry, repository, tag, digest)
            );
        }
    }

    #[test]
    fn a_reference_with_a_placeholder_is_unknown() {
        for text in ["", "${IMAGE}", "nginx:$TAG", "{{ .Values.image }}", "<image>", "a b"] {
            assert_eq!(ImageRef::parse(text), None, "{text}");
        }
    }

    #[test]
    fn names_without_a_registry_are_those_of_docker_hub() {
        let name = |text| ImageRef::parse(text).map(|image| image.canonical_name());
        assert_eq!(name("nginx:1").as_deref(), Some("docker.io/library/nginx"));
        assert_eq!(name("a/b").as_deref(), Some("docker.io/a/b"));
        assert_eq!(name("ghcr.io/a").as_deref(), Some("ghcr.io/a"));
    }
}
