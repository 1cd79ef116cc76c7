//! The form of people who have no account yet.

use std::sync::Arc;

use axum::http::HeaderMap;
use latchlet_core::{Answers, Context, Form, Message, Object, Texts, Value, codec, pattern};
use latchlet_store::UnixMillis;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, SignupRequest};

use super::{Sent, Wrong};
use crate::app::App;
use crate::config::{DatabaseConnection, SignUpMode};
use crate::fault::Fault;
use crate::form::today;
use crate::limits::Address;
use crate::sign_up::{Refused, sign_up};

/// Makes the account: what the box would say of the answers comes first, then
/// what the server alone knows.
pub(super) async fn take(
    app: &Arc<App>,
    from: Address,
    headers: &HeaderMap,
    connection: &DatabaseConnection,
    form: &Form,
    answers: &Answers,
) -> Result<Sent, Fault> {
    let fields = judged(form, answers, app.now());
    if !fields.is_empty() {
        return Ok(Sent::Wrong(Wrong {
            fields,
            ..Wrong::default()
        }));
    }
    let mut values = codec::encode(form, answers, Some(&Object::new()));
    let mut take = |name| match values.root.remove(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let request = SignupRequest {
        email: take("email").unwrap_or_default(),
        password: take("password").unwrap_or_default(),
        username: take("username"),
        attributes: values.root,
        user_metadata: values.user_metadata,
        ..SignupRequest::default()
    };
    match sign_up(app, connection, request, headers, from).await {
        Ok(user) if connection.sign_up == SignUpMode::Strict => {
            Ok(Sent::SignedUp(user.email.unwrap_or_default()))
        }
        Ok(user) => Ok(Sent::LoggedIn(user.id)),
        Err(Refused::Said(error)) => Ok(Sent::Wrong(in_words(form, &error))),
        Err(Refused::Bare(_)) => Ok(Sent::Wrong(Wrong::notice(
            Message::SignUpDisabled.english(),
        ))),
    }
}

/// What the box would say of the answers, by field.
fn judged(form: &Form, answers: &Answers, now: UnixMillis) -> Vec<(String, String)> {
    let context = Context {
        answers,
        known: Some(&Object::new()),
        today: today(now),
        matches: &pattern::matches,
    };
    form.validate(&context)
        .into_iter()
        .map(|(field, found)| (field.name.clone(), found.describe(field, &Texts::default())))
        .collect()
}

/// What the API's refusal says to a person.
fn in_words(form: &Form, error: &ApiError) -> Wrong {
    let at = |name: &str, message: Message| Wrong {
        fields: vec![(name.to_owned(), message.english().to_owned())],
        ..Wrong::default()
    };
    match (error.code.as_str(), error.name.as_deref()) {
        (code::INVALID_PASSWORD, Some("PasswordDictionaryError")) => {
            at("password", Message::PasswordTooCommon)
        }
        (code::INVALID_PASSWORD, Some("PasswordNoUserInfoError")) => {
            at("password", Message::PasswordHasUserInfo)
        }
        (code::INVALID_PASSWORD, _) => at("password", Message::PasswordTooWeak),
        (code::USER_EXISTS, _) => at("email", Message::UserExists),
        (code::USERNAME_EXISTS, _) => at("username", Message::UsernameExists),
        (code::INVALID_EMAIL, _) => at("email", Message::InvalidEmail),
        (code::INVALID_USERNAME, _) => at("username", Message::UsernameCharacters),
        (code::INVALID_SIGNUP, _) => Wrong::notice(Message::InvalidSignUp.english()),
        (code::INVALID_USER_METADATA, _) => of_values(form, error),
        (_, _) if error.status == 429 => Wrong::notice(Message::TooManyRequests.english()),
        _ => Wrong::notice(Message::ServerFailed.english()),
    }
}

fn of_values(form: &Form, error: &ApiError) -> Wrong {
    let mut wrong = Wrong::default();
    for refused in &error.errors {
        let name = refused.path.rsplit('/').next().unwrap_or_default();
        match form.field(name) {
            Some(_) => wrong
                .fields
                .push((name.to_owned(), refused.message.clone())),
            None => wrong.notice = Message::FormMismatch.english().to_owned(),
        }
    }
    wrong
}
