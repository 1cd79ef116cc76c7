//! A new account of a database connection, for the API and for the hosted page.

use std::sync::Arc;

use axum::http::HeaderMap;
use latchlet_core::{Object, Value, email};
use latchlet_store::{ConsentEvent, StoreError, UnixMillis, User};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, SignupRequest};

use crate::app::App;
use crate::auth::secret;
use crate::config::{Channel, DatabaseConnection, SignUpMode};
use crate::fault::Fault;
use crate::http::page;
use crate::limits::{self, Address};
use crate::profiling::{self, Circumstances, Questions};
use crate::{email_verification, form, new_password, passwordless};

/// Where a telephone number stands in a sign-up.
const PHONE_NUMBER: &str = "phone_number";

/// Why there is no account.
pub enum Refused {
    /// As most refusals are.
    Said(ApiError),
    /// Two of Auth0's have a text and nothing else.
    Bare(String),
}

impl From<ApiError> for Refused {
    fn from(error: ApiError) -> Self {
        Self::Said(error)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Said(fault.into())
    }
}

/// What came of a sign-up that was not refused.
enum Added {
    New(User),
    /// Somebody has an account with the address already: an answer that looks like
    /// theirs, of an account that is not there.
    Known(User),
}

/// Adds a user, or seems to.
pub async fn sign_up(
    app: &Arc<App>,
    connection: &DatabaseConnection,
    request: SignupRequest,
    headers: &HeaderMap,
    from: Address,
) -> Result<User, Refused> {
    let added = add(app, connection, request, headers, from).await;
    app.metrics.sign_up(match &added {
        Ok(Added::New(_)) => "success",
        Ok(Added::Known(_)) => code::USER_EXISTS,
        Err(Refused::Said(error)) => &error.code,
        Err(Refused::Bare(_)) => "refused",
    });
    match added? {
        Added::New(user) => {
            email_verification::at_sign_up(app, connection, &user).await;
            Ok(user)
        }
        Added::Known(user) => {
            email_verification::for_owner(app, &user).await;
            Ok(user)
        }
    }
}

async fn add(
    app: &App,
    connection: &DatabaseConnection,
    request: SignupRequest,
    headers: &HeaderMap,
    from: Address,
) -> Result<Added, Refused> {
    if connection.disable_signup {
        return Err(Refused::Bare("public signup is disabled".to_owned()));
    }
    let is_strict = connection.sign_up == SignUpMode::Strict;
    if is_strict {
        app.post.needs_mail()?;
    }
    let mut user = check(connection, &request, app.now())?;
    new_password::check(connection, &app.host(), &user, &request.password)
        .map_err(|refused| refused.to_api())?;
    limits::sign_up(app, from).await?;
    user.password_hash = Some(app.hasher.hash(request.password).await?);
    let questions = Questions::of(&app.config, &connection.rules.name);
    let circumstances = Circumstances {
        subject: user.consent_subject.clone(),
        at: user.created_at,
        form_version: questions.version().to_owned(),
        origin: page::origin(headers),
        request_id: page::request_id(headers),
    };
    let language = page::language(headers);
    let said: Vec<ConsentEvent> =
        profiling::at_sign_up(&questions.consents(), &user.user_metadata, &language)
            .iter()
            .map(|it| it.to_event(&circumstances))
            .collect();
    match app.store.add_user(&user, &said).await {
        Ok(()) => Ok(Added::New(user)),
        Err(StoreError::EmailTaken) if is_strict => Ok(Added::Known(user)),
        Err(StoreError::EmailTaken | StoreError::PhoneNumberTaken) => Err(taken(app).into()),
        Err(StoreError::UsernameTaken) => {
            Err(bad_request(code::USERNAME_EXISTS, "The username already exists.").into())
        }
        Err(error) => Err(Fault::from(error).into()),
    }
}

/// The user that a request asks for, if it may be stored. The password is still
/// to be looked at.
fn check(
    connection: &DatabaseConnection,
    request: &SignupRequest,
    now: UnixMillis,
) -> Result<User, Refused> {
    let email = email::canonical(&request.email)
        .ok_or_else(|| bad_request(code::INVALID_EMAIL, "The e-mail address is not valid."))?;
    let username = username(connection, request)?;
    let mut attributes = request.attributes.clone();
    if let Some(number) = &request.phone_number {
        attributes.insert(PHONE_NUMBER, number.as_str());
    }
    let fields = connection.form.as_deref();
    let mut stored = form::of_sign_up(fields, &attributes, &request.user_metadata, now)?;
    let phone_number = match stored.root.remove(PHONE_NUMBER) {
        Some(Value::Text(typed)) => {
            let number = passwordless::canonical(Channel::Sms, &typed);
            let text = "The phone number is not `+` and 1 to 15 digits.";
            Some(number.ok_or_else(|| bad_request("invalid_phone_number", text))?)
        }
        _ => None,
    };
    Ok(User {
        id: secret::id()?,
        provider: "auth0".to_owned(),
        connection: connection.rules.name.clone(),
        email: Some(email),
        email_verified: false,
        phone_number,
        phone_verified: false,
        username,
        password_hash: None,
        last_password_reset: None,
        blocked: false,
        consent_subject: secret::id()?,
        attributes: stored.root,
        user_metadata: stored.user_metadata,
        app_metadata: Object::new(),
        created_at: now,
        updated_at: now,
        last_login: None,
        logins_count: 0,
    })
}

/// The user name, where the accounts of a connection have one.
fn username(
    connection: &DatabaseConnection,
    request: &SignupRequest,
) -> Result<Option<String>, Refused> {
    let rules = &connection.rules;
    match (&rules.username, &request.username) {
        (Some(rules), Some(typed)) => {
            let text = "The username breaks the rules of this connection.";
            let name = rules.canonical(typed);
            Ok(Some(
                name.map_err(|_| bad_request(code::INVALID_USERNAME, text))?,
            ))
        }
        (Some(_), None) => Err(Refused::Bare(format!(
            "missing username for {} connection with requires_username enabled",
            rules.name
        ))),
        (None, Some(_)) => {
            let text = "Leave `username` out: accounts of this connection have none.";
            Err(bad_request(code::INVALID_BODY, text).into())
        }
        (None, None) => Ok(None),
    }
}

fn taken(app: &App) -> ApiError {
    match app.config.enable_public_signup_user_exists_error {
        true => bad_request(code::USER_EXISTS, "The user already exists."),
        false => bad_request(code::INVALID_SIGNUP, "Invalid sign up"),
    }
}

/// A refusal of the request itself.
pub fn bad_request(code: &str, description: &str) -> ApiError {
    ApiError {
        name: Some("BadRequestError".to_owned()),
        ..ApiError::new(400, code, description)
    }
}
