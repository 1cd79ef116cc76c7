//! What the contract's errors mean to a person: an error on a field, or a
//! notice for the form.

use latchlet_core::{Failure, FieldKind, Form, Message};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::browser::page;

/// Why a sign-up was refused.
pub fn of_sign_up(form: &Form, error: &ApiError) -> Failure {
    if !error.errors.is_empty() {
        return of_values(form, error);
    }
    let field = |name, message: Message| Failure::field(&error.code, name, message.text());
    match error.code.as_str() {
        code::INVALID_PASSWORD => Failure::field(&error.code, "password", weak_password(error)),
        "password_leaked" => field("password", Message::PasswordLeaked),
        code::USER_EXISTS => field("email", Message::UserExists),
        code::USERNAME_EXISTS => field("username", Message::UsernameExists),
        code::INVALID_EMAIL => field("email", Message::InvalidEmail),
        code::INVALID_USERNAME => field("username", Message::UsernameCharacters),
        code::INVALID_SIGNUP => notice(error, Message::InvalidSignUp),
        "public signup is disabled" => notice(error, Message::SignUpDisabled),
        _ => spoken(error),
    }
}

/// Which values were refused. What concerns no field that the person can see
/// is the business of who wrote the config.
fn of_values(form: &Form, error: &ApiError) -> Failure {
    let mut failure = Failure {
        code: error.code.clone(),
        ..Failure::default()
    };
    for refused in &error.errors {
        let name = refused.path.rsplit('/').next().unwrap_or_default();
        match form.field(name) {
            Some(field) if !matches!(field.kind, FieldKind::Hidden) => {
                failure
                    .fields
                    .push((name.to_owned(), refused.message.clone()));
            }
            _ => {
                let text = [&refused.path, ": ", &refused.message];
                page::console_error(&["Latchlet: the server refused ", &text.concat()].concat());
                failure.notice = Message::FormMismatch.text();
            }
        }
    }
    failure
}

/// Why a password was refused. `username` is whether a user name would have
/// been taken, too.
pub fn of_sign_in(error: &ApiError, username: bool) -> Failure {
    match error.code.as_str() {
        code::ACCESS_DENIED | code::INVALID_GRANT | "invalid_user_password" => match username {
            true => notice(error, Message::WrongUsernameCredentials),
            false => notice(error, Message::WrongCredentials),
        },
        "blocked_user" | "unauthorized" => notice(error, Message::BlockedUser),
        "password_leaked" => notice(error, Message::PasswordLeaked),
        "too_many_attempts" => notice(error, Message::TooManyAttempts),
        "mfa_required" => notice(error, Message::MfaRequired),
        // The contract answers a wrong origin with a bare text.
        "unauthorized_client" | "" if matches!(error.status, 401 | 403) => {
            notice(error, Message::NotAllowed)
        }
        _ => spoken(error),
    }
}

/// The code that came back was not good.
pub fn login_refused() -> Failure {
    Failure::notice("login_refused", Message::LoginRefused.text())
}

/// The page is not in a secure context, where browsers have no cryptography.
pub fn insecure() -> Failure {
    Failure::notice("not_allowed", Message::NotAllowed.text())
}

/// The backend failed, or answered with something else than its contract.
pub fn server_failed() -> Failure {
    Failure::notice("server_error", Message::ServerFailed.text())
}

/// Too much in too short a time.
pub fn too_many(error: &ApiError) -> Failure {
    match error.code.as_str() {
        "too_many_attempts" => notice(error, Message::TooManyAttempts),
        _ => notice(error, Message::TooManyRequests),
    }
}

fn weak_password(error: &ApiError) -> String {
    let message = match error.name.as_deref() {
        Some("PasswordDictionaryError") => Message::PasswordTooCommon,
        Some("PasswordNoUserInfoError") => Message::PasswordHasUserInfo,
        Some("PasswordHistoryError") => Message::PasswordReused,
        _ => Message::PasswordTooWeak,
    };
    match (message, &error.policy) {
        // The server's own policy, which is not the one on the screen.
        (Message::PasswordTooWeak, Some(policy)) => {
            [Message::PasswordPolicyIs.english(), "\n", policy].concat()
        }
        _ => message.text(),
    }
}

/// What a tenant's own code wrote for the person; else a plain sentence.
fn spoken(error: &ApiError) -> Failure {
    let by_tenant = match error.code.as_str() {
        "extensibility_error" | "hook_error" | "rule_error" => error
            .friendly_message
            .as_deref()
            .or(error.description.as_text()),
        _ => error.friendly_message.as_deref(),
    };
    match by_tenant {
        Some(text) => Failure::notice(&error.code, text.to_owned()),
        None => notice(error, Message::ServerFailed),
    }
}

fn notice(error: &ApiError, message: Message) -> Failure {
    Failure::notice(&error.code, message.text())
}
