//! The password policy of a connection: one of Auth0's by its name, or its
//! flexible one, `password_options.complexity`, rule by rule.

use crate::gather::Gather;
use crate::password::{ALL_TYPES, CharacterType, PasswordPolicy, PasswordRule};

use super::problem::{Code, Problem};
use super::read::Reader;
use super::spec::{
    ALLOW_OR_BLOCK, CHARACTER_TYPES, COMPLEXITY, PASSWORD_LENGTH, PASSWORD_OPTIONS, TOO_LONG,
    TYPE_RULES,
};

/// The longest minimum length that Auth0 takes, and the most bytes that its
/// `max_length_exceeded` allows.
const MAX_LENGTH: u32 = 72;
/// What `block` leaves of characters in a row.
const IN_A_ROW: u32 = 2;

/// What is meant by each of [`CHARACTER_TYPES`].
const TYPES: [CharacterType; 4] = [
    CharacterType::LowerCase,
    CharacterType::UpperCase,
    CharacterType::Numbers,
    CharacterType::SpecialCharacters,
];

/// Reads the policy, whichever way it is written.
pub(super) fn read_policy(reader: &mut Reader<'_>) -> PasswordPolicy {
    if reader.get("password_options").is_some() {
        for name in ["passwordPolicy", "password_complexity_options"] {
            if reader.get(name).is_some() {
                let message = "`password_options` is a whole policy: leave one of the two out";
                reader.problem(name, Code::InvalidValue, message);
            }
        }
        return read_flexible(reader);
    }
    let mut policy = PasswordPolicy::default();
    if let Some(name) = reader.text("passwordPolicy") {
        match PasswordPolicy::named(&name) {
            Some(named) => policy = named,
            None => reader.one_of("passwordPolicy", &name, &PasswordPolicy::NAMES),
        }
    }
    if let Some(mut options) = reader.object("password_complexity_options") {
        options.allow(PASSWORD_LENGTH.names);
        if let Some(min) = read_min_length(&mut options) {
            policy = policy.with_min_length(min);
        }
    }
    policy
}

/// Without a minimum length the one of our own policy holds.
fn read_flexible(reader: &mut Reader<'_>) -> PasswordPolicy {
    let mut policy = PasswordPolicy::default();
    let Some(mut options) = reader.object("password_options") else {
        return policy;
    };
    options.allow(PASSWORD_OPTIONS.names);
    let Some(mut complexity) = options.object("complexity") else {
        return policy;
    };
    complexity.allow(COMPLEXITY.names);
    if let Some(min) = read_min_length(&mut complexity) {
        policy = policy.with_min_length(min);
    }
    policy.rules.extend(read_types(&mut complexity));
    if choice(&mut complexity, "identical_characters", &ALLOW_OR_BLOCK) == Some("block") {
        policy.rules.push(PasswordRule::IdenticalChars(IN_A_ROW));
    }
    if choice(&mut complexity, "sequential_characters", &ALLOW_OR_BLOCK) == Some("block") {
        policy.rules.push(PasswordRule::SequentialChars(IN_A_ROW));
    }
    match choice(&mut complexity, "max_length_exceeded", &TOO_LONG) {
        Some("error") => policy.rules.push(PasswordRule::MaxLength(MAX_LENGTH)),
        Some(_) => complexity.problem(
            "max_length_exceeded",
            Code::InvalidValue,
            "a password that is cut is not the one that was typed, so none is: give `error`, \
             or leave this out",
        ),
        None => {}
    }
    policy
}

fn read_min_length(options: &mut Reader<'_>) -> Option<u32> {
    let min = options.whole_number("min_length", MAX_LENGTH)?;
    if min == 0 {
        let message = "a password cannot be empty: give at least 1";
        options.problem("min_length", Code::InvalidValue, message);
        return None;
    }
    Some(min)
}

/// The rule on types of characters, if there is one.
fn read_types(complexity: &mut Reader<'_>) -> Option<PasswordRule> {
    let rule = choice(complexity, "character_type_rule", &TYPE_RULES);
    let mut wanted = Vec::new();
    for (place, item) in complexity.list("character_types").unwrap_or_default() {
        let mut types = CHARACTER_TYPES.iter().zip(TYPES);
        match types.find(|(name, _)| item.as_text() == Some(name)) {
            Some((_, kind)) => wanted.push(kind),
            None => {
                let found = item.as_text().unwrap_or_default();
                let problem = Problem::none_of(place, found, CHARACTER_TYPES);
                complexity.problems().push(problem);
            }
        }
    }
    let types: Vec<CharacterType> = ALL_TYPES
        .into_iter()
        .filter(|kind| wanted.contains(kind))
        .gather();
    match (rule, types.len()) {
        (Some("three_of_four"), 4) => Some(PasswordRule::ContainsAtLeast(3, types)),
        (Some("three_of_four"), _) => {
            let message = "three of four needs all four in `character_types`";
            complexity.problem("character_type_rule", Code::InvalidValue, message);
            None
        }
        (_, 0) => None,
        _ => Some(PasswordRule::ShouldContain(types)),
    }
}

/// One of some texts.
fn choice(reader: &mut Reader<'_>, name: &str, possible: &[&'static str]) -> Option<&'static str> {
    let text = reader.text(name)?;
    let found = possible.iter().copied().find(|possible| *possible == text);
    if found.is_none() {
        reader.one_of(name, &text, possible);
    }
    found
}
