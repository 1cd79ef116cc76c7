//! `POST /api/v2/jobs/verification-email`: an application has a letter sent to
//! somebody about their address.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use latchlet_core::{Object, Value};
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, VerificationEmailRequest};

use super::caller::application;
use super::given::payload;
use crate::app::App;
use crate::auth::secret;
use crate::http::body;
use crate::http::refusal::{Management, Refusal};
use crate::{clock, email_verification};

/// What opens it.
pub const SCOPES: &[&str] = &["update:users"];

/// Sends it, whether the connection does so at a sign-up or not.
pub async fn verification_email(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Value>), Refusal<Management>> {
    let caller = application(&app, &headers, SCOPES).await?;
    let body = body::json(&headers, &bytes)?;
    let request = VerificationEmailRequest::from_value(&body).map_err(|malformed| {
        let message = format!("Payload validation error: {malformed}");
        ApiError::new(400, code::INVALID_BODY, message)
    })?;
    if let Some(id) = &request.client_id
        && app.config.client(id).is_none()
    {
        return Err(payload("client_id", "is none of an application").into());
    }
    let user = caller.user(&app, &request.user_id).await?;
    if user.email.is_none() {
        return Err(payload("user_id", "is of somebody without an e-mail address").into());
    }
    email_verification::mail_link(&app, &user).await?;
    let job: Object = [
        ("type", Value::from("verification_email")),
        // It is written after the reply.
        ("status", Value::from("pending")),
        ("created_at", Value::from(clock::iso(app.now()))),
        ("id", Value::from(["job_", &secret::id()?].concat())),
    ]
    .into_iter()
    .collect();
    Ok((StatusCode::CREATED, Json(job.into())))
}
