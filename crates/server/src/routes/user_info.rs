//! `GET` and `POST /userinfo`: who the access token belongs to (OpenID Connect
//! Core §5.3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, StatusCode};
use latchlet_core::Value;

use crate::app::App;
use crate::auth::AccessClaims;
use crate::http::bearer;
use crate::http::refusal::{OAuth, Refusal};
use crate::profile;

/// The claims that the token's scope allows.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<OAuth>> {
    let token = bearer::token(&headers).ok_or_else(unauthorized)?;
    let audience = app.url("/userinfo");
    let claims = AccessClaims::read(token, &app.keys, &app.issuer(), &audience, app.now())
        .await
        .map_err(|_| unauthorized())?;
    let session = app
        .store
        .live_session(&claims.sid.unwrap_or_default(), app.now())
        .await?
        .ok_or_else(unauthorized)?;
    let user = app
        .store
        .user(&session.user_id)
        .await?
        .ok_or_else(unauthorized)?;
    Ok(Json(profile::claims(&user, &claims.scope).into()))
}

fn unauthorized() -> Refusal<OAuth> {
    Refusal::of((
        StatusCode::UNAUTHORIZED,
        [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")],
        "Unauthorized",
    ))
}
