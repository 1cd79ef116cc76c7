//! What the contract's errors mean to a person: an error on a field, or a
//! notice for the form.

use latchlet_core::{Failure, FieldKind, Form, Message, Texts};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::browser::page;

/// What Auth0 calls the answers, in its texts, too.
const METADATA: &str = "user_metadata";

/// Why a sign-up was refused.
pub fn of_sign_up(form: &Form, error: &ApiError, texts: &Texts) -> Failure {
    if !error.errors.is_empty() {
        return of_values(form, error, texts);
    }
    let field = |name, message| Failure::field(&error.code, name, texts.get(message).into_owned());
    match error.code.as_str() {
        code::INVALID_PASSWORD
        | "password_strength_error"
        | "password_dictionary_error"
        | "password_no_user_info_error" => {
            Failure::field(&error.code, "password", weak_password(error, texts))
        }
        // The older shape has the class for a code.
        "PasswordStrengthError"
        | "PasswordDictionaryError"
        | "PasswordNoUserInfoError"
        | "PasswordHistoryError" => {
            Failure::field(&error.code, "password", weak_password(error, texts))
        }
        "password_leaked" => field("password", Message::PasswordLeaked),
        code::USER_EXISTS => field("email", Message::UserExists),
        code::USERNAME_EXISTS => field("username", Message::UsernameExists),
        code::INVALID_EMAIL => field("email", Message::InvalidEmail),
        code::INVALID_USERNAME => field("username", Message::UsernameCharacters),
        code::INVALID_SIGNUP => notice(error, Message::InvalidSignUp, texts),
        "public signup is disabled" | "unauthorized" => {
            notice(error, Message::SignUpDisabled, texts)
        }
        _ => match error.description.as_text() {
            Some(said) => match after(said, METADATA) {
                Some(path) => of_metadata(form, said, path, texts),
                None => common(error, texts),
            },
            None => common(error, texts),
        },
    }
}

/// Which values were refused.
pub fn of_values(form: &Form, error: &ApiError, texts: &Texts) -> Failure {
    let mut failure = Failure {
        code: error.code.clone(),
        ..Failure::default()
    };
    for refused in &error.errors {
        let name = refused.path.rsplit('/').next().unwrap_or_default();
        let said = [&refused.path, ": ", &refused.message].concat();
        refuse(&mut failure, form, (name, &refused.message), &said, texts);
    }
    failure
}

/// Auth0 itself says in a text for developers what does not fit a sign-up:
/// `invalid user_metadata.company …`.
fn of_metadata(form: &Form, said: &str, path: &str, texts: &Texts) -> Failure {
    let mut failure = Failure {
        code: code::INVALID_USER_METADATA.to_owned(),
        ..Failure::default()
    };
    let name = path.strip_prefix('.').unwrap_or_default();
    let end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let name = name.split(end).next().unwrap_or_default();
    let sentence = texts.get(Message::AnswerRefused);
    refuse(&mut failure, form, (name, &sentence), said, texts);
    failure
}

/// What comes after a word in a text. The standard library's search for texts
/// would weigh two kilobytes, with what it says if it fails.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut places = text.char_indices();
    places.find_map(|(place, _)| text.get(place..)?.strip_prefix(word))
}

/// Puts what was refused on its field. What concerns no field that the person
/// can see is the business of who wrote the config.
fn refuse(
    failure: &mut Failure,
    form: &Form,
    (name, sentence): (&str, &str),
    said: &str,
    texts: &Texts,
) {
    match form.field(name) {
        Some(field) if !matches!(field.kind, FieldKind::Hidden) => {
            failure.fields.push((name.to_owned(), sentence.to_owned()));
        }
        _ => {
            page::console_error(&["Latchlet: the server refused ", said].concat());
            failure.notice = texts.get(Message::FormMismatch).into_owned();
        }
    }
}

/// Why a password was refused. `username` is whether a user name would have
/// been taken, too.
pub fn of_sign_in(error: &ApiError, username: bool, texts: &Texts) -> Failure {
    let said = |message| notice(error, message, texts);
    match error.code.as_str() {
        code::ACCESS_DENIED | code::INVALID_GRANT | "invalid_user_password" => match username {
            true => said(Message::WrongUsernameCredentials),
            false => said(Message::WrongCredentials),
        },
        "blocked_user" => said(Message::BlockedUser),
        // A tenant's own rule, in its own words if there are any.
        "unauthorized" => match error.description.as_text() {
            Some(text) if text != "user is blocked" && !text.is_empty() => {
                Failure::notice(&error.code, text.to_owned())
            }
            _ => said(Message::BlockedUser),
        },
        "password_leaked" => said(Message::PasswordLeaked),
        "password_change_required" | "password_expired" => said(Message::PasswordChangeRequired),
        _ => common(error, texts),
    }
}

/// Why a code was refused.
pub fn of_code(error: &ApiError, texts: &Texts) -> Failure {
    match error.code.as_str() {
        code::ACCESS_DENIED | code::INVALID_GRANT | "invalid_user_password" => {
            let text = texts.get(Message::WrongCode).into_owned();
            Failure::field(&error.code, "code", text)
        }
        _ => of_sign_in(error, false, texts),
    }
}

/// Why no code and no link was sent.
pub fn of_passwordless(error: &ApiError, texts: &Texts) -> Failure {
    let field = |name, message| Failure::field(&error.code, name, texts.get(message).into_owned());
    match error.code.as_str() {
        code::BAD_EMAIL => field("email", Message::InvalidEmail),
        code::BAD_PHONE_NUMBER => field("phone_number", Message::InvalidTelephone),
        code::BAD_CONNECTION | code::BAD_AUTH_PARAMS => notice(error, Message::NotAllowed, texts),
        "public signup is disabled" => notice(error, Message::SignUpDisabled, texts),
        _ => common(error, texts),
    }
}

/// Why no mail with a link to a new password was sent.
pub fn of_reset(error: &ApiError, texts: &Texts) -> Failure {
    match error.code.as_str() {
        code::INVALID_EMAIL => {
            let text = texts.get(Message::InvalidEmail).into_owned();
            Failure::field(&error.code, "email", text)
        }
        "enterprise_email" => notice(error, Message::EnterpriseEmail, texts),
        _ => match common(error, texts) {
            failure if failure.notice == Message::ServerFailed.english() => {
                notice(error, Message::ResetFailed, texts)
            }
            failure => failure,
        },
    }
}

/// Why `/authorize` sent no code: OAuth's own codes (RFC 6749 §4.1.2.1), and
/// those of tenants.
pub fn of_authorize(code: &str, said: &str, texts: &Texts) -> Failure {
    let error = ApiError::new(400, code, said);
    match code {
        "access_denied" => notice(&error, Message::SocialRefused, texts),
        "unauthorized" => of_sign_in(&error, false, texts),
        "mfa_required" | "mfa_registration_required" => common(&error, texts),
        _ => notice(&error, Message::LoginRefused, texts),
    }
}

/// What every endpoint can say.
fn common(error: &ApiError, texts: &Texts) -> Failure {
    let said = |message| notice(error, message, texts);
    match error.code.as_str() {
        "too_many_attempts" => said(Message::TooManyAttempts),
        code::TOO_MANY_REQUESTS => said(Message::TooManyRequests),
        "mfa_required" | "a0.mfa_required" | "mfa_invalid_code" | "a0.mfa_invalid_code" => {
            said(Message::MfaRequired)
        }
        "mfa_registration_required" | "a0.mfa_registration_required" => {
            said(Message::MfaRegistrationRequired)
        }
        "invalid_captcha" | "invalid_recaptcha" | "requires_verification" => {
            said(Message::CaptchaRequired)
        }
        // The contract answers a wrong origin with a bare text.
        "unauthorized_client" | "" if matches!(error.status, 401 | 403) => {
            said(Message::NotAllowed)
        }
        "session_missing" => said(Message::LoginExpired),
        _ => spoken(error, texts),
    }
}

/// The code that came back was not good.
pub fn login_refused(texts: &Texts) -> Failure {
    Failure::notice(
        "login_refused",
        texts.get(Message::LoginRefused).into_owned(),
    )
}

/// The page is not in a secure context, where browsers have no cryptography.
pub fn insecure(texts: &Texts) -> Failure {
    Failure::notice("not_allowed", texts.get(Message::NotAllowed).into_owned())
}

/// The backend failed, or answered with something else than its contract.
pub fn server_failed(texts: &Texts) -> Failure {
    Failure::notice(
        "server_error",
        texts.get(Message::ServerFailed).into_owned(),
    )
}

/// Too much in too short a time.
pub fn too_many(error: &ApiError, texts: &Texts) -> Failure {
    match error.code.as_str() {
        "too_many_attempts" => notice(error, Message::TooManyAttempts, texts),
        _ => notice(error, Message::TooManyRequests, texts),
    }
}

fn weak_password(error: &ApiError, texts: &Texts) -> String {
    let class = error.name.as_deref().unwrap_or(&error.code);
    let message = match class {
        "PasswordDictionaryError" | "password_dictionary_error" => Message::PasswordTooCommon,
        "PasswordNoUserInfoError" | "password_no_user_info_error" => Message::PasswordHasUserInfo,
        "PasswordHistoryError" => Message::PasswordReused,
        _ => Message::PasswordTooWeak,
    };
    match (message, &error.policy) {
        // The server's own policy, which is not the one on the screen.
        (Message::PasswordTooWeak, Some(policy)) => {
            [&texts.get(Message::PasswordPolicyIs), "\n", policy].concat()
        }
        _ => texts.get(message).into_owned(),
    }
}

/// What a tenant's own code wrote for the person; else a plain sentence.
fn spoken(error: &ApiError, texts: &Texts) -> Failure {
    let by_tenant = match error.code.as_str() {
        "extensibility_error" | "hook_error" | "rule_error" => error
            .friendly_message
            .as_deref()
            .or(error.description.as_text()),
        _ => error.friendly_message.as_deref(),
    };
    match by_tenant {
        Some(text) => Failure::notice(&error.code, text.to_owned()),
        None => notice(error, Message::ServerFailed, texts),
    }
}

fn notice(error: &ApiError, message: Message, texts: &Texts) -> Failure {
    Failure::notice(&error.code, texts.get(message).into_owned())
}
