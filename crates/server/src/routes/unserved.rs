//! What Auth0's contract has and this server has not: passkeys, further factors,
//! codes for database connections, and a few ways to ask for a login. Whoever asks
//! hears so, and what to do.

use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use latchlet_wire::ApiError;

use crate::http::refusal::{Management, OAuth, Refusal};

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
const PUSHED_REQUESTS: Unserved = (
    "Pushed authorization requests are",
    "Send the parameters to /authorize",
);
const DEVICES: Unserved = (
    "The device flow is",
    "Let the person log in through /authorize in a browser",
);
const REGISTRATION: Unserved = (
    "Dynamic registration is",
    "Write the application into the server's config",
);

const OWN_ACCOUNT: Unserved = (
    "The My Account API is",
    "A person's own profile is at /api/v2/users/{id}",
);
const CODES_BY_ADDRESS: Unserved = (
    "Codes in an address are",
    "Send them to /co/authenticate or /oauth/token",
);
const OLD_LOGINS: Unserved = (
    "Ways to log in from before OpenID Connect are",
    "Send a password to /co/authenticate or /oauth/token",
);

/// `/passkey/*`
pub async fn passkeys() -> Refusal<OAuth> {
    disabled(PASSKEYS)
}

/// `/mfa/*`
pub async fn factors() -> Refusal<OAuth> {
    disabled(FACTORS)
}

/// `/otp/challenge`
pub async fn database_codes() -> Refusal<OAuth> {
    disabled(DATABASE_CODES)
}

/// `/oauth/par`
pub async fn pushed_requests() -> Refusal<OAuth> {
    disabled(PUSHED_REQUESTS)
}

/// `/oauth/device/code`
pub async fn devices() -> Refusal<OAuth> {
    disabled(DEVICES)
}

/// `/oidc/register`
pub async fn registration() -> Refusal<OAuth> {
    disabled(REGISTRATION)
}

/// `/me/*`
pub async fn own_account() -> Refusal<OAuth> {
    disabled(OWN_ACCOUNT)
}

/// `/passwordless/verify`
pub async fn codes_by_address() -> Refusal<OAuth> {
    disabled(CODES_BY_ADDRESS)
}

/// `/oauth/ro` and `/usernamepassword/login`
pub async fn old_logins() -> Refusal<OAuth> {
    disabled(OLD_LOGINS)
}

/// What the Management API has elsewhere, and not here.
pub async fn management() -> Refusal<Management> {
    let text = "This server does not have this endpoint (docs/SERVER.md).";
    ApiError::new(404, "endpoint_disabled", text).into()
}

/// The refusal of a method that an endpoint does not have, in the shape of its
/// API.
pub async fn method(uri: Uri) -> Response {
    let text = "This endpoint does not take this method; the header Allow has those that it takes.";
    let error = ApiError::new(405, "method_not_allowed", text);
    match uri.path().starts_with("/api/") {
        true => Refusal::<Management>::from(error).into_response(),
        false => Refusal::<OAuth>::from(error).into_response(),
    }
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
