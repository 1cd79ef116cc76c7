//! What Auth0's contract has and this server has not: passkeys, further factors
//! and codes for database connections. Whoever asks hears so, and what to do.

use std::sync::Arc;

use axum::Router;
use axum::routing::{any, post};
use latchlet_wire::ApiError;

use crate::app::App;
use crate::http::refusal::{OAuth, Refusal};

/// What is asked for, in words, and what does instead.
type Unserved = (&'static str, &'static str);

const PASSKEYS: Unserved = (
    "Passkeys are",
    "Offer a password, or a code or a link by mail",
);
const FACTORS: Unserved = (
    "Further factors are",
    "No login of this server asks for one, so go on without",
);
const DATABASE_CODES: Unserved = (
    "Codes for accounts with a password are",
    "Send them by /passwordless/start, with a passwordless connection",
);

/// The endpoints.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/passkey/register", post(async || disabled(PASSKEYS)))
        .route("/passkey/challenge", post(async || disabled(PASSKEYS)))
        .route("/mfa/{*rest}", any(async || disabled(FACTORS)))
        .route("/otp/challenge", post(async || disabled(DATABASE_CODES)))
}

/// The refusal of a `grant_type` that belongs to one of them.
pub fn grant_type(name: &str) -> Option<ApiError> {
    let unserved = match name {
        "urn:okta:params:oauth:grant-type:webauthn" => PASSKEYS,
        "http://auth0.com/oauth/grant-type/mfa-otp"
        | "http://auth0.com/oauth/grant-type/mfa-oob"
        | "http://auth0.com/oauth/grant-type/mfa-recovery-code" => FACTORS,
        _ => return None,
    };
    let text = in_words(unserved);
    Some(ApiError::new(400, "unsupported_grant_type", text))
}

fn disabled(unserved: Unserved) -> Refusal<OAuth> {
    ApiError::new(404, "endpoint_disabled", in_words(unserved)).into()
}

fn in_words((what, instead): Unserved) -> String {
    format!("{what} not served here. {instead} (docs/SERVER.md).")
}
