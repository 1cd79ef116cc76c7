//! `GET /openapi.json`: the document of everything that is served.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::Value;

use crate::api;
use crate::app::App;

/// The document, with the address of this server.
pub async fn get(State(app): State<Arc<App>>) -> Json<Value> {
    Json(api::document(&app.url("")))
}
