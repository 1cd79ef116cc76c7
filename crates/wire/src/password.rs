//! How a password policy is told: the tree of rules that comes with
//! `invalid_password`, and the same in words.
//!
//! The messages are keys of the contract as much as text: Auth0's own clients
//! look their translations up by them.

use latchlet_core::password::{CharacterType, PasswordReport, PasswordRule, RuleVerdict};
use latchlet_core::{Message, Object, Value, Violation};

use crate::error::{ApiError, FieldError, code};

/// The refusal of a password that breaks the policy.
pub fn too_weak(report: &PasswordReport) -> ApiError {
    ApiError {
        name: Some("PasswordStrengthError".to_owned()),
        message: Some("Password is too weak".to_owned()),
        policy: Some(policy_text(report)),
        ..ApiError::new(400, code::INVALID_PASSWORD, rules_tree(report))
    }
}

/// The refusal of a password that is too long to be hashed. No policy of the
/// contract says so, hence the entry in `errors`, which is ours.
pub fn too_long() -> ApiError {
    let message = Message::PasswordTooLong.english().to_owned();
    ApiError {
        name: Some("BadRequestError".to_owned()),
        errors: vec![FieldError {
            path: "/password".to_owned(),
            code: Violation::PasswordTooLong.code().to_owned(),
            message: message.clone(),
        }],
        ..ApiError::new(400, code::INVALID_PASSWORD, message)
    }
}

/// The refusal of a password that everybody tries first.
pub fn too_common() -> ApiError {
    refusal("PasswordDictionaryError", "Password is too common")
}

/// The refusal of a password with the person's or the site's name in it.
pub fn has_user_info() -> ApiError {
    refusal(
        "PasswordNoUserInfoError",
        "Password contains user information",
    )
}

/// The refusal of a password that is one of the person's last ones.
pub fn reused(history: u32) -> ApiError {
    let text = match history {
        1 => "You may not use your last password again.".to_owned(),
        _ => {
            let number = history.to_string();
            ["You may not reuse any of the last ", &number, " passwords."].concat()
        }
    };
    ApiError {
        description: text.into(),
        ..refusal("PasswordHistoryError", "Password has previously been used")
    }
}

fn refusal(name: &str, message: &str) -> ApiError {
    ApiError {
        name: Some(name.to_owned()),
        message: Some(message.to_owned()),
        ..ApiError::new(400, code::INVALID_PASSWORD, message)
    }
}

/// Every rule with its verdict.
pub fn rules_tree(report: &PasswordReport) -> Value {
    let rules: Vec<Value> = report.rules.iter().map(rule).collect();
    let mut tree = Object::new();
    tree.insert("rules", rules);
    tree.insert("verified", report.verified());
    tree.into()
}

/// Every rule as a line, those that a rule is made of one step deeper.
pub fn policy_text(report: &PasswordReport) -> String {
    let mut lines = Vec::new();
    for verdict in &report.rules {
        let told = Told::of(&verdict.rule);
        let mut line = ["* ", told.message].concat();
        for number in &told.numbers {
            let number = number.to_string();
            // A number without a place stands at the end, as Auth0 has it.
            line = match line.contains("%d") {
                true => line.replacen("%d", &number, 1),
                false => [line.as_str(), " ", &number].concat(),
            };
        }
        if let Some(example) = told.example {
            line = line.replacen("%s", example, 1);
        }
        lines.push(line);
        for (kind, _) in &verdict.items {
            lines.push([" * ", character_type(*kind).0].concat());
        }
    }
    lines.join("\n")
}

/// How one rule is told.
struct Told {
    code: &'static str,
    message: &'static str,
    numbers: Vec<u32>,
    example: Option<&'static str>,
}

impl Told {
    fn of(rule: &PasswordRule) -> Self {
        let (code, message, numbers, example) = match rule {
            PasswordRule::LengthAtLeast(1) => {
                ("nonEmpty", "Non-empty password required", vec![], None)
            }
            PasswordRule::LengthAtLeast(min) => (
                "lengthAtLeast",
                "At least %d characters in length",
                vec![*min],
                None,
            ),
            PasswordRule::ShouldContain(_) => ("shouldContain", "Should contain:", vec![], None),
            PasswordRule::ContainsAtLeast(count, types) => (
                "containsAtLeast",
                "Contain at least %d of the following %d types of characters:",
                vec![*count, types.len() as u32],
                None,
            ),
            PasswordRule::IdenticalChars(max) => (
                "identicalChars",
                "No more than %d identical characters in a row (e.g., \"%s\" not allowed)",
                vec![*max],
                Some("aaa"),
            ),
            PasswordRule::SequentialChars(max) => (
                "sequentialChars",
                "No more than %d sequential alphanumeric characters (e.g., \"%s\" not allowed)",
                vec![*max],
                Some("abc"),
            ),
            PasswordRule::MaxLength(max) => (
                "maxLength",
                "Maximum password length exceeded",
                vec![*max],
                None,
            ),
        };
        Self {
            code,
            message,
            numbers,
            example,
        }
    }
}

/// One rule, its keys in the order in which Auth0 writes each.
fn rule(verdict: &RuleVerdict) -> Value {
    let told = Told::of(&verdict.rule);
    let mut format: Vec<Value> = told.numbers.iter().map(|it| Value::from(*it)).collect();
    format.extend(told.example.map(Value::from));
    let items: Vec<Value> = verdict.items.iter().map(item).collect();
    let mut rule = Object::new();
    rule.insert("message", told.message);
    match verdict.rule {
        PasswordRule::LengthAtLeast(min) => {
            if min != 1 {
                rule.insert("format", format);
            }
            rule.insert("code", told.code);
        }
        PasswordRule::ShouldContain(_) => {
            rule.insert("code", told.code);
            rule.insert("verified", verdict.verified);
            rule.insert("items", items);
            return rule.into();
        }
        PasswordRule::ContainsAtLeast(..) => {
            rule.insert("code", told.code);
            rule.insert("format", format);
            rule.insert("items", items);
        }
        PasswordRule::IdenticalChars(_)
        | PasswordRule::SequentialChars(_)
        | PasswordRule::MaxLength(_) => {
            rule.insert("code", told.code);
            rule.insert("format", format);
        }
    }
    rule.insert("verified", verdict.verified);
    rule.into()
}

fn item((kind, found): &(CharacterType, bool)) -> Value {
    let (message, code) = character_type(*kind);
    let mut item = Object::new();
    item.insert("message", message);
    item.insert("code", code);
    item.insert("verified", *found);
    item.into()
}

fn character_type(kind: CharacterType) -> (&'static str, &'static str) {
    match kind {
        CharacterType::LowerCase => ("lower case letters (a-z)", "lowerCase"),
        CharacterType::UpperCase => ("upper case letters (A-Z)", "upperCase"),
        CharacterType::Numbers => ("numbers (i.e. 0-9)", "numbers"),
        CharacterType::SpecialCharacters => {
            ("special characters (e.g. !@#$%^&*)", "specialCharacters")
        }
    }
}
