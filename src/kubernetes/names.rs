//! The grammars of names: labels, ports, as `k8s.io/apimachinery/pkg/util/validation` checks them.

/// What is wrong with the value of a label, if anything.
pub fn label_value_fault(value: &str) -> Option<String> {
    match value.len() {
        0 => None,
        length if length > 63 => Some(format!("it has {length} characters, at most 63 are allowed")),
        _ => qualified_fault(value),
    }
}

/// What is wrong with the key of a label, if anything.
pub fn label_key_fault(key: &str) -> Option<String> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    if name.is_empty() {
        return Some("its name is empty".to_owned());
    }
    if name.len() > 63 {
        return Some(format!("its name has {} characters, at most 63 are allowed", name.len()));
    }
    if let Some(prefix) = prefix.filter(|prefix| !is_subdomain(prefix)) {
        return Some(format!("`{prefix}` is not a domain name"));
    }
    qualified_fault(name)
}

fn qualified_fault(text: &str) -> Option<String> {
    let wrong = text.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | '.'));
    if let Some(wrong) = wrong {
        let shown = if wrong == ' ' { "a blank".to_owned() } else { format!("`{}`", wrong.escape_default()) };
        return Some(format!("{shown} is not allowed in it"));
    }
    let edge = |c: Option<char>| c.is_some_and(|c| !c.is_ascii_alphanumeric());
    (edge(text.chars().next()) || edge(text.chars().last()))
        .then(|| "it must begin and end with a letter or a digit".to_owned())
}

fn is_subdomain(text: &str) -> bool {
    let label = |part: &str| {
        let inner = part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        inner && !part.is_empty() && !part.starts_with('-') && !part.ends_with('-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

/// What is wrong with the name of a port, if anything.
pub fn port_name_fault(name: &str) -> Option<&'static str> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if name.len() > 15 {
        Some("it has more than 15 characters")
    } else if !name.bytes().all(fits) {
        Some("only small letters, digits and `-` are allowed")
    } else if !name.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Some("it has no letter")
    } else if name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        Some("a `-` must stand between letters or digits")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_judged_as_the_api_judges_them() {
        for good in ["", "a", "1.2.3", "A_b-c", &"x".repeat(63)] {
            assert_eq!(label_value_fault(good), None, "{good}");
        }
        for bad in ["a b", "-a", "a.", "a/b", "ü", &"x".repeat(64)] {
            assert!(label_value_fault(bad).is_some(), "{bad}");
        }
        for good in ["app", "app.kubernetes.io/name", "example.com/App_1"] {
            assert_eq!(label_key_fault(good), None, "{good}");
        }
        for bad in ["", "Example.com/app", "a/b/c", "a b", "/app"] {
            assert!(label_key_fault(bad).is_some(), "{bad}");
        }
        for good in ["http", "h2c-1", "a"] {
            assert_eq!(port_name_fault(good), None, "{good}");
        }
        for bad in ["8080", "HTTP", "a--b", "-a", "a-", "sixteen-letters-", "a_b"] {
            assert!(port_name_fault(bad).is_some(), "{bad}");
        }
    }
}
