//! `/dev/mailbox` and `/dev/clock`: what was sent while the server runs with
//! `--dev`, and what time it is. Without that there are no such pages.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use latchlet_core::{Object, Value};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;
use url::Url;

use crate::app::App;
use crate::config::is_safe;
use crate::http::body;
use crate::http::refusal::{OAuth, Refusal};
use crate::mail::{Letter, Mailbox};
use crate::pages;

/// What proxies and tunnels say of whom they ask for.
const FORWARDED: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-forwarded-host"];

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

/// What time it is, in seconds since 1970, and by how many seconds the clock
/// is ahead.
pub async fn clock(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    match open(&app, &headers) {
        Some(_) => time(&app),
        None => nothing(),
    }
}

/// Puts the clock forward: `{ "advance": seconds }`.
pub async fn advance(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    if open(&app, &headers).is_none() {
        return nothing();
    }
    let body = match body::json(&headers, &bytes) {
        Ok(body) => body,
        Err(error) => return Refusal::<OAuth>::from(error).into_response(),
    };
    let seconds = body.as_object().and_then(|body| body.get("advance"));
    let seconds = seconds
        .and_then(Value::as_number)
        .filter(|it| it.fract() == 0.0);
    match seconds.and_then(|seconds| app.clock.advance(seconds as i64)) {
        Some(()) => {
            app.keep_keys().await;
            time(&app)
        }
        None => Refusal::<OAuth>::from(ApiError::new(
            400,
            code::INVALID_REQUEST,
            "`advance` is a whole number of seconds, and the clock goes forward alone, a \
             hundred years at most.",
        ))
        .into_response(),
    }
}

fn time(app: &App) -> Response {
    let seconds = |milliseconds: i64| Value::Number(milliseconds.div_euclid(1000) as f64);
    let time: Object = [
        ("now", seconds(app.now())),
        ("ahead", seconds(app.clock.ahead())),
    ]
    .into_iter()
    .collect();
    Json(Value::from(time)).into_response()
}

/// The mailbox, for whoever calls this machine by its own name. A page on the
/// internet can have its name lead here (DNS rebinding), and would then be of
/// this origin to the browser; and a proxy or a tunnel brings in the internet.
fn open<'a>(app: &'a App, headers: &HeaderMap) -> Option<&'a Mailbox> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let url = Url::parse(&["http://", host].concat()).ok()?;
    let is_direct = !FORWARDED.iter().any(|name| headers.contains_key(*name));
    app.post.mailbox().filter(|_| is_safe(&url) && is_direct)
}

fn nothing() -> Response {
    (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response()
}
