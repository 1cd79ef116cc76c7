//! Why an answer is not accepted.

use crate::field::{Field, FieldKind};
use crate::message::Message;
use crate::password::PasswordReport;
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
    /// Not one of the options.
    NotAnOption,
    /// Not an e-mail address.
    Email,
    /// Not a user name.
    Username(UsernameProblem),
    /// More bytes than a password may have.
    PasswordTooLong,
    /// The password policy is not met.
    PasswordTooWeak(PasswordReport),
}

impl Violation {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::MustBeTicked => "must_be_ticked",
            Self::TooShort(_) => "too_short",
            Self::TooLong(_) => "too_long",
            Self::NotAnOption => "not_an_option",
            Self::Email => "invalid_email",
            Self::Username(_) => "invalid_username",
            Self::PasswordTooLong => "password_too_long",
            Self::PasswordTooWeak(_) => "password_too_weak",
        }
    }

    /// The sentence for a person, about this field.
    pub fn describe(&self, field: &Field) -> String {
        let label = field.label.as_str();
        match self {
            Self::Required => match field.kind {
                FieldKind::Email | FieldKind::Identifier { username: false } => {
                    Message::EnterEmail.text()
                }
                FieldKind::Identifier { .. } => Message::EnterIdentifier.text(),
                FieldKind::NewPassword(_) | FieldKind::CurrentPassword => {
                    Message::EnterPassword.text()
                }
                FieldKind::Select(_) => Message::ChooseAnOption.with(&[("label", label)]),
                _ => Message::EnterAnAnswer.with(&[("label", label)]),
            },
            Self::MustBeTicked => Message::TickToContinue.with(&[("label", label)]),
            Self::TooShort(min) => with_number(Message::TooShort, label, *min),
            Self::TooLong(max) => with_number(Message::TooLong, label, *max),
            Self::NotAnOption => Message::ChooseAnOption.with(&[("label", label)]),
            Self::Email => Message::InvalidEmail.text(),
            Self::Username(problem) => match (problem, &field.kind) {
                (UsernameProblem::TooShort, FieldKind::Username(rules)) => {
                    with_number(Message::TooShort, label, rules.min)
                }
                (UsernameProblem::TooLong, FieldKind::Username(rules)) => {
                    with_number(Message::TooLong, label, rules.max)
                }
                (UsernameProblem::LooksLikeEmail, _) => Message::UsernameIsEmail.text(),
                _ => Message::UsernameCharacters.text(),
            },
            Self::PasswordTooLong => Message::PasswordTooLong.text(),
            Self::PasswordTooWeak(_) => Message::PasswordTooWeak.text(),
        }
    }
}

fn with_number(message: Message, label: &str, n: u32) -> String {
    message.with(&[("label", label), ("n", &n.to_string())])
}
