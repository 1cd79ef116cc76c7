//! `POST /dbconnections/change_password`: mails a link to choose another
//! password.
//!
//! Whether there is such an account is found out after the reply, so neither
//! the reply nor the time that it takes tells.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use latchlet_core::email;
use latchlet_wire::change_password::REPLY;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, ChangePasswordRequest};

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::config::DatabaseConnection;
use crate::fault::Fault;
use crate::http::refusal::{ChangePassword, Refusal};
use crate::http::{body, origin};
use crate::mail::{count_letter, reset_letter};

/// Mails a link, if there is such an account.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Html<&'static str>, Refusal<ChangePassword>> {
    let body = body::json(&headers, &bytes)?;
    let request = ChangePasswordRequest::from_value(&body)
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
    let email = email::canonical(&request.email)
        .ok_or_else(|| bad_request(code::INVALID_EMAIL, "The e-mail address is not valid."))?;
    mail_link(&app, connection, email).await?;
    // A constant, which Auth0 calls HTML.
    Ok(Html(REPLY))
}

/// Mails a link after the reply, if there is such an account.
pub async fn mail_link(
    app: &Arc<App>,
    connection: &DatabaseConnection,
    email: String,
) -> Result<(), ApiError> {
    app.post.needs_mail()?;
    count_letter(&app.store, &email, app.now()).await?;
    let connection = connection.rules.name.clone();
    app.later(write(Arc::clone(app), connection, email))?;
    Ok(())
}

async fn write(app: Arc<App>, connection: String, email: String) -> Result<(), Fault> {
    let Some(user) = app.store.user_by_login(&connection, &email).await? else {
        return Ok(());
    };
    let ticket = secret::secret()?;
    let expires_at = app.now() + Lifetimes::RESET_TICKET * 1000;
    app.store
        .add_reset_ticket(&user.id, &secret::digest(&ticket), expires_at)
        .await?;
    let link = app.url(&["/lo/reset?ticket=", &ticket].concat());
    app.post
        .send(reset_letter(&app.host(), &email, &link))
        .await;
    Ok(())
}

fn bad_request(code: &str, description: &str) -> ApiError {
    ApiError {
        name: Some("BadRequestError".to_owned()),
        ..ApiError::new(400, code, description)
    }
}
