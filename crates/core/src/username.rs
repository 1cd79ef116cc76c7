//! User names, by the rules of an Auth0 database connection.

use crate::email;

/// How long a user name may be. Auth0's own default is 1 to 15, at most 128.
#[derive(Clone, Debug, PartialEq)]
pub struct UsernameRules {
    /// The fewest characters.
    pub min: u32,
    /// The most characters.
    pub max: u32,
}

/// The longest user name that a connection can be set to allow.
pub const MAX_LENGTH: u32 = 128;

impl Default for UsernameRules {
    fn default() -> Self {
        Self { min: 1, max: 15 }
    }
}

/// Why a user name is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UsernameProblem {
    /// Fewer characters than the connection wants.
    TooShort,
    /// More characters than the connection allows.
    TooLong,
    /// A character outside letters, digits and ``_+-.!#$^`~@'``.
    Character,
    /// It reads as an e-mail address, so that sign-in could not tell them apart.
    LooksLikeEmail,
}

impl UsernameRules {
    /// The canonical form, in which names are compared and stored: without
    /// white space around it and in lower case.
    pub fn canonical(&self, typed: &str) -> Result<String, UsernameProblem> {
        let name = typed.trim_matches(email::is_noise);
        // Only ASCII passes, so that bytes are characters.
        if !name.bytes().all(is_allowed) {
            return Err(UsernameProblem::Character);
        }
        if name.len() < self.min as usize {
            return Err(UsernameProblem::TooShort);
        }
        if name.len() > self.max as usize {
            return Err(UsernameProblem::TooLong);
        }
        if email::canonical(name).is_some() {
            return Err(UsernameProblem::LooksLikeEmail);
        }
        Ok(name.to_ascii_lowercase())
    }
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_+-.!#$^`~@'".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{UsernameProblem, UsernameRules};

    #[test]
    fn names_are_compared_in_lower_case() {
        assert_eq!(
            UsernameRules::default().canonical(" Ada.L "),
            Ok("ada.l".to_owned())
        );
    }

    #[test]
    fn each_rule_has_its_own_answer() {
        let rules = UsernameRules { min: 3, max: 10 };
        let canonical = |name| rules.canonical(name).unwrap_err();
        assert_eq!(canonical("ab"), UsernameProblem::TooShort);
        assert_eq!(canonical("abcdefghijk"), UsernameProblem::TooLong);
        assert_eq!(canonical("ada lace"), UsernameProblem::Character);
        assert_eq!(canonical("zoë"), UsernameProblem::Character);
        assert_eq!(canonical("a@b.co"), UsernameProblem::LooksLikeEmail);
    }
}
