//! Whether a request may see or change a profile: the token is the person's
//! own, so it opens their profile alone. Whether another id exists is not told.

use axum::http::HeaderMap;
use latchlet_wire::ApiError;

use crate::app::App;
use crate::auth::{AccessClaims, TokenRefused};
use crate::http::bearer;
use crate::http::refusal::{Management, Refusal};

/// What reads a profile: the scope for all of them, which is never granted, and
/// that for one's own.
pub const READ: (&str, &[&str]) = ("read:users", &["read:current_user"]);
/// What changes one.
pub const UPDATE: (&str, &[&str]) = (
    "update:users",
    &[
        "update:current_user_metadata",
        "create:current_user_metadata",
    ],
);

/// The user's id, if the token is for this API, has one of the scopes, and
/// belongs to this very user.
pub async fn own_id(
    app: &App,
    headers: &HeaderMap,
    id: &str,
    (any_users, scopes): (&str, &[&str]),
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
    let Some(session) = &claims.sid else {
        return Err(insufficient_scope(any_users).into());
    };
    let session = app
        .store
        .live_session(session, app.now())
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

/// The token does not go so far.
pub fn insufficient_scope(expected: &str) -> ApiError {
    ApiError::new(
        403,
        "insufficient_scope",
        format!("Insufficient scope, expected any of: {expected}"),
    )
}

/// There is no such user.
pub fn inexistent() -> ApiError {
    ApiError::new(404, "inexistent_user", "The user does not exist.")
}
