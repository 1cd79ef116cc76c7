//! `GET` and `POST /lo/verify_email`: the page that a letter about a new address
//! leads to. A button and nothing else: it works without scripts.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use url::Url;

use crate::app::App;
use crate::auth::secret;
use crate::fault::Fault;
use crate::http::body;
use crate::pages;

/// What the page that people go on to hears, as at Auth0. The address is left
/// out: it would stand in the history of the browser.
const RESULT: [(&str, &str); 3] = [
    ("success", "true"),
    ("code", "success"),
    (
        "message",
        "Your email was verified. You can continue using the application.",
    ),
];

/// The button, as long as the ticket is good.
pub async fn get(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let parameters = body::query(query.as_deref());
    let ticket = parameters.as_ref().and_then(|it| it.text("ticket"));
    let ticket = ticket.unwrap_or_default();
    let digest = secret::digest(ticket);
    match app.store.email_verification(&digest, app.now()).await {
        Ok(Some(found)) => {
            let next = found.result_url.and_then(|url| Url::parse(&url).ok());
            let next = next.map(|url| url.origin().ascii_serialization());
            pages::confirm_email(ticket, &found.email, &app.host(), next.as_deref())
        }
        Ok(None) => pages::confirmation_is_void(),
        Err(error) => failed(&error.into()),
    }
}

/// Takes the ticket.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    let Ok(body) = body::form(&headers, &bytes) else {
        return pages::form_is_not_right();
    };
    let digest = secret::digest(body.text("ticket").unwrap_or_default());
    let found = match app.store.verify_email(&digest, app.now()).await {
        Ok(Some(found)) => found,
        Ok(None) => return pages::confirmation_is_void(),
        Err(error) => return failed(&error.into()),
    };
    match found.result_url.and_then(|url| Url::parse(&url).ok()) {
        Some(mut url) => {
            url.query_pairs_mut().extend_pairs(RESULT);
            (StatusCode::SEE_OTHER, [(LOCATION, url.as_str())]).into_response()
        }
        None => pages::email_confirmed(),
    }
}

fn failed(fault: &Fault) -> Response {
    tracing::error!("{fault}");
    pages::sorry(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Your address is not confirmed. Go back and try again.",
    )
}
