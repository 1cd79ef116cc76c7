//! `GET` and `POST /userinfo`: who the access token belongs to (OpenID Connect
//! Core §5.3).

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::RawFormRejection;
use axum::extract::{RawForm, State};
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderMap, StatusCode};
use latchlet_core::Value;
use url::form_urlencoded;

use crate::app::App;
use crate::auth::AccessClaims;
use crate::http::bearer;
use crate::http::refusal::{OAuth, Refusal};
use crate::profile;

/// The claims that the token's scope allows.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    form: Result<RawForm, RawFormRejection>,
) -> Result<Json<Value>, Refusal<OAuth>> {
    let token = bearer::token(&headers).map(str::to_owned);
    let token = token.or_else(|| in_form(&form.ok()?.0));
    let token = &token.ok_or_else(unauthorized)?;
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

/// The token in the body of a form, or in the query (RFC 6750 §2.2 and §2.3).
/// passport-auth0 knows no other way; nothing else here takes a token so.
fn in_form(bytes: &[u8]) -> Option<String> {
    let mut pairs = form_urlencoded::parse(bytes);
    let (_, token) = pairs.find(|(name, _)| name == "access_token")?;
    Some(token.into_owned())
}

fn unauthorized() -> Refusal<OAuth> {
    Refusal::of((
        StatusCode::UNAUTHORIZED,
        [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")],
        "Unauthorized",
    ))
}
