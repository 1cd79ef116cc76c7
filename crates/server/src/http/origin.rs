//! The origin of the page that a request comes from.

use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, StatusCode};

use super::refusal::Refusal;

/// Refuses a request from a page that may not send it. A request without an
/// origin comes from no page.
pub fn check<S>(headers: &HeaderMap, allowed: impl Fn(&str) -> bool) -> Result<(), Refusal<S>> {
    match headers.get(ORIGIN).map(|origin| origin.to_str()) {
        None => Ok(()),
        Some(Ok(origin)) if allowed(origin) => Ok(()),
        Some(origin) => Err(refused(origin.unwrap_or("of this page"))),
    }
}

/// As [`check`], where only pages have business.
pub fn require<S>(headers: &HeaderMap, allowed: impl Fn(&str) -> bool) -> Result<(), Refusal<S>> {
    match headers.contains_key(ORIGIN) {
        true => check(headers, allowed),
        false => Err(refused("of nothing")),
    }
}

/// Whether a request says that it comes from a page of this very origin.
pub fn is(headers: &HeaderMap, wanted: &str) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| origin == wanted)
}

fn refused<S>(origin: &str) -> Refusal<S> {
    Refusal::of((
        StatusCode::FORBIDDEN,
        format!("Origin {origin} is not allowed."),
    ))
}
