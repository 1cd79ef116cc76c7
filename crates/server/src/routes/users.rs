//! `GET` and `PATCH /api/v2/users/{id}` for the person themselves, whose token
//! changes `user_metadata` alone.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use latchlet_core::Value;
use latchlet_store::{Changed, Decided, Identity, UnixMillis, User};
use latchlet_wire::error::code;
use latchlet_wire::profile::IDEMPOTENT_REPLAYED;
use latchlet_wire::{ApiError, MetadataUpdate};

use super::current_user::{READ, UPDATE, inexistent, insufficient_scope, own_id};
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

/// The whole profile.
pub async fn get(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    let id = own_id(&app, &headers, &id, READ).await?;
    let user = app.store.user(&id).await?.ok_or_else(inexistent)?;
    let identities = app.store.identities(&id).await?;
    Ok(Json(profile::full(&user, &identities)))
}

/// Merges a change into `user_metadata`, and returns the whole profile.
pub async fn patch(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Refusal<Management>> {
    let id = own_id(&app, &headers, &id, UPDATE).await?;
    let change = read_change(&body::json(&headers, &bytes)?)?;
    let now = app.now();
    let submission = idempotency::submission(&headers, &bytes, now)?;
    let _flight = match &submission {
        Some(it) => {
            let flight = app.in_flight.begin(&id, &it.key);
            Some(flight.ok_or_else(idempotency::in_use)?)
        }
        None => None,
    };
    let identities = app.store.identities(&id).await?;
    let decide = |user: User| decide(&app, &headers, (user, &identities), &change, now);
    let changed = app
        .store
        .change_user(&id, submission.as_ref(), now, decide)
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
    let change = change.spelt_out(&user.user_metadata);
    let accepted = profiling::accept(
        &questions,
        &Person::of_user(&user, identities),
        change,
        false,
        now,
    )?;
    let circumstances = Circumstances {
        subject: profile::subject(&user),
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

fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}
