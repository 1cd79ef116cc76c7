//! The one canonical form of a code that was sent to somebody.

use crate::decimal::ascii_digit;
use crate::email::is_noise;

/// The digits of a code (Auth0's one-time passwords).
pub const DIGITS: usize = 6;

/// The six digits, without the spaces and dashes that mails and people put
/// between them.
pub fn canonical(typed: &str) -> Option<String> {
    let mut code = String::new();
    for c in typed.chars() {
        match ascii_digit(c) {
            Some(digit) => code.push(char::from(b'0' + digit)),
            None if c == '-' || is_noise(c) => {}
            None => return None,
        }
    }
    (code.len() == DIGITS).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn separators_are_no_part_of_a_code() {
        assert_eq!(canonical(" 123-456\u{200b}").as_deref(), Some("123456"));
        assert_eq!(canonical("١٢٣ ٤٥٦").as_deref(), Some("123456"));
        assert_eq!(canonical("12345"), None);
        assert_eq!(canonical("12345a"), None);
    }
}
