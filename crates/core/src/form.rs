//! A form: an ordered list of fields, and what makes its answers valid.

use crate::answers::{Answer, Answers};
use crate::connection::Connection;
use crate::email;
use crate::field::{Field, FieldKind, Storage, contract_max};
use crate::message::Message;
use crate::password;
use crate::violation::Violation;

/// An ordered list of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The fields in the order in which they are asked.
    pub fields: Vec<Field>,
}

impl Form {
    /// The sign-up form, in Lock's order: e-mail, user name, password, then
    /// the additional fields.
    pub fn sign_up(connection: &Connection, additional: &[Field]) -> Self {
        let email = match connection.username {
            // The e-mail is then what one signs in with.
            None => FieldKind::Identifier { username: false },
            Some(_) => FieldKind::Email,
        };
        let mut fields = vec![Field::new("email", email, Message::EmailLabel.english())];
        if let Some(rules) = &connection.username {
            fields.push(Field::new(
                "username",
                FieldKind::Username(rules.clone()),
                Message::UsernameLabel.english(),
            ));
        }
        fields.push(Field::new(
            "password",
            FieldKind::NewPassword(connection.password_policy.clone()),
            Message::PasswordLabel.english(),
        ));
        fields.extend_from_slice(additional);
        Self { fields }
    }

    /// The sign-in form: what one signs in with, and the password.
    pub fn sign_in(connection: &Connection) -> Self {
        let username = connection.username.is_some();
        let label = match username {
            true => Message::IdentifierLabel,
            false => Message::EmailLabel,
        };
        Self {
            fields: vec![
                Field::new(
                    "username",
                    FieldKind::Identifier { username },
                    label.english(),
                ),
                Field::new(
                    "password",
                    FieldKind::CurrentPassword,
                    Message::PasswordLabel.english(),
                ),
            ],
        }
    }

    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Every violation, in the order of the fields.
    pub fn validate<'a>(&'a self, answers: &Answers) -> Vec<(&'a Field, Violation)> {
        self.fields
            .iter()
            .filter_map(|field| Some((field, field.validate(answers.get(&field.name)).err()?)))
            .collect()
    }
}

impl Field {
    /// Whether an answer to this field is accepted.
    pub fn validate(&self, answer: &Answer) -> Result<(), Violation> {
        if let FieldKind::Checkbox = self.kind {
            return match self.required && answer.is_blank() {
                true => Err(Violation::MustBeTicked),
                false => Ok(()),
            };
        }
        let text = answer.text();
        if self.is_unanswered(answer) {
            return match self.required {
                true => Err(Violation::Required),
                false => Ok(()),
            };
        }
        self.validate_text(text)
    }

    /// Whether this is no answer to the field, and so nothing to send. White
    /// space alone can be a password or the value of an option, but says
    /// nothing as a text.
    pub fn is_unanswered(&self, answer: &Answer) -> bool {
        match self.kind {
            FieldKind::NewPassword(_) | FieldKind::CurrentPassword | FieldKind::Select(_) => {
                answer.text().is_empty()
            }
            _ => answer.is_blank(),
        }
    }

    fn validate_text(&self, text: &str) -> Result<(), Violation> {
        match &self.kind {
            FieldKind::Email | FieldKind::Identifier { username: false } => {
                email::canonical(text).ok_or(Violation::Email)?;
            }
            FieldKind::Username(rules) => {
                rules.canonical(text).map_err(Violation::Username)?;
            }
            FieldKind::NewPassword(_) | FieldKind::CurrentPassword
                if text.len() > password::MAX_BYTES =>
            {
                return Err(Violation::PasswordTooLong);
            }
            FieldKind::NewPassword(policy) => {
                let report = policy.check(text);
                if !report.verified() {
                    return Err(Violation::PasswordTooWeak(report));
                }
            }
            FieldKind::Select(options) => {
                if !options.iter().any(|option| option.value == text) {
                    return Err(Violation::NotAnOption);
                }
            }
            FieldKind::Text | FieldKind::Hidden => self.validate_length(text)?,
            FieldKind::Identifier { .. } | FieldKind::CurrentPassword | FieldKind::Checkbox => {}
        }
        Ok(())
    }

    fn validate_length(&self, text: &str) -> Result<(), Violation> {
        let length = text.chars().count();
        let contract = contract_max(self.storage, &self.name);
        let max = self.length.max.unwrap_or(contract).min(contract);
        if let Some(min) = self.length.min
            && length < min as usize
        {
            return Err(Violation::TooShort(min));
        }
        if length > max as usize {
            return Err(Violation::TooLong(max));
        }
        Ok(())
    }

    /// Whether the answer is a property of `user_metadata`.
    pub fn is_metadata(&self) -> bool {
        self.storage == Storage::UserMetadata
    }
}
