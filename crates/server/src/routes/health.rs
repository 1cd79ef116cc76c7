//! `GET /health`, `/ready` and `/metrics`: for whoever runs the server.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::metrics;

/// Whether the process lives. It need not be started again because its database
/// is away.
pub async fn live() -> &'static str {
    "ok\n"
}

/// Whether it should get requests: the database answers, whose tables were
/// brought up to date at the start, and nobody has asked the process to end.
pub async fn ready(State(app): State<Arc<App>>) -> (StatusCode, &'static str) {
    if app.is_ending() {
        return (StatusCode::SERVICE_UNAVAILABLE, "The server is ending.\n");
    }
    match app.store.ping().await {
        Ok(()) => (StatusCode::OK, "ready\n"),
        Err(error) => {
            tracing::error!("{error}");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "The database does not answer.\n",
            )
        }
    }
}

/// What Prometheus reads.
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    match app.metrics.text(&app) {
        Ok(text) => ([(CONTENT_TYPE, metrics::CONTENT_TYPE)], text).into_response(),
        Err(error) => {
            tracing::error!("the metrics cannot be written: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
