//! The one rule for e-mail addresses, and their one canonical form.
//!
//! An address is valid if the HTML Living Standard calls it a [valid e-mail
//! address] and it fits SMTP (RFC 5321 §4.5.3.1: 64 bytes before the `@`, 254
//! in all) with a domain that has a dot. That is what `<input type=email>`
//! checks, and it is ASCII by definition: browsers turn an international
//! domain into its `xn--` form, so no two accounts can look alike.
//!
//! The canonical form is what Auth0 stores: without the white space and the
//! invisible characters that pasting adds around it, and in lower case.
//!
//! [valid e-mail address]: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address

/// Bytes before the `@` (RFC 5321 §4.5.3.1.1).
pub const MAX_LOCAL_PART: usize = 64;
/// Bytes in all (RFC 5321 §4.5.3.1.3, less the angle brackets).
pub const MAX_LENGTH: usize = 254;
/// Bytes in one label of the domain (RFC 1035 §2.3.4).
const MAX_LABEL: usize = 63;

/// The canonical form of an address, or `None` if it is not a valid one.
pub fn canonical(typed: &str) -> Option<String> {
    let address = typed.trim_matches(is_noise);
    is_valid(address).then(|| address.to_ascii_lowercase())
}

/// What somebody signs in with, as it is compared: an address in its canonical
/// form, and anything else without the noise around it.
pub fn identifier(typed: &str) -> String {
    canonical(typed).unwrap_or_else(|| typed.trim_matches(is_noise).to_owned())
}

fn is_valid(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else {
        return false;
    };
    address.len() <= MAX_LENGTH
        && !local.is_empty()
        && local.len() <= MAX_LOCAL_PART
        && local.bytes().all(is_atext_or_dot)
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// White space and the invisible characters that come with copy and paste.
pub(crate) fn is_noise(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_atext_or_dot(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_label(label: &str) -> bool {
    (1..=MAX_LABEL).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn white_space_and_case_are_not_the_persons_problem() {
        assert_eq!(
            canonical(" \u{200b}Ada@Example.COM\u{feff}\n").as_deref(),
            Some("ada@example.com")
        );
    }

    #[test]
    fn unusual_but_valid_addresses_pass() {
        for address in [
            "o'brien+news@example.co.uk",
            "a@b.co",
            "_______@example.com",
            "x@xn--bcher-kva.example",
        ] {
            assert_eq!(canonical(address).as_deref(), Some(address));
        }
    }

    #[test]
    fn what_cannot_be_mailed_is_refused() {
        let long_local = format!("{}@example.com", "a".repeat(65));
        let long_domain = format!("a@{}.com", "b".repeat(260));
        for address in [
            "",
            "@",
            "a@",
            "@b.co",
            "a@b",
            "a b@c.de",
            "a@b..co",
            "a@-b.co",
            "a@b.co-",
            "a@b@c.de",
            "a@b.co\r\nbcc: x@y.z",
            "<a@b.co>",
            "日本@example.com",
            &long_local,
            &long_domain,
        ] {
            assert_eq!(canonical(address), None, "{address:?}");
        }
    }
}
