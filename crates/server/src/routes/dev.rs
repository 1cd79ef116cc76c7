//! `/dev/mailbox`: what was sent while the server runs with `--dev`. Without
//! that there is no such page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use latchlet_core::Value;

use crate::app::App;
use crate::mail::Letter;
use crate::pages;

/// For people.
pub async fn mailbox(State(app): State<Arc<App>>) -> Response {
    match app.post.mailbox() {
        Some(mailbox) => pages::mailbox(&mailbox.letters()),
        None => nothing(),
    }
}

/// For tests: the oldest first.
pub async fn mailbox_json(State(app): State<Arc<App>>) -> Response {
    match app.post.mailbox() {
        Some(mailbox) => {
            let letters: Vec<Value> = mailbox.letters().iter().map(Letter::to_value).collect();
            Json(Value::from(letters)).into_response()
        }
        None => nothing(),
    }
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}
