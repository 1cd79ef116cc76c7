//! `GET /api/v2/users/{id}/consents`: what somebody said to consents, and
//! `GET /consents/texts/{hash}`: by which words.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_core::{Object, Value};
use latchlet_store::ConsentRecord;

use super::management::caller::{READ, of_user};
use crate::app::App;
use crate::clock;
use crate::http::refusal::{Management, OAuth, Refusal};

/// Somebody's consents, in the order in which they were said.
pub async fn list(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal<Management>> {
    let caller = of_user(&app, &headers, &id, &READ).await?;
    let user = caller.user(&app, &id).await?;
    let records = app.store.consents(&user.consent_subject).await?;
    let records: Vec<Value> = records.iter().map(|record| show(record).into()).collect();
    Ok(Json(records.into()))
}

/// The words of a hash. They were shown to everybody, and never change.
pub async fn text(
    State(app): State<Arc<App>>,
    Path(hash): Path<String>,
) -> Result<Response, Refusal<OAuth>> {
    Ok(match app.store.consent_text(&hash).await? {
        Some(text) => {
            let forever = "public, max-age=31536000, immutable";
            ([(CACHE_CONTROL, forever)], text).into_response()
        }
        None => (StatusCode::NOT_FOUND, "There is no such text.\n").into_response(),
    })
}

/// A record, without the words.
pub fn show(record: &ConsentRecord) -> Object {
    let ConsentRecord { event, .. } = record;
    let mut shown = Object::new();
    shown.insert("id", Value::Number(record.id as f64));
    shown.insert("at", clock::iso(event.at));
    for (key, value) in [
        ("subject", &event.subject),
        ("document", &event.document),
        ("version", &event.version),
        ("text_sha256", &record.text_sha256),
        ("locale", &event.locale),
        ("decision", &event.decision),
        ("method", &event.method),
        ("form_version", &event.form_version),
        ("origin", &event.origin),
        ("request_id", &event.request_id),
        ("prev_hash", &record.prev_hash),
        ("hash", &record.hash),
    ] {
        shown.insert(key, value.as_str());
    }
    shown
}
