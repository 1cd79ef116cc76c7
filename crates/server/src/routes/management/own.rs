//! A change of one's own profile: of `user_metadata` alone.

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use latchlet_core::Value;
use latchlet_store::{Changed, Decided, Identity, UnixMillis, User};
use latchlet_wire::error::code;
use latchlet_wire::profile::{IDEMPOTENT_REPLAYED, spelt_out};
use latchlet_wire::{ApiError, MetadataUpdate};

use super::caller::{inexistent, insufficient_scope};
use crate::app::App;
use crate::http::refusal::{Management, Refusal};
use crate::http::{body, idempotency, page};
use crate::profile;
use crate::profiling::{self, Circumstances, Person, Questions};

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

/// Merges a change into the `user_metadata` of a person, and returns the whole
/// profile.
pub async fn change(
    app: &App,
    id: &str,
    headers: &HeaderMap,
    bytes: &Bytes,
) -> Result<Response, Refusal<Management>> {
    let change = read_change(&body::json(headers, bytes)?)?;
    let now = app.now();
    let submission = idempotency::submission(headers, bytes, now)?;
    let _flight = match &submission {
        Some(it) => {
            let flight = app.in_flight.begin(id, &it.key);
            Some(flight.ok_or_else(idempotency::in_use)?)
        }
        None => None,
    };
    let identities = app.store.identities(id).await?;
    let decide = |user: User| decide(app, headers, (user, &identities), &change, now);
    let changed = app
        .store
        .change_user(id, submission.as_ref(), now, decide)
        .await?;
    match changed {
        Changed::Made(reply) => Ok(json(reply)),
        Changed::Replayed(reply) => {
            let replayed = (
                HeaderName::from_static(IDEMPOTENT_REPLAYED),
                const { HeaderValue::from_static("true") },
            );
            Ok(([replayed], json(reply)).into_response())
        }
        Changed::KeyReused => Err(idempotency::reused().into()),
        Changed::Refused(error) => Err(error.into()),
        Changed::NoUser => Err(inexistent().into()),
    }
}

/// What becomes of a user by a change.
fn decide(
    app: &App,
    headers: &HeaderMap,
    (mut user, identities): (User, &[Identity]),
    change: &MetadataUpdate,
    now: UnixMillis,
) -> Result<Decided, ApiError> {
    let questions = Questions::of(&app.config, &user.connection);
    let change = spelt_out(&change.user_metadata, &user.user_metadata);
    let person = Person::of_user(&user, identities);
    let accepted = profiling::accept(&questions, &person, change, false, now)?;
    let circumstances = Circumstances {
        subject: user.consent_subject.clone(),
        at: now,
        form_version: questions.version().to_owned(),
        origin: page::origin(headers),
        request_id: page::request_id(headers),
    };
    let said = accepted.said.iter();
    let consents = said.map(|it| it.to_event(&circumstances)).collect();
    user.user_metadata = accepted.metadata;
    user.updated_at = now;
    let reply = serde_json::json!(profile::full(&user, identities)).to_string();
    Ok(Decided {
        user,
        consents,
        reply,
        ends_sessions: false,
        password_history: 0,
    })
}

fn read_change(body: &Value) -> Result<MetadataUpdate, ApiError> {
    let other = body
        .as_object()
        .is_some_and(|body| body.iter().any(|(key, _)| OTHER_ATTRIBUTES.contains(&key)));
    if other {
        return Err(insufficient_scope("update:users"));
    }
    MetadataUpdate::from_value(body).map_err(|malformed| {
        let message = format!("Payload validation error: {malformed}");
        ApiError::new(400, code::INVALID_BODY, message)
    })
}

/// A reply that is JSON already.
pub fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}
