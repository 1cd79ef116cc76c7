//! Password policies: Auth0's five by name, its flexible one, and ours.
//!
//! A policy is a list of rules, each of which can be explained to a person
//! while they type. A password is never trimmed, normalised or cut: what was
//! typed is what is hashed. Lengths count Unicode code points (NIST SP
//! 800-63B-4).

use crate::gather::Gather;

/// The most bytes of a password, which keeps a hash from being made to wait on
/// megabytes. It is far above the 64 characters that NIST asks to be taken.
pub const MAX_BYTES: usize = 4096;

/// A list of rules that a new password must meet.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordPolicy {
    /// The rules, in the order in which they are shown.
    pub rules: Vec<PasswordRule>,
}

/// One rule. The names are those of Auth0's rules tree.
#[derive(Clone, Debug, PartialEq)]
pub enum PasswordRule {
    /// At least so many characters (`lengthAtLeast`; `nonEmpty` for one).
    LengthAtLeast(u32),
    /// Every one of these types (`shouldContain`).
    ShouldContain(Vec<CharacterType>),
    /// So many of these types (`containsAtLeast`).
    ContainsAtLeast(u32, Vec<CharacterType>),
    /// At most so many of the same character in a row (`identicalChars`).
    IdenticalChars(u32),
    /// At most so many ASCII letters or digits in a row, each of which follows
    /// the one before it up or down (`sequentialChars`).
    SequentialChars(u32),
    /// At most so many bytes of UTF-8 (`maxLength`).
    MaxLength(u32),
}

/// A type of character that a policy can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterType {
    /// `a` to `z`
    LowerCase,
    /// `A` to `Z`
    UpperCase,
    /// `0` to `9`
    Numbers,
    /// What OWASP lists as special characters, the space among them.
    SpecialCharacters,
}

/// Every type, in the order in which they are shown.
pub const ALL_TYPES: [CharacterType; 4] = [
    CharacterType::LowerCase,
    CharacterType::UpperCase,
    CharacterType::Numbers,
    CharacterType::SpecialCharacters,
];

/// What a policy says of one password: each rule with its verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct PasswordReport {
    /// A verdict for each rule of the policy, in its order.
    pub rules: Vec<RuleVerdict>,
}

/// Whether one rule is met, and which of the types it names were found.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleVerdict {
    /// The rule.
    pub rule: PasswordRule,
    /// Whether the password meets it.
    pub verified: bool,
    /// For rules that name character types: each type, and whether it was found.
    pub items: Vec<(CharacterType, bool)>,
}

impl PasswordReport {
    /// Whether every rule is met.
    pub fn verified(&self) -> bool {
        self.rules.iter().all(|verdict| verdict.verified)
    }
}

impl Default for PasswordPolicy {
    /// At least 15 characters and no rule of composition: what NIST SP
    /// 800-63B-4 asks of a password that is the only factor.
    fn default() -> Self {
        Self::of_length(15)
    }
}

impl PasswordPolicy {
    /// The names of Auth0's policies, weakest first.
    pub const NAMES: [&'static str; 5] = ["none", "low", "fair", "good", "excellent"];

    /// A policy that asks for length alone.
    pub fn of_length(min: u32) -> Self {
        Self {
            rules: vec![PasswordRule::LengthAtLeast(min)],
        }
    }

    /// One of Auth0's policies by its name.
    pub fn named(name: &str) -> Option<Self> {
        use PasswordRule::{ContainsAtLeast, IdenticalChars, LengthAtLeast, ShouldContain};
        let rules = match name {
            "none" => vec![LengthAtLeast(1)],
            "low" => vec![LengthAtLeast(6)],
            "fair" => vec![LengthAtLeast(8), ShouldContain(ALL_TYPES[..3].to_vec())],
            "good" => vec![LengthAtLeast(8), ContainsAtLeast(3, ALL_TYPES.to_vec())],
            "excellent" => vec![
                LengthAtLeast(10),
                ContainsAtLeast(3, ALL_TYPES.to_vec()),
                IdenticalChars(2),
            ],
            _ => return None,
        };
        Some(Self { rules })
    }

    /// The same policy with another minimum length, as
    /// `password_complexity_options.min_length` sets it.
    #[must_use]
    pub fn with_min_length(mut self, min: u32) -> Self {
        for rule in &mut self.rules {
            if let PasswordRule::LengthAtLeast(length) = rule {
                *length = min;
            }
        }
        self
    }

    /// What the policy says of a password.
    pub fn check(&self, password: &str) -> PasswordReport {
        PasswordReport {
            rules: self.rules.iter().map(|rule| rule.check(password)).gather(),
        }
    }
}

impl PasswordRule {
    fn check(&self, password: &str) -> RuleVerdict {
        let mut items = Vec::new();
        let verified = match self {
            Self::LengthAtLeast(min) => password.chars().count() >= *min as usize,
            Self::ShouldContain(types) => {
                items = found(types, password);
                items.iter().all(|(_, found)| *found)
            }
            Self::ContainsAtLeast(count, types) => {
                items = found(types, password);
                items.iter().filter(|(_, found)| *found).count() >= *count as usize
            }
            // An empty password has not met what it could still break.
            _ if password.is_empty() => false,
            Self::IdenticalChars(max) => longest_run(password) <= *max,
            Self::SequentialChars(max) => longest_sequence(password) <= *max,
            Self::MaxLength(max) => password.len() <= *max as usize,
        };
        RuleVerdict {
            rule: self.clone(),
            verified,
            items,
        }
    }
}

impl CharacterType {
    /// Whether a character is of this type.
    pub fn contains(self, c: char) -> bool {
        match self {
            Self::LowerCase => c.is_ascii_lowercase(),
            Self::UpperCase => c.is_ascii_uppercase(),
            Self::Numbers => c.is_ascii_digit(),
            Self::SpecialCharacters => c == ' ' || c.is_ascii_punctuation(),
        }
    }
}

fn found(types: &[CharacterType], password: &str) -> Vec<(CharacterType, bool)> {
    types
        .iter()
        .map(|kind| (*kind, password.chars().any(|c| kind.contains(c))))
        .gather()
}

fn longest_run(password: &str) -> u32 {
    let (mut longest, mut run, mut previous) = (0, 0, None);
    for c in password.chars() {
        run = if previous == Some(c) { run + 1 } else { 1 };
        longest = longest.max(run);
        previous = Some(c);
    }
    longest
}

/// The longest row of letters or digits that only goes up, or only down.
fn longest_sequence(password: &str) -> u32 {
    let (mut longest, mut run, mut direction) = (0, 0, 0);
    let mut previous: Option<char> = None;
    for c in password.chars() {
        let both = previous.filter(|it| it.is_ascii_alphanumeric() && c.is_ascii_alphanumeric());
        let step = both.map_or(0, |it| c as i32 - it as i32);
        run = match step {
            1 | -1 if step == direction => run + 1,
            1 | -1 => 2,
            _ => 1,
        };
        direction = step;
        longest = longest.max(run);
        previous = Some(c);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::{PasswordPolicy, PasswordRule};

    fn accepts(policy: &str, password: &str) -> bool {
        PasswordPolicy::named(policy)
            .unwrap()
            .check(password)
            .verified()
    }

    #[test]
    fn the_five_policies_of_auth0() {
        assert!(!accepts("none", "") && accepts("none", "a"));
        assert!(!accepts("low", "12345") && accepts("low", "123456"));
        assert!(!accepts("fair", "abcdefg1") && accepts("fair", "Abcdefg1"));
        assert!(!accepts("good", "abcdefg1") && accepts("good", "abcdef 1"));
        assert!(!accepts("excellent", "Abcdefgh111") && accepts("excellent", "Abcdefgh11"));
    }

    #[test]
    fn ours_asks_for_length_and_counts_code_points() {
        let ours = PasswordPolicy::default();
        assert!(!ours.check(&"🦀".repeat(14)).verified());
        assert!(ours.check(&"🦀".repeat(15)).verified());
        assert!(ours.check(&"🦀 ".repeat(200)).verified());
    }

    #[test]
    fn a_report_says_which_types_were_found() {
        let report = PasswordPolicy::named("good").unwrap().check("ab1");
        let found: Vec<bool> = report.rules[1].items.iter().map(|item| item.1).collect();
        assert_eq!(found, [true, false, true, false]);
        assert!(!report.verified());
    }

    #[test]
    fn rows_that_go_up_or_down() {
        let rule = PasswordRule::SequentialChars(2);
        let accepts = |password| rule.check(password).verified;
        for password in ["abc", "x321", "CBA", "ab12321", "é789", "zyx"] {
            assert!(!accepts(password), "{password}");
        }
        for password in ["ab", "aab", "aba", "ab-c", "89:;", "YZa", "日本語"] {
            assert!(accepts(password), "{password}");
        }
    }

    #[test]
    fn a_length_in_bytes() {
        let rule = PasswordRule::MaxLength(72);
        assert!(rule.check(&"x".repeat(72)).verified);
        assert!(!rule.check(&"x".repeat(73)).verified);
        assert!(rule.check(&"🦀".repeat(18)).verified);
        assert!(!rule.check(&"🦀".repeat(19)).verified);
    }

    #[test]
    fn nothing_is_met_by_no_password() {
        let policy = PasswordPolicy {
            rules: vec![
                PasswordRule::IdenticalChars(2),
                PasswordRule::SequentialChars(2),
                PasswordRule::MaxLength(72),
            ],
        };
        assert!(policy.check("").rules.iter().all(|rule| !rule.verified));
        assert!(policy.check("a").verified());
    }
}
