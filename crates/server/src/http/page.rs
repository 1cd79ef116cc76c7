//! What a record says of the page that a request came from.

use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, HeaderName};

/// The most characters that are kept.
const MAX: usize = 200;

/// The origin of the page; empty if no page sent the request.
pub fn origin(headers: &HeaderMap) -> String {
    text(headers, &ORIGIN)
}

/// The id under which the log has the request.
pub fn request_id(headers: &HeaderMap) -> String {
    text(headers, &HeaderName::from_static("x-request-id"))
}

/// The language that the page says it is in.
pub fn language(headers: &HeaderMap) -> String {
    text(headers, &HeaderName::from_static("x-request-language"))
}

fn text(headers: &HeaderMap, name: &HeaderName) -> String {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().chars().take(MAX).collect()
}
