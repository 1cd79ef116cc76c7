//! The bodies of the Authentication API.

use serde_json::{Value, json};

use super::{Named, closed, flag, number, open, text};

pub fn all() -> Named<12> {
    [
        ("SignupRequest", sign_up()),
        ("SignupResponse", signed_up()),
        (
            "ChangePasswordRequest",
            closed(
                json!({ "client_id": text(), "connection": text(), "email": text() }),
                &["client_id", "connection", "email"],
            ),
        ),
        ("PasswordlessStartRequest", start()),
        (
            "PasswordlessStartResponse",
            closed(
                json!({
                    "_id": text(), "email": text(), "email_verified": flag(),
                    "phone_number": text(), "phone_verified": flag(),
                    "request_language": { "type": ["string", "null"] },
                }),
                &["_id"],
            ),
        ),
        (
            "AuthenticateRequest",
            closed(
                json!({
                    "client_id": text(), "username": text(), "password": text(), "otp": text(),
                    "realm": text(), "credential_type": text(),
                }),
                &["client_id", "username", "credential_type"],
            ),
        ),
        (
            "AuthenticateResponse",
            closed(
                json!({
                    "login_ticket": text(), "co_verifier": text(), "co_id": text(),
                    "code_verifier": text(),
                }),
                &["login_ticket", "co_verifier", "co_id"],
            ),
        ),
        ("TokenRequest", token()),
        (
            "RevocationRequest",
            json!({
                "type": "object",
                "properties": { "client_id": text(), "client_secret": text(), "token": text() },
                "required": ["token"],
            }),
        ),
        (
            "TokenResponse",
            closed(
                json!({
                    "access_token": text(), "token_type": { "const": "Bearer" },
                    "expires_in": number(), "scope": text(), "id_token": text(),
                    "refresh_token": text(),
                }),
                &["access_token", "token_type", "expires_in", "scope"],
            ),
        ),
        (
            "Claims",
            json!({
                "type": "object",
                "properties": {
                    "sub": text(), "email": text(), "email_verified": flag(),
                    "name": text(), "nickname": text(), "phone_number": text(),
                    "phone_number_verified": flag(), "updated_at": text(),
                },
                "required": ["sub"],
            }),
        ),
        ("Form", open()),
    ]
}

fn sign_up() -> Value {
    closed(
        json!({
            "client_id": text(), "connection": text(), "email": text(), "password": text(),
            "username": text(), "phone_number": text(), "name": text(), "given_name": text(),
            "family_name": text(), "nickname": text(), "picture": text(),
            "user_metadata": open(),
        }),
        &["client_id", "connection", "email", "password"],
    )
}

fn signed_up() -> Value {
    closed(
        json!({
            "_id": text(), "email": text(), "email_verified": flag(), "username": text(),
            "phone_number": text(), "name": text(), "given_name": text(),
            "family_name": text(), "nickname": text(), "picture": text(),
            "user_metadata": open(),
        }),
        &["_id", "email", "email_verified"],
    )
}

fn start() -> Value {
    closed(
        json!({
            "client_id": text(), "client_secret": text(), "connection": text(),
            "email": text(), "phone_number": text(), "send": { "enum": ["code", "link"] },
            "authParams": open(),
        }),
        &["client_id", "connection"],
    )
}

/// What a grant does not know, it leaves.
fn token() -> Value {
    json!({
        "type": "object",
        "properties": {
            "grant_type": text(), "client_id": text(), "client_secret": text(),
            "code": text(), "redirect_uri": text(), "code_verifier": text(),
            "refresh_token": text(), "audience": text(), "scope": text(),
        },
        "required": ["grant_type"],
    })
}
