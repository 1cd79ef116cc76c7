//! `GET` and `POST /login/callback`: another provider sends the browser back.
//!
//! A provider that answers by a form posts it from its own site, which is no
//! danger: what counts is `state`, and the cookie that it belongs to.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use latchlet_core::Object;

use crate::app::App;
use crate::fault::Fault;
use crate::federation::{Return, finish};
use crate::http::body;
use crate::pages;
use crate::routes::authorize::{self, Request};

/// The answer in the address.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let parameters = body::query(query.as_deref()).unwrap_or_default();
    end(&app, &headers, parameters).await
}

/// The answer in a form.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    let parameters = body::form(&headers, &bytes).unwrap_or_default();
    authorize::after_post(end(&app, &headers, parameters).await)
}

async fn end(app: &App, headers: &HeaderMap, parameters: Object) -> Response {
    let finished = finish(app, headers, &parameters).await;
    let response = match finished {
        Ok(Some(finished)) => go_on(app, headers, finished).await,
        Ok(None) => return void(),
        Err(fault) => Err(fault),
    };
    response.unwrap_or_else(|fault| {
        tracing::error!("{fault}");
        pages::sorry(
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong",
            "Go back to the application, and log in there again.",
        )
    })
}

/// Sends the browser back to the application, with a code or with what is in the
/// way.
async fn go_on(app: &App, headers: &HeaderMap, finished: Return) -> Result<Response, Fault> {
    // The config may be another one than when the login began.
    let Ok(request) = Request::read(app, &finished.request) else {
        return Ok(void());
    };
    match finished.result {
        Ok(user) => authorize::end(app, headers, &request, user.id).await,
        Err(error) => Ok(authorize::answer(app, &request, Err(&error))),
    }
}

/// An answer to nothing that was asked in this browser: it came twice, too
/// late, or somebody made it up.
fn void() -> Response {
    pages::sorry(
        StatusCode::BAD_REQUEST,
        "This login is over",
        "It was finished already, took too long, or began in another browser. Go back to the \
         application, and log in there again.",
    )
}
