//! `POST /oauth/revoke` (RFC 7009): an application gives back what it holds, and
//! the whole session of it ends.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use crate::app::App;
use crate::auth::{AccessClaims, TokenRefused, secret};
use crate::client_auth;
use crate::http::refusal::{OAuth, Refusal};

/// Ends the session of a refresh token or an access token. Of a token that is
/// none, or somebody else's, nothing is left to be done either.
pub async fn post(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<StatusCode, Refusal<OAuth>> {
    let (client, body) = client_auth::read(&app, &headers, &bytes)?;
    let token = body.text("token").ok_or_else(|| {
        let text = "The property `token` must be a string.";
        ApiError::new(400, code::INVALID_REQUEST, text)
    })?;
    let digest = secret::digest(token);
    app.store.revoke_refresh_token(&client.id, &digest).await?;
    let audience = app.url("/userinfo");
    match AccessClaims::read(token, &app.keys, &app.issuer(), &audience, app.now()).await {
        Ok(claims) => {
            let session = claims.sid.unwrap_or_default();
            app.store.revoke_session(&client.id, &session).await?;
        }
        // Without a session there is nothing to end: nobody is to believe so.
        Err(TokenRefused::Audience) => {
            let text = "A token that an application got for itself is good until its time is over.";
            return Err(ApiError::new(400, "unsupported_token_type", text).into());
        }
        Err(TokenRefused::Invalid) => {}
    }
    Ok(StatusCode::OK)
}
