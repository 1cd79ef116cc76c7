//! `/dev/mailbox`: what was sent while the server runs with `--dev`. Without
//! that there is no such page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_core::Value;

use url::Url;

use crate::app::App;
use crate::config::is_safe;
use crate::mail::{Letter, Mailbox};
use crate::pages;

/// For people.
pub async fn mailbox(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match open(&app, &headers) {
        Some(mailbox) => pages::mailbox(&mailbox.letters()),
        None => nothing(),
    }
}

/// For tests: the oldest first.
pub async fn mailbox_json(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match open(&app, &headers) {
        Some(mailbox) => {
            let letters: Vec<Value> = mailbox.letters().iter().map(Letter::to_value).collect();
            Json(Value::from(letters)).into_response()
        }
        None => nothing(),
    }
}

/// The mailbox, for whoever calls this machine by its own name. A page on the
/// internet can have its name lead here (DNS rebinding), and would then be of
/// this origin to the browser.
fn open<'a>(app: &'a App, headers: &HeaderMap) -> Option<&'a Mailbox> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let url = Url::parse(&["http://", host].concat()).ok()?;
    let ours = is_safe(&url) || url.host_str() == Some(app.host().as_str());
    app.post.mailbox().filter(|_| ours)
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}
