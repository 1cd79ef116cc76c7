//! Why an answer is not accepted.

use crate::date::Date;
use crate::decimal::Decimal;
use crate::field::{Field, FieldKind, Identifier};
use crate::message::Message;
use crate::password::PasswordReport;
use crate::texts::Texts;
use crate::username::UsernameProblem;

/// Why an answer is not accepted. Each has a stable code for machines and a
/// sentence for people that says what to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Violation {
    /// Nothing was answered.
    Required,
    /// A box had to be ticked.
    MustBeTicked,
    /// Fewer characters than the rule wants.
    TooShort(u32),
    /// More characters than the rule, or the contract, allows.
    TooLong(u32),
    /// Fewer options than the rule wants.
    TooFew(u32),
    /// More options than the rule allows.
    TooMany(u32),
    /// Not one of the options.
    NotAnOption,
    /// Not one of the texts that the rule allows.
    NotOneOf,
    /// The pattern does not match.
    Pattern,
    /// Not the same as the answer to another field.
    NotEqual,
    /// Not an e-mail address.
    Email,
    /// Not a user name.
    Username(UsernameProblem),
    /// Not a telephone number.
    Telephone,
    /// Not a web address.
    Url,
    /// Not a code of six digits.
    Code,
    /// Not a number.
    NotANumber,
    /// Less than the rule allows.
    TooSmall(Decimal),
    /// More than the rule allows.
    TooLarge(Decimal),
    /// Between the steps.
    NotAStep(Decimal),
    /// Not a day of the calendar.
    NotADate,
    /// Before the first day.
    TooEarly(Date),
    /// After the last day.
    TooLate(Date),
    /// More bytes than a password may have.
    PasswordTooLong,
    /// The password policy is not met.
    PasswordTooWeak(PasswordReport),
    /// The page's own check says no, in its own words if it has any.
    Validator(String),
}

impl Violation {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        self.code_and_rule().0
    }

    /// The code, and the name of the rule in `messages`.
    fn code_and_rule(&self) -> (&'static str, &'static str) {
        match self {
            Self::Required => ("required", "required"),
            Self::MustBeTicked => ("must_be_ticked", "required"),
            Self::TooShort(_) => ("too_short", "minLength"),
            Self::TooLong(_) => ("too_long", "maxLength"),
            Self::TooFew(_) => ("too_few", "minItems"),
            Self::TooMany(_) => ("too_many", "maxItems"),
            Self::NotAnOption => ("not_an_option", "options"),
            Self::NotOneOf => ("not_one_of", "oneOf"),
            Self::Pattern => ("pattern", "pattern"),
            Self::NotEqual => ("not_equal", "equals"),
            Self::Email => ("invalid_email", "type"),
            Self::Username(_) => ("invalid_username", "type"),
            Self::Telephone => ("invalid_telephone", "type"),
            Self::Url => ("invalid_url", "type"),
            Self::Code => ("invalid_code", "type"),
            Self::NotANumber => ("not_a_number", "type"),
            Self::TooSmall(_) => ("too_small", "min"),
            Self::TooLarge(_) => ("too_large", "max"),
            Self::NotAStep(_) => ("not_a_step", "step"),
            Self::NotADate => ("not_a_date", "type"),
            Self::TooEarly(_) => ("too_early", "min"),
            Self::TooLate(_) => ("too_late", "max"),
            Self::PasswordTooLong => ("password_too_long", "type"),
            Self::PasswordTooWeak(_) => ("password_too_weak", "type"),
            Self::Validator(_) => ("validator", "validator"),
        }
    }

    /// The sentence for a person, about this field: the developer's own words
    /// for the rule, if there are any.
    pub fn describe(&self, field: &Field, texts: &Texts) -> String {
        let rule = self.code_and_rule().1;
        if let Some((_, own)) = field.messages.iter().find(|(name, _)| name == rule) {
            return own.clone();
        }
        let label = field.label.as_str();
        let plain = |message| texts.get(message).into_owned();
        let named = |message| texts.with(message, &[("label", label)]);
        let with = |message, n: String| texts.with(message, &[("label", label), ("n", &n)]);
        match self {
            Self::Required => required(field, texts),
            Self::MustBeTicked => named(Message::TickToContinue),
            Self::TooShort(min) => with(Message::TooShort, min.to_string()),
            Self::TooLong(max) => with(Message::TooLong, max.to_string()),
            Self::TooFew(min) => with(Message::TooFew, min.to_string()),
            Self::TooMany(max) => with(Message::TooMany, max.to_string()),
            Self::NotAnOption => named(Message::ChooseAnOption),
            Self::NotOneOf => named(Message::NotOneOf),
            Self::Pattern => named(Message::WrongPattern),
            Self::NotEqual => named(Message::NotEqual),
            Self::Email => plain(Message::InvalidEmail),
            Self::Username(problem) => match (problem, &field.kind) {
                (UsernameProblem::TooShort, FieldKind::Username(rules)) => {
                    with(Message::TooShort, rules.min.to_string())
                }
                (UsernameProblem::TooLong, FieldKind::Username(rules)) => {
                    with(Message::TooLong, rules.max.to_string())
                }
                (UsernameProblem::LooksLikeEmail, _) => plain(Message::UsernameIsEmail),
                _ => plain(Message::UsernameCharacters),
            },
            Self::Telephone => plain(Message::InvalidTelephone),
            Self::Url => plain(Message::InvalidUrl),
            Self::Code => plain(Message::InvalidCode),
            Self::NotANumber => named(Message::NotANumber),
            Self::TooSmall(min) => with(Message::TooSmall, min.to_text()),
            Self::TooLarge(max) => with(Message::TooLarge, max.to_text()),
            Self::NotAStep(step) => with(Message::NotAStep, step.to_text()),
            Self::NotADate => named(Message::NotADate),
            Self::TooEarly(first) => with(Message::TooEarly, first.to_text()),
            Self::TooLate(last) => with(Message::TooLate, last.to_text()),
            Self::PasswordTooLong => plain(Message::PasswordTooLong),
            Self::PasswordTooWeak(_) => plain(Message::PasswordTooWeak),
            Self::Validator(said) if said.is_empty() => named(Message::WrongPattern),
            Self::Validator(said) => said.clone(),
        }
    }
}

fn required(field: &Field, texts: &Texts) -> String {
    let message = match field.kind {
        FieldKind::Identifier(Identifier::Email) => Message::EnterEmail,
        FieldKind::Identifier(Identifier::Either) => Message::EnterIdentifier,
        FieldKind::Email if field.name == "email" => Message::EnterEmail,
        FieldKind::NewPassword(_) | FieldKind::CurrentPassword => Message::EnterPassword,
        FieldKind::Select(_)
        | FieldKind::Radio(_)
        | FieldKind::Combobox(_)
        | FieldKind::Checkboxes(_)
        | FieldKind::Country(_) => Message::ChooseAnOption,
        _ => Message::EnterAnAnswer,
    };
    texts.with(message, &[("label", &field.label)])
}
