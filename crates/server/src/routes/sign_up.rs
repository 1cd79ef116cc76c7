//! `POST /dbconnections/signup`

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use latchlet_core::{Object, Value};
use latchlet_store::User;
use latchlet_wire::error::code;
use latchlet_wire::{SignupRequest, SignupResponse};

use crate::app::App;
use crate::http::refusal::{Legacy, Refusal};
use crate::http::{body, origin};
use crate::limits::Address;
use crate::sign_up::{Refused, bad_request, sign_up};

/// Adds a user.
pub async fn post(
    State(app): State<Arc<App>>,
    from: Address,
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
    match sign_up(&app, connection, request, &headers, from).await {
        Ok(user) => Ok(Json(reply(user).to_value())),
        Err(Refused::Said(error)) => Err(error.into()),
        Err(Refused::Bare(text)) => {
            let body: Object = [("error", text)].into_iter().collect();
            Err(Refusal::of((
                StatusCode::BAD_REQUEST,
                Json(Value::from(body)),
            )))
        }
    }
}

fn reply(user: User) -> SignupResponse {
    SignupResponse {
        id: user.id,
        email: user.email.unwrap_or_default(),
        email_verified: user.email_verified,
        username: user.username,
        phone_number: user.phone_number,
        attributes: user.attributes,
        user_metadata: user.user_metadata,
    }
}
