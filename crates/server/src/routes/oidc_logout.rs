//! `GET` and `POST /oidc/logout`: an application sends people here to be logged
//! out (OpenID Connect RP-Initiated Logout 1.0). Without an ID token that says
//! who is meant, the person is asked first: anybody can put a link on a page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Response};
use latchlet_core::Object;
use url::Url;

use crate::app::App;
use crate::auth::IdTokenHint;
use crate::fault::Fault;
use crate::http::{body, origin};
use crate::routes::login;
use crate::{browser, pages};

/// What is asked for, once it is known to be in order.
struct Request {
    /// Where to go on to.
    onward: Option<Url>,
    /// Whose session ends; whoever it is if that is not said.
    sub: Option<String>,
}

/// Logs the browser out, or asks whether to.
pub async fn get(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let Some((parameters, request)) = asked(&app, query.as_deref()).await else {
        return refused();
    };
    let session = match browser::current(&app, &headers).await {
        Ok(session) => session,
        Err(error) => return failed(&error.into()),
    };
    let Some(session) = session else {
        return go_on(&request);
    };
    let meant = request.sub.as_deref().and_then(|sub| sub.split_once('|'));
    if meant.is_some_and(|(_, id)| id == session.user_id) {
        return end(&app, &headers, &request).await;
    }
    let onward = request
        .onward
        .as_ref()
        .map(|url| url.origin().ascii_serialization());
    let confirm = ["/oidc/logout/confirm?", &login::query(&parameters)].concat();
    pages::ask_to_log_out(&confirm, onward.as_deref())
}

/// Takes the same by a form, which comes back as a query: browsers send the
/// cookie along with that alone when another site asks.
pub async fn post(headers: HeaderMap, bytes: Bytes) -> Response {
    match body::form(&headers, &bytes) {
        Ok(parameters) => {
            let address = ["/oidc/logout?", &login::query(&parameters)].concat();
            (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
        }
        Err(_) => refused(),
    }
}

/// The person says so themselves.
pub async fn confirm(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let asked = asked(&app, query.as_deref()).await;
    match asked.filter(|_| origin::is(&headers, &app.url(""))) {
        Some((_, request)) => end(&app, &headers, &request).await,
        None => refused(),
    }
}

/// What is asked for, by the parameters and as it is meant.
async fn asked(app: &App, query: Option<&str>) -> Option<(Object, Request)> {
    let parameters = body::query(query)?;
    let request = Request::read(app, &parameters).await?;
    Some((parameters, request))
}

impl Request {
    /// `None` is a request that contradicts itself, or wants to go on to where
    /// the application does not let people go.
    async fn read(app: &App, parameters: &Object) -> Option<Self> {
        let hint = match parameters.text("id_token_hint") {
            Some(token) => Some(IdTokenHint::read(token, &app.keys, &app.issuer()).await?),
            None => None,
        };
        if let (Some(hint), Some(sid)) = (&hint, parameters.text("logout_hint"))
            && hint.sid != sid
        {
            return None;
        }
        let named = parameters.text("client_id");
        if let (Some(hint), Some(id)) = (&hint, named)
            && hint.aud != id
        {
            return None;
        }
        let id = named.or(hint.as_ref().map(|it| it.aud.as_str()));
        let onward = match parameters.text("post_logout_redirect_uri") {
            None => None,
            Some(wanted) => {
                let client = app.config.client(id?)?;
                let mut urls = client.allowed_logout_urls.iter();
                let mut url = Url::parse(urls.find(|url| *url == wanted)?).ok()?;
                if let Some(state) = parameters.text("state") {
                    url.query_pairs_mut().append_pair("state", state);
                }
                Some(url)
            }
        };
        Some(Self {
            onward,
            sub: hint.map(|hint| hint.sub),
        })
    }
}

async fn end(app: &App, headers: &HeaderMap, request: &Request) -> Response {
    match browser::end(app, headers).await {
        Ok(cookie) => (AppendHeaders([(SET_COOKIE, cookie)]), go_on(request)).into_response(),
        Err(error) => failed(&error.into()),
    }
}

fn go_on(request: &Request) -> Response {
    match &request.onward {
        Some(url) => (StatusCode::SEE_OTHER, [(LOCATION, url.as_str())]).into_response(),
        None => pages::signed_out(),
    }
}

fn refused() -> Response {
    pages::sorry(
        StatusCode::BAD_REQUEST,
        "You are still signed in",
        "The request to sign out is not right: its parts do not belong together, or it wants to \
         go on to an address that is not among the application's allowed logout URLs.",
    )
}

fn failed(fault: &Fault) -> Response {
    tracing::error!("{fault}");
    pages::sorry(
        StatusCode::INTERNAL_SERVER_ERROR,
        "You may still be signed in",
        "Something went wrong on the server. Try again in a moment.",
    )
}
