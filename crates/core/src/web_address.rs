//! Web addresses that people type: `example.com` is one.

use crate::email::is_noise;

/// Whether a text is a web address: an optional `http://` or `https://`, a
/// host with a dot in it, then anything without spaces.
///
/// It is stored as typed;
/// whoever makes a link of it puts `https://` before one without a scheme.
pub fn is_valid(typed: &str) -> bool {
    let address = typed.trim_matches(is_noise);
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| {
            let start = address.get(..scheme.len())?;
            let is_it = start.eq_ignore_ascii_case(scheme);
            address.get(scheme.len()..).filter(|_| is_it)
        })
        .unwrap_or(address);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            // International names are taken as they are written (RFC 5890).
            && label.chars().all(|c| !c.is_ascii() || c.is_ascii_alphanumeric() || c == '-')
    };
    name.contains('.')
        && name.split('.').all(label)
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn a_scheme_is_not_asked_for() {
        for typed in [
            "example.com",
            "https://example.com/a?b#c",
            "HTTP://bücher.example",
            " example.com:8080/x ",
        ] {
            assert!(is_valid(typed), "{typed}");
        }
        for typed in [
            "example",
            "mailto:me@example.com",
            "ftp://example.com",
            "a b.com",
            "https://",
            "-a.com",
            "a..b",
            "me@example.com",
        ] {
            assert!(!is_valid(typed), "{typed}");
        }
    }
}
