//! `GET /v2/logout`: ends the session of the browser, and sends it on.
//!
//! The session ends even where the address to go on to is refused: whoever came
//! here wanted to be signed out. Tokens that applications hold stay good until
//! they end, as on Auth0.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use latchlet_core::Object;

use crate::app::App;
use crate::http::body;
use crate::{browser, pages};

/// Signs the browser out.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let cookie = match browser::end(&app, &headers).await {
        Ok(cookie) => cookie,
        Err(error) => {
            tracing::error!("{error}");
            return pages::sorry(
                StatusCode::INTERNAL_SERVER_ERROR,
                "You may still be signed in",
                "Something went wrong on the server. Try again in a moment.",
            );
        }
    };
    let parameters = body::query(query.as_deref());
    let onward = parameters.as_ref().and_then(|it| onward(&app, it));
    let response = match onward {
        Some(Some(url)) => (StatusCode::FOUND, [(LOCATION, url)]).into_response(),
        Some(None) => pages::signed_out(),
        None => pages::sorry(
            StatusCode::BAD_REQUEST,
            "You are signed out",
            "The request wants to go on to an address that is not among the application's \
             allowed logout URLs, so you stay here.",
        ),
    };
    (AppendHeaders([(SET_COOKIE, cookie)]), response).into_response()
}

/// Where to go: an address of the application's, or, where none is named, of the
/// tenant's; the first of them if there is no `returnTo`; or nowhere. `None` is an
/// address that is not theirs.
fn onward<'a>(app: &'a App, parameters: &Object) -> Option<Option<&'a str>> {
    let urls = match parameters.text("client_id") {
        Some(id) => app.config.client(id).map(|it| &it.allowed_logout_urls),
        None => Some(&app.config.allowed_logout_urls),
    };
    let urls = urls.map_or(&[][..], Vec::as_slice);
    match parameters.text("returnTo") {
        Some(wanted) => Some(Some(urls.iter().find(|url| *url == wanted)?)),
        None => Some(urls.first().map(String::as_str)),
    }
}
