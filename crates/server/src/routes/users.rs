//! `GET` and `PATCH /api/v2/users/{id}` for the person themselves.
//!
//! The token is the person's own, so it opens their profile alone and changes
//! `user_metadata` alone. Whether another id exists is not told.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use latchlet_core::Value;
use latchlet_store::StoreError;
use latchlet_wire::error::code;
use latchlet_wire::{ApiError, MetadataUpdate};

use crate::app::App;
use crate::auth::{AccessClaims, TokenRefused};
use crate::form::{self, MAX_METADATA};
use crate::http::refusal::{Management, Refusal};
use crate::http::{bearer, body};
use crate::profile;

/// What a token of the Management API itself may change beside the metadata.
const OTHER_ATTRIBUTES: [&str; 15] = [
    "app_metadata",
    "blocked",
    "client_id",
    "connection",
    "email",
    "email_verified",
    "family_name",
    "given_name",
    "name",
    "nickname",
    "password",
    "phone_number",
    "phone_verified",
    "picture",
    "username",
];

/// The whole profile.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    let id = own_id(&app, &headers, &id, "read:users", &["read:current_user"]).await?;
    let user = app.store.user(&id).await?.ok_or_else(inexistent)?;
    Ok(Json(profile::full(&user)))
}

/// Merges a change into `user_metadata`, and returns the whole profile.
pub async fn patch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Json<Value>, Refusal<Management>> {
    let scopes = [
        "update:current_user_metadata",
        "create:current_user_metadata",
    ];
    let id = own_id(&app, &headers, &id, "update:users", &scopes).await?;
    let body = body::json(&headers, &bytes)?;
    let change = read_change(&body)?;
    let user = app.store.user(&id).await?.ok_or_else(inexistent)?;
    let connection = app.config.connection(&user.connection);
    let form = connection.and_then(|connection| connection.form.as_deref());
    let change = form::of_change(form, &change.user_metadata, app.now())?;
    let merged = app
        .store
        .merge_user_metadata(&id, &change, MAX_METADATA, app.now())
        .await;
    match merged {
        Ok(Some(user)) => Ok(Json(profile::full(&user))),
        Ok(None) => Err(inexistent().into()),
        Err(StoreError::MetadataTooLarge) => Err(invalid_body(
            "Payload validation error: user_metadata would take more than 32 KiB.",
        )
        .into()),
        Err(error) => Err(error.into()),
    }
}

fn read_change(body: &Value) -> Result<MetadataUpdate, ApiError> {
    let other = body
        .as_object()
        .is_some_and(|body| body.iter().any(|(key, _)| OTHER_ATTRIBUTES.contains(&key)));
    if other {
        return Err(insufficient_scope("update:users"));
    }
    MetadataUpdate::from_value(body)
        .map_err(|malformed| invalid_body(&format!("Payload validation error: {malformed}")))
}

/// The user's id, if the token is for this API, has one of the scopes, and
/// belongs to this very user.
async fn own_id(
    app: &App,
    headers: &HeaderMap,
    id: &str,
    any_users: &str,
    scopes: &[&str],
) -> Result<String, Refusal<Management>> {
    let token =
        bearer::token(headers).ok_or_else(|| ApiError::new(401, "", "Missing authentication"))?;
    let audience = app.url("/api/v2/");
    let claims = AccessClaims::read(token, &app.keys, &app.issuer(), &audience, app.now())
        .map_err(|refused| match refused {
            TokenRefused::Invalid => ApiError::new(401, "", "Invalid token"),
            TokenRefused::Audience => {
                ApiError::new(401, "", format!("Bad audience: expected {audience}"))
            }
        })?;
    let session = app
        .store
        .live_session(&claims.sid, app.now())
        .await?
        .ok_or_else(|| ApiError::new(401, "", "Invalid token"))?;
    if !scopes.iter().any(|scope| claims.may(scope)) {
        let expected = [&[any_users], scopes].concat().join(",");
        return Err(insufficient_scope(&expected).into());
    }
    if claims.sub != id {
        return Err(insufficient_scope(any_users).into());
    }
    Ok(session.user_id)
}

fn insufficient_scope(expected: &str) -> ApiError {
    ApiError::new(
        403,
        "insufficient_scope",
        format!("Insufficient scope, expected any of: {expected}"),
    )
}

fn inexistent() -> ApiError {
    ApiError::new(404, "inexistent_user", "The user does not exist.")
}

fn invalid_body(message: &str) -> ApiError {
    ApiError::new(400, code::INVALID_BODY, message)
}
