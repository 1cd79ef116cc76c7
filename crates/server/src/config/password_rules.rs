//! What the server alone asks of a new password, beside the policy that the
//! box shows too: nothing that everybody tries first, nothing about the person,
//! none of their last ones. The names are Auth0's.

use std::collections::HashSet;

use latchlet_core::config::{Code, Reader};

/// The options, for the reader of the connection.
pub(super) const NAMES: [&str; 3] = [
    "password_dictionary",
    "password_history",
    "password_no_personal_info",
];

/// The most former passwords that Auth0 compares with, and how many it does
/// unless it is told.
const MAX_HISTORY: u32 = 24;
const DEFAULT_HISTORY: u32 = 5;
/// The most entries of an own dictionary, and characters of each; Auth0's.
const MAX_DICTIONARY: usize = 200;
const MAX_WORD: usize = 50;

/// What the server alone asks of a new password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordRules {
    /// Whether it must not be one of the most common ones.
    pub dictionary: bool,
    /// Further passwords that nobody may have, in lower case.
    pub own_dictionary: HashSet<String>,
    /// Whether it must not contain what is known of the person and the site.
    pub no_personal_info: bool,
    /// How many of the person's last passwords it must not be.
    pub history: u32,
}

impl Default for PasswordRules {
    fn default() -> Self {
        Self {
            dictionary: true,
            own_dictionary: HashSet::new(),
            no_personal_info: true,
            history: 0,
        }
    }
}

impl PasswordRules {
    /// Reads the three options. The first two are on unless they are switched
    /// off, the history is off unless it is switched on.
    pub(super) fn read(own: &mut Reader<'_>) -> Self {
        let mut rules = Self::default();
        if let Some(mut options) = own.object("password_dictionary") {
            options.allow(&["dictionary", "enable"]);
            rules.dictionary = options.bool("enable").unwrap_or(true);
            rules.own_dictionary = read_dictionary(&mut options);
        }
        if let Some(mut options) = own.object("password_no_personal_info") {
            options.allow(&["enable"]);
            rules.no_personal_info = options.bool("enable").unwrap_or(true);
        }
        if let Some(mut options) = own.object("password_history") {
            options.allow(&["enable", "size"]);
            let size = options.whole_number("size", MAX_HISTORY);
            if size == Some(0) {
                let message = "give at least 1, or `enable: false`";
                options.problem("size", Code::InvalidValue, message);
            }
            if options.bool("enable").unwrap_or(false) {
                rules.history = size.unwrap_or(DEFAULT_HISTORY);
            }
        }
        rules
    }
}

fn read_dictionary(options: &mut Reader<'_>) -> HashSet<String> {
    let mut words = HashSet::new();
    for (_, item) in options.list("dictionary").unwrap_or_default() {
        match item.as_text() {
            Some(word) if word.chars().count() <= MAX_WORD => {
                words.insert(word.to_lowercase());
            }
            _ => {
                let message = "every entry must be a string of 50 characters at most";
                options.problem("dictionary", Code::InvalidValue, message);
            }
        }
    }
    if words.len() > MAX_DICTIONARY {
        let message = "there may be 200 entries at most";
        options.problem("dictionary", Code::InvalidValue, message);
    }
    words
}
