//! `POST /oauth/token`: a code, a refresh token or credentials become tokens.

mod direct;
mod exchange;
mod issue;
mod machine;
mod refresh;

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use latchlet_core::Value;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, DirectGrant, Malformed, TokenRequest};

use crate::app::App;
use crate::client_auth;
use crate::config::{Client, GrantType};
use crate::http::refusal::{OAuth, Refusal};
use crate::limits::Address;
use crate::routes::unserved;

/// Issues tokens.
pub async fn post(
    State(app): State<Arc<App>>,
    from: Address,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal<OAuth>> {
    let (client, body) = client_auth::read(&app, &headers, &bytes)?;
    let grant_type = body.text("grant_type").map(str::to_owned);
    let body = Value::from(body);
    // What the client may not ask for, it need not ask for in the right words.
    may_ask(client, grant_type.as_deref())?;
    let tokens = match TokenRequest::from_value(&body).map_err(malformed)? {
        Some(TokenRequest::AuthorizationCode {
            code,
            redirect_uri,
            code_verifier,
            ..
        }) => exchange::exchange(&app, client, &code, &redirect_uri, &code_verifier).await?,
        Some(TokenRequest::RefreshToken {
            refresh_token,
            scope,
            ..
        }) => refresh::refresh(&app, client, &refresh_token, scope.as_deref()).await?,
        None => {
            let request = DirectGrant::from_value(&body).map_err(malformed)?;
            direct::grant(&app, client, request.ok_or_else(unsupported)?, from).await?
        }
    };
    Ok(Json(tokens.to_value()))
}

/// Refuses a way of asking that is not served, or not allowed to the client.
fn may_ask(client: &Client, name: Option<&str>) -> Result<(), ApiError> {
    let Some(name) = name else { return Ok(()) };
    if let Some(refused) = unserved::grant_type(name) {
        return Err(refused);
    }
    let grant_type = GrantType::of_name(name).ok_or_else(unsupported)?;
    match client.grant_types.contains(&grant_type) {
        true => Ok(()),
        false => Err(ApiError::new(
            403,
            "unauthorized_client",
            format!("Grant type '{name}' not allowed for the client."),
        )),
    }
}

fn unsupported() -> ApiError {
    let names = GrantType::ALL.map(GrantType::as_str).join(", ");
    let text = format!("The grant_type is none of {names}.");
    ApiError::new(400, "unsupported_grant_type", text)
}

fn malformed(malformed: Malformed) -> ApiError {
    ApiError::new(400, code::INVALID_REQUEST, malformed.to_string())
}

/// Auth0 answers 403 where RFC 6749 has 400, and its clients rely on the texts.
fn invalid_grant(description: &str) -> ApiError {
    ApiError::new(403, code::INVALID_GRANT, description)
}
