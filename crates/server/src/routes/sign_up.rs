//! `POST /dbconnections/signup`

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use latchlet_core::{Object, Value, email};
use latchlet_store::{ConsentEvent, StoreError, UnixMillis, User};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, SignupRequest, SignupResponse};

use crate::app::App;
use crate::auth::secret;
use crate::config::DatabaseConnection;
use crate::form;
use crate::http::refusal::{Legacy, Refusal};
use crate::http::{body, origin, page};
use crate::profiling::{self, Circumstances, Questions};
use crate::{new_password, profile};

/// Adds a user.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal<Legacy>> {
    let body = body::json(&headers, &bytes)?;
    let request = SignupRequest::from_value(&body)
        .map_err(|malformed| bad_request(code::INVALID_BODY, &malformed.to_string()))?;
    let client = app
        .config
        .client(&request.client_id)
        .ok_or_else(|| bad_request("invalid_client", "There is no client of this id."))?;
    origin::check(&headers, |origin| client.may_call(origin))?;
    let connection = app
        .config
        .connection(&request.connection)
        .ok_or_else(|| bad_request("invalid_connection", "There is no such connection."))?;
    if connection.disable_signup {
        return Err(bare("public signup is disabled"));
    }
    let mut user = check(connection, &request, app.now())?;
    new_password::check(connection, &app.host(), &user, &request.password)
        .map_err(|refused| refused.to_api())?;
    user.password_hash = Some(app.hasher.hash(request.password).await?);
    let questions = Questions::of(&app.config, &connection.rules.name);
    let circumstances = Circumstances {
        subject: profile::subject(&user),
        at: user.created_at,
        form_version: questions.version().to_owned(),
        origin: page::origin(&headers),
        request_id: page::request_id(&headers),
    };
    let language = page::language(&headers);
    let said: Vec<ConsentEvent> =
        profiling::at_sign_up(&questions.consents(), &user.user_metadata, &language)
            .iter()
            .map(|it| it.to_event(&circumstances))
            .collect();
    match app.store.add_user(&user, &said).await {
        Ok(()) => Ok(Json(reply(user).to_value())),
        Err(StoreError::EmailTaken) => Err(taken(&app).into()),
        Err(StoreError::UsernameTaken) => {
            Err(bad_request(code::USERNAME_EXISTS, "The username already exists.").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// The user that a request asks for, if it may be stored. The password is still
/// to be looked at.
fn check(
    connection: &DatabaseConnection,
    request: &SignupRequest,
    now: UnixMillis,
) -> Result<User, Refusal<Legacy>> {
    let rules = &connection.rules;
    let email = email::canonical(&request.email)
        .ok_or_else(|| bad_request(code::INVALID_EMAIL, "The e-mail address is not valid."))?;
    let username = match (&rules.username, &request.username) {
        (Some(rules), Some(typed)) => Some(rules.canonical(typed).map_err(|_| {
            bad_request(
                code::INVALID_USERNAME,
                "The username breaks the rules of this connection.",
            )
        })?),
        (Some(_), None) => {
            return Err(bare(&format!(
                "missing username for {} connection with requires_username enabled",
                rules.name
            )));
        }
        (None, Some(_)) => {
            return Err(bad_request(
                code::INVALID_BODY,
                "Leave `username` out: accounts of this connection have none.",
            )
            .into());
        }
        (None, None) => None,
    };
    let stored = form::of_sign_up(
        connection.form.as_deref(),
        &request.attributes,
        &request.user_metadata,
        now,
    )?;
    Ok(User {
        id: secret::id()?,
        provider: "auth0".to_owned(),
        connection: rules.name.clone(),
        email: Some(email),
        email_verified: false,
        phone_number: None,
        phone_verified: false,
        username,
        password_hash: None,
        last_password_reset: None,
        attributes: stored.root,
        user_metadata: stored.user_metadata,
        app_metadata: Object::new(),
        created_at: now,
        updated_at: now,
        last_login: None,
        logins_count: 0,
    })
}

fn reply(user: User) -> SignupResponse {
    SignupResponse {
        id: user.id,
        email: user.email.unwrap_or_default(),
        email_verified: user.email_verified,
        username: user.username,
        attributes: user.attributes,
        user_metadata: user.user_metadata,
    }
}

fn taken(app: &App) -> ApiError {
    match app.config.enable_public_signup_user_exists_error {
        true => bad_request(code::USER_EXISTS, "The user already exists."),
        false => bad_request(code::INVALID_SIGNUP, "Invalid sign up"),
    }
}

fn bad_request(code: &str, description: &str) -> ApiError {
    ApiError {
        name: Some("BadRequestError".to_owned()),
        ..ApiError::new(400, code, description)
    }
}

/// Two of Auth0's refusals have a text and nothing else.
fn bare(text: &str) -> Refusal<Legacy> {
    let body: Object = [("error", text)].into_iter().collect();
    Refusal::of((StatusCode::BAD_REQUEST, Json(Value::from(body))).into_response())
}
