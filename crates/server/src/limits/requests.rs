//! Requests: so many from one address, and so many from everybody. What is the
//! same for everybody, such as files and keys, is not counted.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use latchlet_store::{Allowance, StoreError};
use latchlet_wire::ApiError;
use latchlet_wire::error::code;

use super::Address;
use crate::app::App;
use crate::config::Limit;
use crate::http::refusal::{Legacy, Management, OAuth, Refusal};
use crate::pages;

/// The headers of Auth0's contract: how often one may, how often one still may,
/// and when that begins anew, in seconds since 1970.
pub const HEADERS: [HeaderName; 3] = [
    HeaderName::from_static("x-ratelimit-limit"),
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("x-ratelimit-reset"),
];

/// Bounds the endpoints of the API.
pub async fn of_api(
    State(app): State<Arc<App>>,
    from: Address,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    bounded(&app, from, request, next, |error| {
        if path.starts_with("/api/") {
            return Refusal::<Management>::from(error).into_response();
        }
        match path.starts_with("/dbconnections/") {
            true => Refusal::<Legacy>::from(error).into_response(),
            false => Refusal::<OAuth>::from(error).into_response(),
        }
    })
    .await
}

/// Bounds the pages.
pub async fn of_pages(
    State(app): State<Arc<App>>,
    from: Address,
    request: Request,
    next: Next,
) -> Response {
    bounded(&app, from, request, next, |_| {
        pages::sorry(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many requests",
            "There were too many requests, from your network or from everybody. Wait a minute, \
             go back, and try again.",
        )
    })
    .await
}

async fn bounded(
    app: &App,
    from: Address,
    request: Request,
    next: Next,
    refuse: impl FnOnce(ApiError) -> Response,
) -> Response {
    let counted = count(app, from).await.unwrap_or_else(|error| {
        // What can be answered without writing is answered on a full disk, too.
        tracing::error!("a request was not counted: {error}");
        None
    });
    let mut response = match &counted {
        Some((_, left, text)) if !left.allowed => {
            let error = ApiError::new(429, code::TOO_MANY_REQUESTS, *text);
            let mut response = refuse(error);
            let seconds = super::seconds(*left, app.now());
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
            response
        }
        _ => next.run(request).await,
    };
    if let Some((limit, left, _)) = counted {
        tell(response.headers_mut(), limit, left);
    }
    response
}

/// What is left for an address, or what is used up, and what to say of that.
async fn count(
    app: &App,
    from: Address,
) -> Result<Option<(Limit, Allowance, &'static str)>, StoreError> {
    let limits = &app.config.limits;
    let each = [
        (
            limits.requests_per_address,
            format!("requests\n{from}"),
            "There were too many requests from this address. Wait as long as Retry-After says.",
        ),
        (
            limits.requests,
            "requests".to_owned(),
            "Global limit has been reached",
        ),
    ];
    let mut first = None;
    for (limit, key, text) in each {
        let Some(limit) = limit else { continue };
        let left = app
            .handfuls
            .count(&app.store, &key, limit, app.now())
            .await?;
        if !left.allowed {
            return Ok(Some((limit, left, text)));
        }
        first.get_or_insert((limit, left, text));
    }
    Ok(first)
}

fn tell(headers: &mut HeaderMap, limit: Limit, left: Allowance) {
    let values = [
        HeaderValue::from(limit.most),
        HeaderValue::from(left.remaining),
        // Not before it does.
        HeaderValue::from(left.reset_at.saturating_add(999) / 1000),
    ];
    headers.extend(HEADERS.into_iter().zip(values));
}
