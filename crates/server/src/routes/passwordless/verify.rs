//! `GET` and `POST /passwordless/verify_redirect`: the link that was sent.
//!
//! Following it shows a button. Pressing that signs the person in and sends the
//! browser where the application asked for it.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use latchlet_core::Object;

use crate::app::App;
use crate::auth::secret;
use crate::fault::Fault;
use crate::http::body;
use crate::routes::authorize::{self, Request};
use crate::{pages, passwordless};

/// The button, as long as the link is good.
pub async fn get(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response {
    let parameters = body::query(query.as_deref());
    let ticket = parameters.as_ref().and_then(|it| it.text("ticket"));
    let ticket = ticket.unwrap_or_default();
    let found = app
        .store
        .magic_link(&secret::digest(ticket), app.now())
        .await;
    match found {
        Ok(Some(link)) => match Request::read(&app, &link.parameters) {
            Ok(request) => pages::continue_with(
                ticket,
                &link.addressee.recipient,
                &request.callback.origin().ascii_serialization(),
            ),
            Err(_) => pages::link_is_void(),
        },
        Ok(None) => pages::link_is_void(),
        Err(error) => failed(&Fault::from(error)),
    }
}

/// Ends the login.
pub async fn post(State(app): State<Arc<App>>, headers: HeaderMap, bytes: Bytes) -> Response {
    let ours = headers
        .get("sec-fetch-site")
        .is_none_or(|site| site == "same-origin");
    let body = body::form(&headers, &bytes).ok().filter(|_| ours);
    // A form on another site must not sign this browser in as somebody else.
    let Some(body) = body else {
        return pages::form_is_not_right();
    };
    end(&app, &headers, &body)
        .await
        .unwrap_or_else(|fault| failed(&fault))
}

async fn end(app: &App, headers: &HeaderMap, body: &Object) -> Result<Response, Fault> {
    let ticket = body.text("ticket").unwrap_or_default();
    let now = app.now();
    let link = app
        .store
        .take_magic_link(&secret::digest(ticket), now)
        .await?;
    let Some(link) = link else {
        return Ok(pages::link_is_void());
    };
    // The config may be another one than when the link was sent.
    let connection = app.config.passwordless(&link.addressee.connection);
    let request = Request::read(app, &link.parameters).ok();
    let (Some(connection), Some(request)) = (connection, request) else {
        return Ok(pages::link_is_void());
    };
    let Some(user) = passwordless::account(app, connection, &link.addressee).await? else {
        return Ok(pages::link_is_void());
    };
    let response = authorize::end(app, headers, &request, user.id).await?;
    Ok(authorize::after_post(response))
}

fn failed(fault: &Fault) -> Response {
    tracing::error!("{fault}");
    pages::sorry(
        StatusCode::INTERNAL_SERVER_ERROR,
        "Something went wrong",
        "Go back to the application, and ask for another link there.",
    )
}
