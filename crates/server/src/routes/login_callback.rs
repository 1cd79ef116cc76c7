//! `GET` and `POST /login/callback`: another provider sends the browser back.
//!
//! A provider that answers by a form posts it from its own site, which is no
//! danger: what counts is `state`, and the cookie that it belongs to.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use latchlet_core::Object;
use latchlet_wire::ApiError;

use crate::app::App;
use crate::fault::Fault;
use crate::federation::{Return, finish};
use crate::http::body;
use crate::routes::authorize::{Login, Request, answer, begin_session};
use crate::{browser, pages};

/// The answer in the address.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let pairs: Option<Vec<(String, String)>> =
        serde_urlencoded::from_str(query.as_deref().unwrap_or_default()).ok();
    let parameters = pairs.and_then(|pairs| body::once(pairs).ok());
    end(&app, &headers, parameters.unwrap_or_default()).await
}

/// The answer in a form.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    let parameters = body::form(&headers, &bytes).unwrap_or_default();
    let mut response = end(&app, &headers, parameters).await;
    if response.status() == StatusCode::FOUND {
        // What was posted here must not be posted there.
        *response.status_mut() = StatusCode::SEE_OTHER;
    }
    response
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
    let user = match finished.result {
        Ok(user) => user,
        Err(error) => return Ok(answer(app, &request, Err(&error))),
    };
    let now = app.now();
    let login = Login {
        user_id: user.id.clone(),
        signed_in_at: now,
        is_new: true,
    };
    let code = code(app, &request, login).await;
    let cookie = browser::begin(app, headers, &user.id, now).await?;
    let response = answer(app, &request, code.as_deref());
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), response).into_response())
}

async fn code(app: &App, request: &Request<'_>, login: Login) -> Result<String, ApiError> {
    let wish = request.check(app)?;
    begin_session(app, request.client, wish, login).await
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
