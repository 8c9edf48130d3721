//! What a secret looks like: by the name of a variable, and by the shape of its value.
//!
//! Shapes are those that the providers document for their tokens. A value that says it is none (`changeme`,
//! `<token>`, `AKIAIOSFODNN7EXAMPLE`) passes.

use std::sync::LazyLock;

use regex::Regex;

/// How surely a name is that of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Nothing says so.
    None,
    /// A word of it may mean a secret: `KEY`, `AUTH`.
    Vague,
    /// It can hardly be anything else: `DB_PASSWORD`, `NPM_TOKEN`.
    Clear,
}

/// Words that make a name that of something about a secret, or of something public.
const INNOCENT: [&str; 36] = [
    "FILE",
    "FILES",
    "PATH",
    "DIR",
    "URL",
    "URI",
    "NAME",
    "STORE",
    "ENDPOINT",
    "HOST",
    "PORT",
    "LENGTH",
    "TTL",
    "EXPIRY",
    "EXPIRATION",
    "EXPIRES",
    "TIMEOUT",
    "VERSION",
    "TYPE",
    "HEADER",
    "ENABLED",
    "REQUIRED",
    "ISSUER",
    "ALGORITHM",
    "PUBLIC",
    "ALLOW",
    "DISABLE",
    "ENABLE",
    "GPG",
    "PGP",
    "KEYSERVER",
    "FINGERPRINT",
    "EMPTY",
    "SALT",
    "LIMIT",
    "LIMITS",
];
const CLEAR_WORDS: [&str; 9] =
    ["PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "SECRETS", "TOKEN", "APIKEY", "CREDENTIALS", "PWD"];
const CLEAR_PAIRS: [(&str, &str); 7] = [
    ("API", "KEY"),
    ("ACCESS", "KEY"),
    ("PRIVATE", "KEY"),
    ("SECRET", "KEY"),
    ("CLIENT", "SECRET"),
    ("ENCRYPTION", "KEY"),
    ("SIGNING", "KEY"),
];
const VAGUE_WORDS: [&str; 8] = ["AUTH", "CREDENTIAL", "KEY", "PWORD", "PASS", "PSW", "USR", "CREDS"];

/// How surely `name`, a variable or a key, is that of a secret.
pub fn name_likeness(name: &str) -> Likeness {
    let upper = name.to_ascii_uppercase();
    let words: Vec<&str> = upper.split(['_', '-', '.']).filter(|word| !word.is_empty()).collect();
    // `PWD` and `OLDPWD` are the shell's.
    if words.iter().any(|word| INNOCENT.contains(word)) || matches!(upper.as_str(), "PWD" | "OLDPWD") {
        return Likeness::None;
    }
    let pair = |two: &[&str]| CLEAR_PAIRS.iter().any(|(first, second)| two == [*first, *second]);
    let joined = |word: &&str| ["PASSWORD", "PASSWD", "SECRETKEY", "APIKEY"].iter().any(|end| word.ends_with(end));
    if words.iter().any(|word| CLEAR_WORDS.contains(word)) || words.iter().any(joined) || words.windows(2).any(pair) {
        return Likeness::Clear;
    }
    if words.iter().any(|word| VAGUE_WORDS.contains(word)) { Likeness::Vague } else { Likeness::None }
}

/// Shapes of tokens, and whose they are.
static SHAPES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    const ROWS: [(&str, &str); 13] = [
        (r"\b(AKIA|ASIA)[0-9A-Z]{16}\b", "an AWS access key"),
        (r"\bgh[pousr]_[A-Za-z0-9]{36}", "a GitHub token"),
        (r"\bgithub_pat_[A-Za-z0-9_]{22,}", "a GitHub token"),
        (r"\bglpat-[A-Za-z0-9_-]{20}", "a GitLab token"),
        (r"\bxox[abprs]-[A-Za-z0-9-]{10,}", "a Slack token"),
        (r"\bAIza[0-9A-Za-z_-]{35}\b", "a Google API key"),
        (r"\bnpm_[A-Za-z0-9]{36}\b", "an npm token"),
        (r"\b[sr]k_live_[A-Za-z0-9]{20,}", "a Stripe key"),
        (r"\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}", "a SendGrid key"),
        (r"\bdckr_pat_[A-Za-z0-9_-]{20,}", "a Docker Hub token"),
        (r"\bpypi-[A-Za-z0-9_-]{50,}", "a PyPI token"),
        (r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}", "a signed JSON web token"),
        (r"-----BEGIN [A-Z ]*PRIVATE KEY-----", "a private key"),
    ];
    ROWS.iter().filter_map(|(pattern, what)| Some((Regex::new(pattern).ok()?, *what))).collect()
});

/// Whose token a value is by its shape: "a GitHub token".
pub fn token_of(value: &str) -> Option<&'static str> {
    if value.len() < 16 || is_placeholder(value) {
        return None;
    }
    SHAPES.iter().find(|(shape, _)| shape.is_match(value)).map(|(_, what)| *what)
}

/// Every token in `text` by its shape, with where it stands. A private key counts where its body stands below.
pub fn tokens_in(text: &str) -> Vec<(std::ops::Range<usize>, &'static str)> {
    let mut found = Vec::new();
    for (shape, what) in SHAPES.iter() {
        let tokens = shape.find_iter(text).filter(|token| !is_placeholder(token.as_str()));
        let whole = tokens.filter(|token| *what != "a private key" || has_key_body(&text[token.end()..]));
        found.extend(whole.map(|token| (token.range(), *what)));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether what follows the first line of a private key is a key, not dots or a comment.
fn has_key_body(after: &str) -> bool {
    let body = after.split("-----END").next().unwrap_or_default();
    let base64 = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=');
    let length = body.chars().take(8000).filter(base64).count();
    length >= 100 && !body.contains("...") && !body.contains(['<', '{'])
}

/// The bytes that base64 stands for, line breaks left out; `None` where it is none.
pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    Some(bytes)
}

/// Whether a value only stands where a secret will be, or is none by its form: empty, a switch, a path, a variable.
pub fn is_placeholder(value: &str) -> bool {
    const WORDS: [&str; 14] = [
        "changeme",
        "change-me",
        "change_me",
        "example",
        "placeholder",
        "your-",
        "your_",
        "xxxx",
        "todo",
        "dummy",
        "insert",
        "replace",
        "redacted",
        "***",
    ];
    let lower = value.trim().to_ascii_lowercase();
    let switch =
        matches!(lower.as_str(), "" | "true" | "false" | "yes" | "no" | "on" | "off" | "none" | "null" | "0" | "1");
    let path =
        lower.starts_with(['/', '~']) || lower.starts_with("./") || lower.contains("://") && !lower.contains('@');
    let bracketed = lower.starts_with(['<', '[', '{']) && lower.ends_with(['>', ']', '}']);
    switch || path || bracketed || WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_secrets_from_what_is_about_them() {
        let rows = [
            ("DB_PASSWORD", Likeness::Clear),
            ("mysql-root-password", Likeness::Clear),
            ("PGPASSWORD", Likeness::Clear),
            ("NPM_TOKEN", Likeness::Clear),
            ("AWS_SECRET_ACCESS_KEY", Likeness::Clear),
            ("API_KEY", Likeness::Clear),
            ("GPG_KEY", Likeness::None),
            ("PASSWORD_FILE", Likeness::None),
            ("MYSQL_ALLOW_EMPTY_PASSWORD", Likeness::None),
            ("TOKENIZER", Likeness::None),
            ("KEYCLOAK_VERSION", Likeness::None),
            ("APP_KEY", Likeness::Vague),
            ("BASIC_AUTH", Likeness::Vague),
            ("PWD", Likeness::None),
        ];
        for (name, likeness) in rows {
            assert_eq!(name_likeness(name), likeness, "{name}");
        }
    }

    #[test]
    fn tokens_are_found_within_a_text_and_a_key_needs_its_body() {
        let text = format!("a: 1\nb: ghp_{}\n", "a1".repeat(18));
        assert_eq!(tokens_in(&text), [(8..48, "a GitHub token")]);
        let head = "-----BEGIN RSA PRIVATE KEY-----";
        assert_eq!(tokens_in(&format!("{head}\n...\n-----END RSA PRIVATE KEY-----")), []);
        assert_eq!(tokens_in(&format!("{head}\n{}", "Ab1+".repeat(40))), [(0..31, "a private key")]);
    }

    #[test]
    fn base64_is_decoded() {
        assert_eq!(decode_base64("aGVs\nbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(decode_base64("a b-c"), None);
    }

    #[test]
    fn a_token_is_known_by_its_shape_and_an_example_passes() {
        assert_eq!(token_of(&format!("ghp_{}", "a1".repeat(18))), Some("a GitHub token"));
        assert_eq!(token_of("AKIAIOSFODNN7EXAMPLE"), None);
        assert_eq!(token_of("correct horse battery staple"), None);
    }
}
