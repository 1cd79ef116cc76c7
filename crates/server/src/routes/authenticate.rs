//! `POST /co/authenticate`: a password, or a code that was sent, becomes a login
//! ticket.
//!
//! The ticket alone signs nobody in: `/authorize` wants the cookie that came
//! with it too, so that a ticket that leaked through an address is worth
//! nothing in another browser. Where the browser keeps no cookie of another site,
//! a PKCE challenge does instead whose verifier came with the ticket.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse};
use latchlet_core::Value;
use latchlet_store::LoginTicket;
use latchlet_wire::authenticate::PASSWORDLESS_OTP;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, AuthenticateRequest, AuthenticateResponse, Credential};

use crate::app::App;
use crate::auth::{Lifetimes, secret};
use crate::http::cookie::{self, Sites};
use crate::http::refusal::{OAuth, Refusal};
use crate::http::{body, origin};
use crate::limits::Address;
use crate::sign_in;

/// Signs a person in.
pub async fn post(
    State(app): State<Arc<App>>,
    from: Address,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<impl IntoResponse, Refusal<OAuth>> {
    let body = body::json(&headers, &bytes)?;
    let request = AuthenticateRequest::from_value(&body)
        .map_err(|_| malformed(&body))?
        .ok_or_else(unsupported)?;
    let client = app
        .config
        .client(&request.client_id)
        .ok_or_else(|| ApiError::new(401, "unauthorized_client", "Unknown client."))?;
    origin::require(&headers, |origin| client.may_sign_in(origin))?;
    let (user, wrong) = match &request.credential {
        Credential::Password(password) => {
            let connection = sign_in::database(&app, request.realm.as_deref())?;
            let password = password.clone();
            let user =
                sign_in::by_password(&app, connection, &request.username, password, from).await?;
            (user, sign_in::WRONG_PASSWORD)
        }
        Credential::Otp(otp) => {
            let realm = request.realm.as_deref().unwrap_or_default();
            let connection = sign_in::passwordless(&app, realm)?;
            let (username, otp) = (&request.username, otp.clone());
            let user = sign_in::by_code(&app, connection, &client.id, username, otp, from).await?;
            (user, sign_in::wrong_code(connection.channel))
        }
    };
    let user = user.ok_or_else(|| ApiError::new(403, code::ACCESS_DENIED, wrong))?;
    if user.blocked {
        return Err(sign_in::blocked("blocked_user").into());
    }
    let proof = secret::secret()?;
    let ticket = secret::secret()?;
    let now = app.now();
    let kept = LoginTicket {
        ticket: secret::digest(&ticket),
        proof: secret::digest(&proof),
        client_id: client.id.clone(),
        user_id: user.id,
        created_at: now,
        expires_at: now + Lifetimes::LOGIN_TICKET * 1000,
    };
    app.store.add_login_ticket(&kept).await?;
    let co_id = secret::id_of(&kept.ticket);
    let set_cookie = set_cookie(&app, &co_id, &proof, Lifetimes::LOGIN_TICKET);
    let reply = AuthenticateResponse {
        login_ticket: ticket,
        co_verifier: proof.clone(),
        co_id,
        code_verifier: Some(proof),
    };
    Ok((
        StatusCode::OK,
        AppendHeaders([(SET_COOKIE, set_cookie)]),
        Json(reply.to_value()),
    ))
}

/// The cookie that a ticket is bound to. Each ticket has its own, so that two
/// tabs can sign in at the same time.
pub fn set_cookie(app: &App, co_id: &str, value: &str, max_age: i64) -> String {
    let name = cookie_name(app, co_id);
    // A page of another site signs in too, and browsers send it there only so.
    cookie::set(app, &name, value, max_age, Sites::All)
}

/// The name of a ticket's cookie.
pub fn cookie_name(app: &App, co_id: &str) -> String {
    cookie::name(app, &["latchlet-co-", co_id].concat())
}

fn malformed(body: &Value) -> ApiError {
    let kind = body.as_object().and_then(|it| it.text("credential_type"));
    let proof = match kind {
        Some(PASSWORDLESS_OTP) => "otp",
        _ => "password",
    };
    let text = format!(
        "Invalid request body. All and only of client_id, credential_type, username, {proof}, \
         realm are required."
    );
    ApiError::new(400, code::INVALID_REQUEST, text)
}

fn unsupported() -> ApiError {
    ApiError::new(
        400,
        "unsupported_credential_type",
        "Unsupported credential type.",
    )
}
