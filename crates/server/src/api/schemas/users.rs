//! The bodies of the Management API.

use serde_json::{Value, json};

use super::{Named, closed, flag, list, number, open, reference, text, texts};

pub fn all() -> Named<11> {
    let mut new = changeable();
    new["user_id"] = text();
    [
        ("Identity", identity()),
        ("User", user()),
        ("Users", page("User", "users")),
        ("UserList", list(reference("User"))),
        ("UserChange", closed(changeable(), &[])),
        ("NewUser", closed(new, &["connection"])),
        (
            "VerificationEmailRequest",
            closed(
                json!({ "user_id": text(), "client_id": text() }),
                &["user_id"],
            ),
        ),
        (
            "Job",
            closed(
                json!({
                    "type": text(), "status": text(), "created_at": text(), "id": text(),
                }),
                &["type", "status", "created_at", "id"],
            ),
        ),
        ("Client", client()),
        ("Clients", page("Client", "clients")),
        ("Consents", list(consent())),
    ]
}

fn changeable() -> Value {
    // `null` takes one out.
    let attribute = json!({ "type": ["string", "null"] });
    json!({
        "email": text(), "email_verified": flag(), "phone_number": text(),
        "phone_verified": flag(), "username": text(), "password": text(), "blocked": flag(),
        "name": attribute, "given_name": attribute, "family_name": attribute,
        "nickname": attribute, "picture": attribute, "user_metadata": open(),
        "app_metadata": open(), "connection": text(), "client_id": text(),
        "verify_email": flag(), "verify_phone_number": flag(),
    })
}

/// Nothing must be there, since fields can be chosen, and another provider may
/// say more.
fn user() -> Value {
    json!({
        "type": "object",
        "properties": {
            "user_id": text(), "email": text(), "email_verified": flag(),
            "phone_number": text(), "phone_verified": flag(), "username": text(),
            "name": text(), "given_name": text(), "family_name": text(), "nickname": text(),
            "picture": text(), "blocked": flag(), "user_metadata": open(),
            "app_metadata": open(), "identities": list(reference("Identity")),
            "created_at": text(), "updated_at": text(), "last_login": text(),
            "last_password_reset": text(), "logins_count": number(),
        },
    })
}

fn identity() -> Value {
    closed(
        json!({
            "connection": text(), "user_id": text(), "provider": text(), "isSocial": flag(),
            "profileData": open(),
        }),
        &["connection", "user_id", "provider", "isSocial"],
    )
}

fn client() -> Value {
    closed(
        json!({
            "client_id": text(), "name": text(), "app_type": text(), "callbacks": texts(),
            "allowed_logout_urls": texts(), "allowed_origins": texts(), "web_origins": texts(),
            "grant_types": texts(), "token_endpoint_auth_method": text(), "global": flag(),
            "is_first_party": flag(), "oidc_conformant": flag(),
        }),
        &[],
    )
}

fn consent() -> Value {
    closed(
        json!({
            "id": number(), "document": text(), "version": text(), "text_sha256": text(),
            "locale": text(), "decision": { "enum": ["granted", "denied", "withdrawn"] },
            "method": text(), "at": text(), "form_version": text(), "origin": text(),
            "request_id": text(), "prev_hash": text(), "hash": text(), "subject": text(),
        }),
        &["id", "document", "decision", "at"],
    )
}

/// A list, with and without `include_totals`.
fn page(entry: &str, name: &str) -> Value {
    let entries = list(reference(entry));
    let totals = closed(
        json!({
            "start": number(), "limit": number(), "length": number(), "total": number(),
            name: entries,
        }),
        &["start", "limit", "length", "total", name],
    );
    json!({ "oneOf": [entries, totals] })
}
